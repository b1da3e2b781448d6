"""Laying by hand: 24 questions by mouse, by a finger and by keys, each where it was aimed; two who take one strip."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De leggers")
coach, member = make_member(group, coach=True), make_member(group, school=None)
meetings = []
for position, count in enumerate((24, 24, 24, 6), start=1):
    meeting = make_meeting(group, position=position)
    for number in range(1, count + 1):
        Leervraag.objects.create(meeting=meeting, author=member, text=f"Vraag {number:02}: hoe begin ik?")
    meetings.append(meeting)
print("SEEDED", make_session(coach.user), make_session(member.user), *[meeting.pk for meeting in meetings])
"""
AIMED = [3, 5, 5, 1, 10, 7, 2, 8, 4, 6, 9, 10, 1, 3, 6, 2, 7, 4, 8, 9, 5, 10, 6, 1]
"""The number that each question is for, in the order of the pile."""
LIES = """() => Object.fromEntries([...document.querySelectorAll(".rung a[data-strip] .q")].map(
  (q) => [q.textContent.slice(6, 8), Number(q.closest("[data-place]").dataset.place)]))"""
BOARD = {f"{index:02}": number for index, number in enumerate(AIMED, start=1)}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Opens = Callable[..., Page]
Point = tuple[float, float]


@pytest.fixture(scope="module")
def names(portal: Portal) -> list[str]:
    return portal.seed(SEED)


@pytest.fixture
def opens(portal: Portal, new_context: NewContext, names: list[str]) -> Opens:
    """The meetlat of the meeting with this index, for its coach (0) or a deelnemer (1)."""

    def open_board(meeting: int, who: int = 0, *, finger: bool = False) -> Page:
        context = new_context(viewport=PHONE if finger else WIDE, has_touch=finger, is_mobile=finger)
        context.add_cookies([{"name": "sessionid", "value": names[who], "url": portal.url}])
        page = context.new_page()
        page.goto(f"{portal.url}/bijeenkomsten/{names[2 + meeting]}/meetlat/")
        return page

    return open_board


def strip(page: Page, number: int) -> Locator:
    return page.locator("a[data-strip]", has_text=f"Vraag {number:02}")


def place(page: Page, name: int | str) -> Locator:
    return page.locator(f"[data-place='{name}']")


def middle(node: Locator, *, down: float = 0.5) -> Point:
    box = node.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 3, box["y"] + box["height"] * down


def between(start: Point, end: Point, steps: int) -> Iterator[Point]:
    for step in range(1, steps + 1):
        yield tuple(a + (b - a) * step / steps for a, b in zip(start, end, strict=True))  # type: ignore[misc]


class Hand:
    """A mouse, or with `finger` what a touch screen sends."""

    def __init__(self, page: Page, *, finger: bool = False, speed: int = 8) -> None:
        self.page, self.finger, self.speed = page, finger, speed
        self.touch = page.context.new_cdp_session(page) if finger else None
        self.at: Point = (0, 0)

    def _send(self, kind: str) -> None:
        assert self.touch is not None
        points = [] if kind == "touchEnd" else [{"x": self.at[0], "y": self.at[1]}]
        self.touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def take(self, node: Locator, *, held_ms: int = 230) -> None:
        self.at = middle(node)
        if self.finger:
            self._send("touchStart")
            self.page.wait_for_timeout(held_ms)
        else:
            self.page.mouse.move(*self.at)
            self.page.mouse.down()

    def move(self, to: Point) -> None:
        for point in between(self.at, to, self.speed):
            self.at = point
            if self.finger:
                self._send("touchMove")
                self.page.wait_for_timeout(12)
            else:
                self.page.mouse.move(*self.at)

    def reach(self, node: Locator, *, down: float = 0.5) -> None:
        """Goes there; where it is out of sight, the page goes along with a hand near its edge."""
        limit = self.page.viewport_size["height"] if self.page.viewport_size else 0
        for _ in range(100):
            x, y = middle(node, down=down)
            if abs(self.at[1] - y) < 2:
                return
            self.move((x, y) if 4 < y < limit - 4 else (x, limit - 6 if y > limit / 2 else 6))
        raise AssertionError("the page did not go along")

    def release(self) -> None:
        if self.finger:
            self._send("touchEnd")
        else:
            self.page.mouse.up()


@contextmanager
def in_hand(hand: Hand, node: Locator) -> Iterator[Hand]:
    hand.take(node)
    yield hand
    hand.release()


def lay_all(page: Page, order: list[int], **hand: bool) -> None:
    """Carries every question to its number, at three speeds in turn."""
    for index, speed in zip(order, itertools.cycle([3, 8, 20])):
        block = strip(page, index)
        block.evaluate("(node) => scrollBy({ top: node.getBoundingClientRect().top - 130, behavior: 'instant' })")
        with in_hand(Hand(page, speed=speed, **hand), block) as carried:
            carried.reach(page.locator(".rung").nth(AIMED[index - 1] - 1))
        expect(page.locator(f".rung a.sel:has-text('Vraag {index:02}')")).to_be_visible()  # the server answered


def test_24_questions_by_mouse_lie_where_each_was_aimed(opens: Opens) -> None:
    page = opens(0)
    lay_all(page, list(range(1, 25)))
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())
    page.reload()
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())


def test_24_questions_by_finger_lie_where_each_was_aimed_and_a_swipe_moves_nothing(opens: Opens) -> None:
    page = opens(1, finger=True)
    for speed in (3, 8, 20):
        swipe = Hand(page, finger=True, speed=speed)
        swipe.take(strip(page, 3), held_ms=0)
        swipe.move((swipe.at[0], swipe.at[1] - 200))
        swipe.release()
        page.wait_for_timeout(250)
        expect(page.locator(".carried, #board[data-busy]")).to_have_count(0)
    assert page.evaluate("scrollY") > 0, "it scrolled"
    lay_all(page, list(range(24, 0, -1)), finger=True)
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())


def test_24_questions_by_keys_alone_make_the_same_board(opens: Opens) -> None:
    page = opens(2)
    strip(page, 1).focus()
    for number in AIMED:
        page.keyboard.press(str(number % 10))
    expect(page.locator(".rung a[data-strip]")).to_have_count(24, timeout=24_000)
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())
