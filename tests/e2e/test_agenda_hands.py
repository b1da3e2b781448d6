"""The agenda in the hand: mouse, keys and typing at 1280, a held finger at 390; two coaches, and what is put back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from meetings.services import agenda_items
from tests.factories import local, make_agenda_item, make_group, make_meeting, make_member, make_session

group = make_group("De klok")
coaches = [make_member(group, name, coach=True) for name in ("Hanneke Dijk", "Karim Bos")]
meeting = make_meeting(group, position=1, starts_at=local(2027, 1, 20, 15, 30), minutes_available=60)
for title, minutes in (("Start", 15), ("Pitch", 15), ("Pauze", 10), ("Afsluiting", 20)):
    make_agenda_item(meeting, minutes=minutes, title=title, purpose="Samen kijken", means="Wol")
print("SEEDED", *[make_session(coach.user) for coach in coaches], meeting.pk)
"""
Opens = Callable[..., Page]


@pytest.fixture
def opens(portal: Portal, new_context: NewContext, watch: Watch) -> Opens:
    """The agenda of one meeting, for its first or second coach."""
    watch.allow("status of 422")
    *sessions, meeting = portal.seed(SEED)

    def open_agenda(coach: int = 0, *, width: int = 1280, touch: bool = False, script: bool = True) -> Page:
        size = {"width": width, "height": 800}
        context = new_context(viewport=size, has_touch=touch, is_mobile=touch, java_script_enabled=script)
        context.add_cookies([{"name": "sessionid", "value": sessions[coach], "url": portal.url}])
        page = context.new_page()
        page.goto(f"{portal.url}/bijeenkomsten/{meeting}/agenda/")
        return page

    return open_agenda


def block(page: Page, title: str) -> str:
    """A selector of the block with this title."""
    return f"li.ag:has(a.n:text-is('{title}'))"


def titles(page: Page) -> list[str]:
    return page.locator("#agenda-blocks a.n").all_inner_texts()


def middle(page: Page, selector: str) -> tuple[float, float]:
    page.locator(selector).evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, selector: str, by: int) -> None:
    x, y = middle(page, selector)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(x, y + by * step / 8)
        page.wait_for_timeout(20)
    page.wait_for_timeout(100)  # what is dragged looks where it is twenty times a second
    page.mouse.up()


def finger(context: BrowserContext, page: Page, selector: str, by: int, *, held_ms: int) -> None:
    x, y = middle(page, selector)
    touch = context.new_cdp_session(page)

    def send(kind: str, at: float | None = None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", y)
    page.wait_for_timeout(held_ms)
    for step in range(1, 9):
        send("touchMove", y + by * step / 8)
        page.wait_for_timeout(20)
    send("touchEnd")


def test_the_lower_edge_by_mouse(opens: Opens) -> None:
    page = opens()
    said = page.locator("#agenda-said")
    posts: list[int] = []
    page.on("request", lambda sent: posts.append(len(sent.post_data or "")) if sent.method == "POST" else None)

    drag(page, f"{block(page, 'Start')} .edge", 46)
    expect(said).to_have_text("“Start” duurt nu 20 min.")
    expect(page.locator(f"{block(page, 'Pitch')} time")).to_have_text("15.50")
    expect(page.locator("#agenda-foot")).to_contain_text("5 minuten langer dan de tijd die er is")

    assert len(posts) == 1
    assert max(posts) < 200, "one small request"


def test_a_block_by_its_title_and_taking_one_off_after_a_question(opens: Opens, watch: Watch) -> None:
    page = opens()
    said = page.locator("#agenda-said")
    watch.check_accessible(page)

    drag(page, f"{block(page, 'Start')} .n", 220)
    expect(said).to_contain_text("“Start” staat nu op plaats")
    assert titles(page)[0] == "Pitch"
    assert "Start" in titles(page)[1:]

    def take_off(answer: str) -> None:
        page.locator(f"{block(page, 'Pauze')} summary:has-text('Meer')").click()
        page.locator(block(page, "Pauze")).get_by_role("button", name="Haal weg").click()
        expect(page.locator("#confirm")).to_contain_text("Haal je “Pauze” van de agenda?")
        if answer == "no":
            watch.check_accessible(page)
        page.locator(f"#confirm [value={answer}]").click()

    take_off("no")
    assert "Pauze" in titles(page)
    take_off("yes")
    expect(said).to_contain_text("“Pauze” is van de agenda.")
    assert "Pauze" not in titles(page)


def test_refused_minutes_stay_in_their_field_until_they_are_right(opens: Opens) -> None:
    page, theirs = opens(0), opens(1)
    field = page.get_by_label("Minuten Pitch")
    field.fill("10000")
    field.press("Enter")
    expect(page.locator(f"{block(page, 'Pitch')} .error")).to_be_visible()
    expect(field).to_have_value("10000")

    theirs.locator(f"{block(theirs, 'Start')} .grip").press("+")
    expect(page.get_by_label("Minuten Start")).to_have_value("20")
    expect(field).to_have_value("10000")

    field.fill("15")
    field.press("Enter")
    expect(page.locator(f"{block(page, 'Pitch')} .error")).to_have_count(0)
    expect(field).to_have_value("15")


def test_another_coach_is_seen_and_what_they_touched_is_not_put_back(opens: Opens) -> None:
    mine = opens(0)
    theirs = opens(1)
    mine.locator(f"{block(mine, 'Pitch')} .grip").focus()
    mine.keyboard.press("+")
    expect(mine.locator("#agenda-said")).to_have_text("“Pitch” duurt nu 20 min.")
    expect(theirs.get_by_label("Minuten Pitch")).to_have_value("20")
    theirs.get_by_label("Minuten Pitch").fill("30")
    theirs.get_by_label("Minuten Pitch").press("Enter")
    expect(mine.locator("#agenda-said")).to_contain_text("Karim Bos: “Pitch” duurt nu 30 min.")
    mine.locator("#undo").click()
    expect(mine.locator("#agenda-said")).to_contain_text("Karim Bos veranderde dit daarna nog. Er is niets teruggezet.")
    expect(mine.get_by_label("Minuten Pitch")).to_have_value("30")


def test_by_a_finger_that_is_held_and_never_by_a_swipe(opens: Opens) -> None:
    page = opens(width=390, touch=True)
    said = page.locator("#agenda-said")
    for selector in (f"{block(page, 'Start')} .edge", f"{block(page, 'Start')} .n"):
        finger(page.context, page, selector, -90, held_ms=0)
        page.wait_for_timeout(300)
    assert titles(page) == ["Start", "Pitch", "Pauze", "Afsluiting"]
    expect(said).to_have_text("")

    page.evaluate("scrollTo(0, 0)")
    finger(page.context, page, f"{block(page, 'Start')} .edge", 46, held_ms=300)
    expect(said).to_have_text("“Start” duurt nu 20 min.")
    finger(page.context, page, f"{block(page, 'Start')} .n", 220, held_ms=300)
    expect(said).to_contain_text("“Start” staat nu op plaats")
    assert titles(page)[0] == "Pitch"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_it_is_one_form(opens: Opens) -> None:
    page = opens(script=False)
    page.get_by_label("Minuten Pitch").fill("25")
    page.get_by_role("button", name="Bewaar de minuten").click()
    expect(page.get_by_label("Minuten Pitch")).to_have_value("25")
    page.locator(f"{block(page, 'Pitch')} summary:has-text('Meer')").click()
    page.locator(f"{block(page, 'Pitch')}").get_by_role("button", name="Omhoog").click()
    assert titles(page)[0] == "Pitch"
    page.get_by_role("button", name="Zet terug").click()
    assert titles(page)[:2] == ["Start", "Pitch"]
