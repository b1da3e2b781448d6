"""Laying by hand: 24 questions by mouse, by a finger and by keys, each where it was aimed; two who take one strip."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De leggers")
coach, member = make_member(group, coach=True), make_member(group, school=None)
meetings = []
for position, count in enumerate((24, 24, 24, 6, 6), start=1):
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
AT_THE_NUMBER = 0.04
"""Along a row: no strip lies there, so a hand that waits for a slow machine makes no group."""
EDGE = 60
"""Of the window, in which the page goes along with what is carried."""
STANDS_STILL = """(frames) => new Promise((done) => {
  const from = scrollY;
  const look = () => (scrollY !== from || frames-- === 0 ? done(scrollY === from) : requestAnimationFrame(look));
  look();
})"""
"""Whether the page does not move in so many frames."""
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


def to_the_top(block: Locator) -> None:
    """The page as with this strip near the top of the window, and under it what lies beside it."""
    block.evaluate("(node) => scrollBy({ top: node.getBoundingClientRect().top - 130, behavior: 'instant' })")


def middle(node: Locator, *, down: float = 0.5, along: float = 0.33) -> Point:
    box = node.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * along, box["y"] + box["height"] * down


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
        self._find(node)
        if self.finger:
            self._send("touchStart")
            self.page.wait_for_timeout(held_ms)
        else:
            self.page.mouse.move(*self.at)
            self.page.mouse.down()

    def _find(self, node: Locator) -> None:
        """Where it lies, once what others laid has come to rest."""
        for _try in range(50):
            self.at = middle(node)
            self.page.wait_for_timeout(40)
            if middle(node) == self.at:
                return
        raise AssertionError("it did not come to rest")

    def move(self, to: Point) -> None:
        for point in between(self.at, to, self.speed):
            self.at = point
            if self.finger:
                self._send("touchMove")
                self.page.wait_for_timeout(10)
            else:
                self.page.mouse.move(*self.at)

    def reach(self, node: Locator, *, along: float = 0.33) -> None:
        """Goes there; where it is out of sight or near an edge, the page goes along with a hand at that edge. As a
        person does, it stays until the page stands still under it."""
        limit = self.page.viewport_size["height"] if self.page.viewport_size else 0
        for _ in range(300):
            x, y = middle(node, along=along)
            if abs(self.at[1] - y) < 2 and self.page.evaluate(STANDS_STILL, 3):
                return
            is_near = EDGE < y < limit - EDGE
            if is_near or (4 < y < limit - 4 and self.page.evaluate(STANDS_STILL, 30)):
                self.move((x, y))
            else:
                self.move((x, limit - 6 if y > limit / 2 else 6))
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


def lay_all(page: Page, order: list[int], speeds: tuple[int, int, int], **hand: bool) -> None:
    """Carries every question to its number, at three speeds in turn."""
    for index, speed in zip(order, itertools.cycle(speeds)):
        block = strip(page, index)
        to_the_top(block)
        with in_hand(Hand(page, speed=speed, **hand), block) as carried:
            carried.reach(
                page.locator(".rung").nth(AIMED[index - 1] - 1), along=0.04
            )  # at the number: no strip lies there
        expect(page.locator(f".rung a.sel:has-text('Vraag {index:02}')")).to_be_visible()  # the server answered


def test_24_questions_by_mouse_lie_where_each_was_aimed(opens: Opens) -> None:
    page = opens(0)
    lay_all(page, list(range(1, 25)), (3, 8, 20))
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())
    page.reload()
    lies = page.evaluate(LIES)
    assert lies == BOARD, sorted(lies.items() ^ BOARD.items())


def test_24_questions_by_finger_lie_where_each_was_aimed_and_a_swipe_moves_nothing(opens: Opens) -> None:
    page = opens(1, finger=True)
    for speed in (2, 5, 10):
        swipe = Hand(page, finger=True, speed=speed)
        swipe.take(strip(page, 3), held_ms=0)
        swipe.move((swipe.at[0], swipe.at[1] - 200))
        swipe.release()
        page.wait_for_timeout(250)
        expect(page.locator(".carried, #board[data-busy]")).to_have_count(0)
    assert page.evaluate("scrollY") > 0, "it scrolled"
    lay_all(page, list(range(24, 0, -1)), (2, 5, 10), finger=True)
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


def test_p_takes_after_a_short_hold_and_a_strip_on_a_strip_makes_a_group(opens: Opens, watch: Watch) -> None:
    page = opens(3)
    page.clock.install()  # a hand over P is there for as long as is said here
    page.reload()
    park = page.locator("section.park")
    to_the_top(strip(page, 1))
    expect(park).to_be_in_viewport(ratio=1)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    with in_hand(Hand(page), strip(page, 1)) as carried:
        carried.move(middle(park, down=0.2))
        page.clock.run_for(200)
    expect(page.locator(".carried")).to_have_count(0)
    expect(place(page, "tray").locator("a")).to_have_count(6)
    with in_hand(Hand(page), strip(page, 1)) as carried:
        carried.move(middle(park, down=0.2))
        page.clock.run_for(600)
        expect(page.locator("section.park.over")).to_be_visible()
    page.clock.resume()
    expect(place(page, "parked")).to_contain_text("Vraag 01")

    page = opens(3)
    for number in (2, 3):
        with in_hand(Hand(page), strip(page, number)) as carried:
            carried.reach(page.locator(".rung").nth(4), along=AT_THE_NUMBER)
        expect(place(page, 5)).to_contain_text(f"Vraag {number:02}")
    expect(page.locator(".bracket")).to_have_count(0)
    with in_hand(Hand(page), strip(page, 4)) as carried:
        carried.reach(strip(page, 2))
        expect(page.locator(".beside")).to_contain_text("Vraag 02")
        expect(page.locator("#board .over")).to_have_count(0)
    expect(page.locator(".bracket")).to_contain_text("Vraag 04")

    strip(page, 5).click()
    expect(page.locator("#move .about")).to_contain_text("Vraag 05")
    page.locator("#groepeer").click()
    expect(page.get_by_text("Tik de andere vraag aan")).to_be_visible()
    strip(page, 3).click()
    expect(page.locator(".bracket")).to_have_count(2)
    expect(page.locator(".bracket", has_text="Vraag 03")).to_contain_text("Vraag 05")
    watch.check_accessible(page)


def test_on_a_phone_six_questions_are_six_taps_and_no_connection_is_said(opens: Opens, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    watch.allow("htmx:")
    page, other = opens(4, finger=True), opens(4, 1)
    expect(page.get_by_role("button", name="Leg op")).to_have_count(0)  # quiet until a strip is chosen
    strip(page, 1).tap()
    expect(page.get_by_role("button", name="Leg op")).to_have_count(10)
    for number, aimed in enumerate(AIMED[:6], start=1):
        expect(page.locator("#move .about")).to_contain_text(f"Vraag {number:02}")
        page.wait_for_timeout(410)  # a finger that presses twice at once means one press
        page.locator(f"#naar-{aimed}").tap()
        expect(place(page, aimed)).to_contain_text(f"Vraag {number:02}")
    expect(strip(page, 6)).to_be_in_viewport()
    lies = page.evaluate(LIES)
    assert lies == {key: number for key, number in BOARD.items() if int(key) <= 6}, lies
    for size in ({"width": 320, "height": 256}, {"width": 844, "height": 390}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.locator("#stapel").focus()
        expect(page.locator("#stapel")).to_be_in_viewport(ratio=0.9)
        page.locator("#sluit").scroll_into_view_if_needed()
        expect(page.locator("#sluit")).to_be_in_viewport(ratio=0.9)
        assert page.locator("#dock").evaluate("(dock) => dock.clientHeight <= 0.61 * innerHeight")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    page.context.set_offline(True)
    expect(page.get_by_text("Geen verbinding. Je ziet niet wat anderen doen.")).to_be_visible(timeout=20_000)
    strip(other, 1).click()
    expect(other.locator("#move .about")).to_contain_text("Vraag 01")
    other.locator("#naar-8").click()
    expect(place(other, 8)).to_contain_text("Vraag 01")
    strip(page, 1).evaluate("(node) => node.scrollIntoView({ block: 'center', behavior: 'instant' })")
    with in_hand(Hand(page, finger=True), strip(page, 1)) as carried:
        carried.reach(page.locator(".rung").nth(1))
        expect(page.locator(".rung.over")).to_contain_text("2")
    expect(place(page, AIMED[0])).to_contain_text("Vraag 01")  # it went back
    page.context.set_offline(False)
    expect(place(page, 8)).to_contain_text("Vraag 01", timeout=20_000)
    expect(page.get_by_text("Geen verbinding. Je ziet")).to_have_count(0)


def test_of_two_who_take_one_strip_the_later_is_told_and_neither_puts_back_over_the_other(
    opens: Opens, watch: Watch
) -> None:
    watch.allow("status of 409")
    watch.allow("status of 422")
    first, second = opens(4), opens(4, 1)
    hand = Hand(second)
    hand.take(strip(second, 2))
    hand.reach(second.locator(".rung").nth(8))
    strip(first, 2).click()
    expect(first.locator("#move .about")).to_contain_text("Vraag 02")
    board = "**/meetlat/"
    with second.expect_response(board) as heard:
        first.locator("#naar-1").click()
        expect(place(first, 1)).to_contain_text("Vraag 02")
    heard.value.finished()
    second.wait_for_timeout(200)  # it heard of it, and moves nothing under the hand
    expect(place(second, 1)).not_to_contain_text("Vraag 02")
    late: list[Route] = []
    is_held = True
    second.route(board, lambda route: late.append(route) if is_held else route.continue_())
    hand.release()
    told = second.get_by_text("Iemand anders heeft deze vraag intussen verplaatst")
    expect(told).to_be_visible()
    expect(place(second, 1)).to_contain_text("Vraag 02")
    assert late, "the page asked at the release for what it heard of"
    is_held = False
    for route in late:
        route.continue_()
    second.wait_for_timeout(500)
    expect(told).to_be_visible()

    def lay(page: Page, to: int) -> None:
        strip(page, 3).click()
        expect(page.locator("#move .about")).to_contain_text("Vraag 03")
        with page.expect_response(lambda answer: "/verplaatsen/" in answer.url) as answered:
            page.locator(f"#naar-{to}").click()
        sizes = answered.value.request.sizes()
        assert sizes["requestHeadersSize"] + sizes["requestBodySize"] <= 2000, sizes
        assert "data-since" in answered.value.text(), "the row, not the page"
        expect(place(page, to)).to_contain_text("Vraag 03")

    line = second.locator("#meetlat-status")
    lay(second, 7)
    expect(line).to_contain_text("Jij legde ‘Vraag 03: hoe begin ik?’ op 7.")
    expect(place(first, 7)).to_contain_text("Vraag 03")
    lay(first, 9)
    expect(line).to_contain_text("legde ‘Vraag 03: hoe begin ik?’ op 9.")
    second.get_by_role("button", name="Zet terug").click()
    expect(line).to_contain_text("verplaatste deze vraag daarna nog. Er is niets teruggezet.")
    expect(line).to_be_in_viewport()
    expect(place(second, 9)).to_contain_text("Vraag 03")
    first.get_by_role("button", name="Zet terug").click()
    for page in (first, second):
        expect(place(page, 7)).to_contain_text("Vraag 03")

    # Refused while the next is in the hand already: it is told all the same.
    held: list[Route] = []
    second.route("**/verplaatsen/", lambda route: held.append(route))
    hand.take(strip(second, 4))
    hand.reach(second.locator(".rung").nth(5))
    with second.expect_request("**/verplaatsen/"):
        hand.release()
    strip(first, 4).click()
    expect(first.locator("#move .about")).to_contain_text("Vraag 04")
    first.locator("#naar-2").click()
    expect(place(second, 2)).to_contain_text("Vraag 04")
    expect(told).to_have_count(0)
    hand.take(strip(second, 5))
    hand.reach(second.locator(".rung").nth(8))
    second.unroute("**/verplaatsen/")
    held[0].continue_()
    expect(told).to_be_visible()
    hand.release()
    expect(place(second, 9)).to_contain_text("Vraag 05")
