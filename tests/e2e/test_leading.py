"""Led from Leiden alone: a strip laid there, an answer typed while others lead too, and the way on at the thumb."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De leiders")
coach, other = make_member(group, "Hanneke Dijkstra", coach=True), make_member(group, "Bram de Boer", coach=True)
member = make_member(group)
meeting = make_meeting(group, position=1)
for kind in ("meetlat", "answering", "break"):
    item = make_agenda_item(meeting, kind, 20)
    item.title = item.get_kind_display()
    item.save()
for text in ("Hoe begin ik?", "Hoe stop ik?"):
    Leervraag.objects.create(meeting=meeting, author=member, text=text)
running.start_meeting(actor=coach.user, meeting=meeting)
print("SEEDED", make_session(coach.user), make_session(other.user), meeting.pk)
"""
WIDE = {"width": 1280, "height": 900}
COVERED = """() => {
  const dock = document.querySelector(".lead-dock");
  const top = dock.getBoundingClientRect().top;
  const CONTROL = "main :is(a, button, input:not([type=hidden]), textarea, select, summary)";
  const controls = [...document.querySelectorAll(CONTROL)];
  const covered = [];
  for (const control of controls) {
    if (dock.contains(control) || !control.checkVisibility()) continue;
    control.focus();
    control.scrollIntoView({ block: "nearest" });
    const box = control.getBoundingClientRect();
    if (box.bottom > top + 1 && box.height < top) covered.push(control.outerHTML.slice(0, 120));
  }
  return covered;
}"""
"""What lies under the way on when it has the focus."""


def test_a_meeting_is_led_from_leiden_alone(portal: Portal, new_context: NewContext, watch: Watch) -> None:
    coach, other, meeting = portal.seed(SEED)

    def leiden(session: str) -> Page:
        context = new_context(viewport=WIDE)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        page = context.new_page()
        page.goto(f"{portal.url}/bijeenkomsten/{meeting}/leiden/")
        return page

    page = leiden(coach)
    page.locator(".tray a[data-strip]", has_text="Hoe begin ik?").click()
    page.locator("#dock .key", has_text="3").click()
    expect(page.locator("[data-place='3'] a[data-strip]")).to_contain_text("Hoe begin ik?")
    page.locator("#next").click()
    expect(page.locator("#now-title")).to_have_text("Leervragen beantwoorden")
    page.get_by_role("link", name="Beantwoorden", exact=True).click()
    page.get_by_role("button", name="Begin met deze vraag").click()

    answer = page.get_by_label("Het antwoord")
    answer.press_sequentially("Met een rond")
    second = leiden(other)
    second.locator("#pause").click()
    expect(second.locator("#pause")).to_contain_text("Laat de tijd lopen")
    expect(page.locator("#act")).to_have_text("Bram zette de tijd stil.")
    expect(answer).to_be_focused()
    answer.press_sequentially("je.")
    # A tap beside it leaves what is typed, also where nothing is saved by itself.
    page.get_by_text("Maak een afspraak").click()
    page.get_by_label("Wat spreken jullie af?").fill("Koffie")
    page.locator("button.face").first.click()
    expect(page.locator("#present-title")).to_have_text("Aanwezig: 1 van 3")
    expect(page.get_by_label("Wat spreken jullie af?")).to_have_value("Koffie")
    expect(answer).to_have_value("Met een rondje.")
    watch.check_accessible(page)

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(COVERED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#volgende-vraag").click()
    expect(page.locator(".lead-question")).to_contain_text("Hoe stop ik?")
    expect(page).to_have_url(f"{portal.url}/bijeenkomsten/{meeting}/leiden/")
