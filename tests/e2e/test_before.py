"""Before the meetings: a traject planned by few hands, and dates that are agreed on while phones look on."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.thread_start import mail_to
from tests.servers import Portal, SmtpSink

MOST_INTERACTIONS = 25
MOST_TABS = 60

COACHES = """
from tests.factories import make_session, make_user
print("SEEDED", *[make_session(make_user("Hanneke Dijkstra", is_coach=True)) for _hand in range(3)])
"""


class Mouse:
    """Someone at a page, who counts: each click, each paste, and typing in one field once, beside the click in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, thing: Locator) -> None:
        self.count += 1
        thing.click()

    def type(self, field: Locator, text: str) -> None:
        self.press(field)
        self.count += 1
        field.fill(text)

    def choose_date(self, field: Locator, day: date) -> None:
        self.type(field, day.isoformat())

    def choose_time(self, field: Locator, clock: str) -> None:
        self.type(field, clock)

    def paste(self, field: Locator, text: str) -> None:
        expect(field).to_be_visible()
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.press(field)
        self.count += 1
        self.page.keyboard.press("Control+v")


class Keyboard(Mouse):
    """The same without a mouse: Tab to it, and then Enter, Control+V or letters."""

    def reach(self, thing: Locator) -> None:
        expect(thing).to_be_visible()
        for _tab in range(MOST_TABS):
            if thing.evaluate("(node) => node.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {thing}")

    def press(self, thing: Locator) -> None:
        self.reach(thing)
        if thing.evaluate("(node) => node.matches('a, button')"):
            self.page.keyboard.press("Enter")

    def type(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.type(text)

    def choose_date(self, field: Locator, day: date) -> None:
        self.type(field, f"{day:%d%m%Y}")

    def choose_time(self, field: Locator, clock: str) -> None:
        self.type(field, clock.replace(":", ""))


@pytest.fixture(scope="module")
def coaches(portal: Portal) -> list[str]:
    return portal.seed(COACHES)


def _plan(hands: Mouse, addresses: list[str]) -> None:
    """From Vandaag to a traject that is published."""
    page = hands.page

    def go_on() -> None:
        hands.press(page.get_by_role("button", name="Verder"))

    hands.press(page.get_by_role("link", name="Plan een traject").locator("visible=true").first)
    hands.type(page.get_by_label("Naam van de groep"), "De Reest")
    go_on()
    hands.paste(page.get_by_label("E-mailadressen"), "\n".join(addresses))
    go_on()
    hands.type(page.get_by_label("Hoeveel netwerkbijeenkomsten?"), "3")
    hands.choose_date(page.get_by_label("Datum van de introductie"), date.today() + timedelta(days=14))
    hands.choose_time(page.get_by_label("Begint om"), "15:30")
    go_on()
    hands.press(page.get_by_role("button", name="Vul de lege data"))
    expect(page.get_by_text("Er zijn 4 data ingevuld.")).to_be_visible()
    go_on()
    expect(page.get_by_role("heading", name="6 uitnodigingen")).to_be_visible()
    expect(page.get_by_role("heading", name="5 bijeenkomsten")).to_be_visible()
    expect(page.locator("ol.planned").get_by_text("15.30 uur")).to_have_count(5)
    hands.press(page.get_by_role("button", name="Maak en nodig uit"))
    expect(page.get_by_text("De uitnodigingen zijn onderweg.")).to_be_visible()


@pytest.mark.parametrize(
    ("at", "make_hands", "width"),
    [(0, Mouse, 1280), (1, Keyboard, 1280), (2, Mouse, 390)],
    ids=["by mouse", "by keyboard only", "on a phone"],
)
def test_five_meetings_from_six_pasted_addresses(
    portal: Portal,
    smtp_sink: SmtpSink,
    new_context: NewContext,
    coaches: list[str],
    at: int,
    make_hands: Callable[[Page], Mouse],
    width: int,
) -> None:
    context = new_context(viewport={"width": width, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_cookies([{"name": "sessionid", "value": coaches[at], "url": portal.url}])
    hands = make_hands(context.new_page())
    hands.page.goto("/")
    addresses = [f"plan{at}-{number}@school.example" for number in range(6)]

    _plan(hands, addresses)

    assert hands.count <= MOST_INTERACTIONS
    assert hands.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for address in addresses:
        smtp_sink.wait_for(mail_to(address, "uitnodiging"))


ROOM = """
from datetime import timedelta
from django.utils import timezone
from meetings.services import agenda_items, planning, running
from tests.factories import make_group, make_member, make_session

group = make_group("De afspraak")
coach, *members = make_member(group, coach=True), *[make_member(group) for _phone in range(4)]
soon = timezone.now() + timedelta(minutes=5)
traject = planning.plan_meetings(
    actor=coach.user, group=group, introduction_at=soon, network_count=1, dates=[None, None]
)
running.start_meeting(actor=coach.user, meeting=traject[0])
running.go_to(actor=coach.user, meeting=traject[0], item=traject[0].agenda.last())
print("SEEDED", group.pk, traject[0].pk, traject[1].pk, *[make_session(one.user) for one in (coach, *members)])
"""


def test_dates_that_the_coach_records_in_the_room_come_by_themselves_on_each_phone(
    portal: Portal, new_context: NewContext
) -> None:
    group, introduction, first, *sessions = portal.seed(ROOM)

    def opens(path: str, session: str, width: int) -> Page:
        context = new_context(viewport={"width": width, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        page = context.new_page()
        page.goto(path)
        return page

    coach = opens(f"/bijeenkomsten/data/{group}/", sessions[0], 1280)
    # Two look at the meeting that is on, one at the group, and one at the meeting that gets its date.
    paths = [f"/bijeenkomsten/{introduction}/", f"/bijeenkomsten/{introduction}/", f"/groepen/{group}/"]
    phones = [
        opens(path, session, 390)
        for path, session in zip([*paths, f"/bijeenkomsten/{first}/"], sessions[1:], strict=True)
    ]
    for phone in phones[:2]:
        expect(phone.get_by_role("region", name="Wanneer zien jullie elkaar weer?")).to_contain_text("De datum volgt")
    expect(phones[2].locator("ol.trace")).to_contain_text("datum volgt")
    expect(phones[3].locator("ul.facts")).to_contain_text("De datum volgt")

    agreed = {name: date.today() + timedelta(days=by) for name, by in (("Bijeenkomst 1", 35), ("Afsluiting", 70))}
    for name, day in agreed.items():
        line = coach.get_by_role("group", name=name)
        line.get_by_label("Begin").fill(f"{day.isoformat()}T15:30")
    coach.get_by_role("button", name="Leg vast en nodig uit").click()
    coach.wait_for_url("**/bijeenkomsten/")

    first_day = agreed["Bijeenkomst 1"]
    for phone in phones[:2]:
        for name, day in agreed.items():
            row = phone.get_by_role("region", name="Wanneer zien jullie elkaar weer?").get_by_role("listitem")
            expect(row.filter(has_text=name)).to_contain_text(re.compile(rf"\D{day.day} [a-z]+, 15\.30 tot"))
    expect(phones[2].locator("ol.trace li").filter(has_text="Bijeenkomst 1")).to_contain_text(f"{first_day.day} ")
    expect(phones[3].locator("ul.facts")).to_contain_text(re.compile(rf"\D{first_day.day} [a-z]+, 15\.30 tot"))
    assert all(phone.evaluate("document.documentElement.scrollWidth <= innerWidth") for phone in phones)
