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


def _tabs_to(page: Page, target: str) -> None:
    """As someone without a mouse does, from where the focus is."""
    for _press in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            return
    raise AssertionError(f"no way to {target} by Tab")


def test_a_meeting_is_led_by_keyboard_alone_and_goes_on_at_the_thumb_of_a_phone(
    portal: Portal, new_context: NewContext
) -> None:
    coach, _other, meeting = portal.seed(SEED)
    context = new_context(viewport=WIDE)
    context.add_cookies([{"name": "sessionid", "value": coach, "url": portal.url}])
    page = context.new_page()
    page.goto(f"{portal.url}/bijeenkomsten/{meeting}/leiden/")
    title = page.locator("#now-title")

    _tabs_to(page, "#pause")
    page.keyboard.press("Space")
    expect(page.locator("#pause")).to_contain_text("Laat de tijd lopen")
    expect(page.locator("#pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#pause")).to_contain_text("Zet de tijd stil")
    expect(page.locator(".tray a[data-strip]")).to_have_count(2)
    _tabs_to(page, ".tray a[data-strip]")
    page.keyboard.press("Enter")
    expect(page.locator("#dock .key").first).to_be_visible()
    _tabs_to(page, "#dock .key:nth-of-type(3)")
    page.keyboard.press("Enter")
    expect(page.locator("[data-place='3'] a[data-strip]")).to_have_count(1)

    # What comes up is typed where one is, and nothing of the meeting moves.
    page.locator("summary", has_text="Nieuwe vraag").focus()
    page.keyboard.press("Enter")
    _tabs_to(page, "#id_text")
    page.keyboard.type("En thuis?")
    _tabs_to(page, "#id_nobody_recognisable")
    page.keyboard.press("Space")
    _tabs_to(page, "#nieuwe-vraag button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De vraag ligt bij 'Nog te leggen'.")).to_be_visible()
    expect(page.locator(".tray a[data-strip]", has_text="En thuis?")).to_have_count(1)
    expect(title).to_have_text("Leervragen langs de meetlat")

    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator("#next").bounding_box()
    assert box is not None and box["y"] > 700 and box["y"] + box["height"] <= 844
    page.locator("#next").focus()
    page.keyboard.press("Enter")
    expect(title).to_have_text("Leervragen beantwoorden")
