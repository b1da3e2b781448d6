"""A meeting as it goes in a room, led from Leiden alone: a digibord that is laid by hand, three phones that follow, one
of them 7 minutes wrong, one without a network for a while; and the web server is killed halfway, and comes back.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from django.utils import timezone
from leervragen.models import Leervraag
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De Reest")
coach = make_member(group, "Hanneke Dijkstra", coach=True)
members = [make_member(group, f"{name} Jansen") for name in ("Anna", "Yusuf", "Tom")]
meeting = make_meeting(group, KIND, starts_at=timezone.now(), place="Het Kompas")
make_meeting(group, position=2, starts_at=None)
for kind in KINDS:
    make_agenda_item(meeting, kind, 30, **({"title": "Terug"} if kind == "evaluation" else {}))
if KIND == "network":
    for text in ("Hoe begin ik?", "Hoe stop ik?"):
        Leervraag.objects.create(meeting=meeting, author=members[0], text=text)
print("SEEDED", meeting.pk, make_session(coach.user), *[make_session(member.user) for member in members])
"""
WIDE, PHONE, BOARD = ({"width": w, "height": h} for w, h in ((1280, 900), (390, 844), (1366, 768)))
WRONG_CLOCK = "const real = Date.now.bind(Date); Date.now = () => real() + 7 * 60_000;"
LIVE_MS = 20_000
"""Until a page that follows shows what changed: long, for six browsers share two cores with other tests."""


class Room:
    """Who is there: the coach on Leiden, the board on the wall, and the phones of Anna, Yusuf and Tom."""

    def __init__(self, portal: Portal, new_context: NewContext, kind: str, *kinds: str) -> None:
        self.url = portal.url
        meeting, coach, *members = portal.seed(f"KIND, KINDS = {kind!r}, {kinds!r}\n{SEED}")
        self.meeting = f"/bijeenkomsten/{meeting}/"
        self.lead = self._enters(new_context(viewport=WIDE), coach, self.meeting + "leiden/")
        contexts = [new_context(viewport=PHONE) for _each in members]
        contexts[0].add_init_script(WRONG_CLOCK)
        self.phones = [self._enters(*each, self.meeting) for each in zip(contexts, members, strict=True)]
        self.board = new_context(viewport=BOARD, has_touch=True).new_page()
        self.board.goto("/scherm/")

    def _enters(self, context: BrowserContext, session: str, path: str) -> Page:
        context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        page = context.new_page()
        page.goto(path)
        return page

    def goes_on_to(self, title: str, *followers: Page) -> None:
        """The coach goes on from Leiden, and these follow by themselves."""
        self.lead.locator("#next").click()
        expect(self.lead.locator("#now-title")).to_have_text(title, timeout=LIVE_MS)
        for page in followers:
            expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=LIVE_MS)

    def block(self, text: str) -> Locator:
        return self.board.locator("[data-block]", has_text=text)

    def lays_by_hand(self, text: str, number: int, *, finger: bool) -> None:
        """On the board, which stands still: to the middle of that number, until the portal said that it lies there."""
        version = int(self.block(text).get_attribute("data-version") or 0)
        start, end = (_middle(one) for one in (self.block(text), self._rung(number)))
        touch = self.board.context.new_cdp_session(self.board)
        kinds = ("touchStart", "touchMove", "touchMove", "touchEnd") if finger else ()
        for kind, point in zip(kinds, (start, end, end, None), strict=False):
            points = [{"x": point[0], "y": point[1]}] if point else []
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        if not finger:
            self.board.mouse.move(*start)
            self.board.mouse.down()
            self.board.mouse.move(*end, steps=3)
            self.board.mouse.up()
        touch.detach()
        expect(self._rung(number)).to_contain_text(text, timeout=LIVE_MS)
        expect(self.block(text)).to_have_attribute("data-version", str(version + 1), timeout=LIVE_MS)

    def _rung(self, number: int) -> Locator:
        return self.board.locator(".rungs > li").nth(number - 1)


def _middle(node: Locator) -> tuple[float, float]:
    box = node.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def enters(portal: Portal, new_context: NewContext, watch: Watch) -> Callable[..., Room]:
    """The room of a meeting of this kind, with these onderdelen, before it begins."""
    for expected in ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "status of 401", "htmx:"):
        watch.allow(expected)
    return partial(Room, portal, new_context)


def _couples_the_board(room: Room) -> None:
    code = room.board.locator(".beamer-code").inner_text()
    room.lead.get_by_text("Digibord koppelen").click()
    room.lead.get_by_label("Code op het bord").fill(code)
    room.lead.get_by_role("button", name="Koppel dit bord").click()
    expect(room.lead.get_by_text("Gekoppeld. Het bord laat nu het Scherm zien.")).to_be_visible()
    expect(room.board.get_by_text("We beginnen zo.")).to_be_visible(timeout=LIVE_MS)


def _shows_the_time_left_alike(wrong: Page, right: Page) -> None:
    """As a part of the half hour: seven minutes are almost a quarter."""
    gone = []
    for page in (wrong, right):
        bar = page.locator(".tape > i").first
        expect(bar).to_have_attribute("style", re.compile("--at"), timeout=LIVE_MS)
        gone.append(float(bar.evaluate("bar => parseFloat(bar.style.getPropertyValue('--at'))")))
    assert abs(gone[0] - gone[1]) < 10, gone


def _misses_one_and_joins_up(room: Room, title: str, offline: Page, *others: Page) -> None:
    offline.context.set_offline(True)
    room.goes_on_to(title, *others)
    expect(offline.get_by_text("Geen verbinding. Je ziet niet wat anderen doen.")).to_be_visible(timeout=LIVE_MS)
    offline.context.set_offline(False)
    expect(offline.get_by_role("heading", name=title)).to_be_visible(timeout=LIVE_MS)


def _begins(room: Room) -> None:
    room.lead.get_by_role("button", name="Begin de bijeenkomst").click()
    for page in (room.board, *room.phones):
        expect(page.get_by_role("heading", name="Start", exact=True)).to_be_visible(timeout=LIVE_MS)


def _ends(room: Room) -> None:
    room.lead.get_by_role("button", name="Rond de bijeenkomst af").click()
    room.lead.locator("#confirm [value=yes]").click()
    told = room.lead.get_by_text("De bijeenkomst is afgerond. Hier staat wat eruit kwam.")
    expect(told).to_be_visible(timeout=LIVE_MS)
    expect(room.board.get_by_role("heading", name="De bijeenkomst is afgelopen")).to_be_visible(timeout=LIVE_MS)
    for phone in room.phones:
        expect(phone.get_by_text("De bijeenkomst is afgelopen.")).to_be_visible(timeout=LIVE_MS)


def test_an_introductie_is_led_from_leiden_alone(enters: Callable[..., Room], portal: Portal) -> None:
    room = enters("introduction", "start", "learning", "closing")
    lead, board, (wrong, anywhere, offline) = room.lead, room.board, room.phones
    _couples_the_board(room)
    _begins(room)
    _shows_the_time_left_alike(wrong, anywhere)
    lead.get_by_label("Nieuwe afspraak").fill("Wie praat, maakt af.")
    lead.get_by_role("button", name="Zet erbij").click()
    expect(lead.locator(".removable", has_text="Wie praat, maakt af.")).to_be_visible(timeout=LIVE_MS)
    expect(lead.locator("#now-title")).to_have_text("Start")
    _misses_one_and_joins_up(room, "Netwerkleren", offline, board, wrong, anywhere)
    portal.kill_web()
    room.goes_on_to("Afsluiting", board, *room.phones)
    lead.get_by_text("Leg de data vast").click()
    agreed = date.today() + timedelta(days=30)
    lead.locator("input[name$=starts_at]").last.fill(f"{agreed}T15:30")
    lead.get_by_role("button", name="Leg vast en nodig uit").click()
    expect(room.board.locator(".dates li")).to_contain_text("15.30 uur", timeout=LIVE_MS)
    _ends(room)


def test_a_meeting_in_a_room_is_led_from_leiden_alone(
    enters: Callable[..., Room], portal: Portal, watch: Watch
) -> None:
    room = enters("network", "start", "meetlat", "answering", "evaluation")
    lead, board, (wrong, anywhere, offline) = room.lead, room.board, room.phones
    _couples_the_board(room)
    _begins(room)
    _shows_the_time_left_alike(wrong, anywhere)

    _misses_one_and_joins_up(room, "Leervragen langs de meetlat", offline, board, wrong, anywhere)

    # On the board by a finger and by the mouse, each strip as high as a hand needs; on Leiden it is told, and put back.
    for text, number, finger in (("Hoe begin ik?", 3, True), ("Hoe stop ik?", 8, False)):
        box = room.block(text).bounding_box()
        assert box is not None and box["height"] >= 60
        room.lays_by_hand(text, number, finger=finger)
        expect(lead.locator("#meetlat-status")).to_contain_text(
            f"Iemand aan het bord legde ‘{text}’ op {number}.", timeout=LIVE_MS
        )
    watch.check_accessible(board)
    lead.locator("#zet-terug").click()
    expect(room.block("Hoe stop ik?").locator("xpath=ancestor::section")).to_have_count(1, timeout=LIVE_MS)

    portal.kill_web()
    room.goes_on_to("Leervragen beantwoorden", board, *room.phones)
    lead.get_by_role("link", name="Beantwoorden", exact=True).click()
    lead.get_by_role("button", name="Begin met deze vraag").click()
    expect(board.locator(".beamer-question")).to_contain_text("Hoe begin ik?", timeout=LIVE_MS)
    lead.get_by_label("Het antwoord").fill("Met een rondje.")
    lead.locator("#volgende-vraag").click()
    expect(board.locator(".beamer-question")).to_contain_text("Hoe stop ik?", timeout=LIVE_MS)

    room.goes_on_to("Terug", board, *room.phones)
    _ends(room)
    expect(lead.get_by_text("Met een rondje.")).to_be_visible()
