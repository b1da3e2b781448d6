"""The slides: led from a laptop on the Scherm and two phones, and on without a network once they are there."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from meetings.models import Meeting
from meetings.services import running, slides
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De Weerribben", theme="n" * 160)
coach, member = make_member(group, "Hanneke Dijkstra", coach=True), make_member(group, "Marijke Hoekstra")
meeting = make_meeting(group, Meeting.Kind.INTRODUCTION, starts_at=None)
make_agenda_item(meeting, "learning", 30)
running.start_meeting(actor=coach.user, meeting=meeting)
slides.show_slide(actor=coach.user, meeting=meeting, number=1)
print("SEEDED", make_session(coach.user), make_session(member.user), meeting.pk)
"""
PATIENCE = 30_000
"""A machine may be slow: what is waited for is what a person would see, and no moment."""


def is_on(page: Page, title: str) -> None:
    heading = page.locator("[data-slide] h2", has_text=title).locator("visible=true")
    expect(heading).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("[data-slide]").locator("visible=true")).to_have_count(1)


def test_slides_go_on_the_scherm_and_on_phones_and_without_a_network(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    coach, member, meeting = portal.seed(SEED)
    watch.allow("ERR_INTERNET_DISCONNECTED")

    def browser_of(session: str, width: int, height: int) -> BrowserContext:
        context = new_context(viewport={"width": width, "height": height})
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return context

    def opened(context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        page.goto(f"{portal.url}/bijeenkomsten/{meeting}/{path}/")
        is_on(page, "Welkom")
        return page

    laptop = browser_of(coach, 1280, 720)
    screen, leading = opened(laptop, "scherm"), opened(laptop, "dias")
    phones = [browser_of(member, 390, 700), browser_of(member, 320, 600)]
    one, other = (opened(phone, "dias") for phone in phones)
    for page in (leading, other):
        watch.check_accessible(page)

    leading.keyboard.press("ArrowRight")
    for page in (leading, screen, one, other):
        is_on(page, "Wie zijn we?")

    for context in (laptop, phones[0]):
        context.set_offline(True)
    leading.keyboard.press("PageDown")
    for page in (leading, screen):
        is_on(page, "Netwerkleren")
    one.get_by_role("button", name="Volgende").click()
    is_on(one, "Netwerkleren")
    expect(one.get_by_role("button", name="Kijk weer mee")).to_be_visible()

    for context in (laptop, phones[0]):
        context.set_offline(False)
    is_on(other, "Netwerkleren")
    one.get_by_role("button", name="Vorige").click()
    is_on(one, "Wie zijn we?")
    one.get_by_role("button", name="Kijk weer mee").click()
    is_on(one, "Netwerkleren")

    for path in ("/uitleg/", "/uitleg/netwerkleren/", "/uitleg/portaal/", f"/bijeenkomsten/{meeting}/dias/"):
        other.goto(portal.url + path)
        assert other.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
    other.goto(f"{portal.url}/uitleg/portaal/")
    watch.check_accessible(other)
