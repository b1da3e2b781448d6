"""What the reader has survives a refresh by what others do: an open question, the focus, typed text, a film."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.refreshed import COUNT_SWAPS, DEVICE, scripts_for, seed_room
from tests.servers import Portal

PLAYS = "video => { video.muted = true; video.dataset.mine = ''; return video.play(); }"

KEEP_FROM_SENDING = """() => addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true, once: true })"""


@dataclass
class Room:
    """A running meeting; the coach or a member looks, and another does something."""

    portal: Portal
    new_context: NewContext
    names: dict[str, str]

    def open(self, who: str, path: str) -> Page:
        context = self.new_context()
        context.add_cookies([{"name": "sessionid", "value": self.names[who], "url": self.portal.url}])
        context.add_init_script(COUNT_SWAPS)
        context.add_init_script(DEVICE)
        page = context.new_page()
        page.goto(self.portal.url + path.format(**self.names))
        return page

    def someone_else(self, deed: str) -> None:
        self.portal.run(scripts_for(self.names)[deed])


@pytest.fixture
def room(portal: Portal, new_context: NewContext) -> Room:
    return Room(portal, new_context, seed_room(portal))


def was_refreshed(page: Page) -> None:
    page.wait_for_function("() => window.swaps > 0", timeout=15_000)


def another_stops_the_time(room: Room, page: Page) -> None:
    room.someone_else("stops the time")


def the_minute_turns(room: Room, page: Page) -> None:
    page.evaluate("() => window.turnTheMinute()")


def ask_to_end(page: Page) -> Locator:
    page.locator("#more > summary").click()
    page.get_by_role("button", name="Rond de bijeenkomst af").click()
    dialog = page.locator("#confirm")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("refresh", [another_stops_the_time, the_minute_turns])
def test_a_question_that_is_open_while_the_page_is_refreshed_does_what_yes_says(
    room: Room, refresh: Callable[[Room, Page], None]
) -> None:
    page = room.open("coach", "/bijeenkomsten/{meeting}/leiden/")
    dialog = ask_to_end(page)
    refresh(room, page)
    was_refreshed(page)
    expect(dialog).to_be_visible()

    with page.expect_navigation():
        dialog.get_by_role("button", name="Ja, rond af").click()
    page.goto(f"{room.portal.url}/bijeenkomsten/{room.names['meeting']}/leiden/")
    expect(page.get_by_role("heading", name="De bijeenkomst is afgerond")).to_be_visible()


def test_a_yes_to_what_is_gone_by_now_says_so(room: Room) -> None:
    page = room.open("coach", "/bijeenkomsten/{meeting}/leiden/")
    dialog = ask_to_end(page)
    room.someone_else("ends the meeting")
    was_refreshed(page)

    dialog.get_by_role("button", name="Ja, rond af").click()
    expect(page.get_by_text("Dit is intussen veranderd. Kijk nog eens.")).to_be_visible()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Heropen")).to_be_visible()


def test_after_a_no_the_form_is_as_the_server_has_it_by_now(room: Room) -> None:
    page = room.open("coach", "/bijeenkomsten/{meeting}/leiden/")
    dialog = ask_to_end(page)
    form = page.locator("form[action$='/einde/']")
    form.evaluate("form => form.append('oud')")
    another_stops_the_time(room, page)
    was_refreshed(page)
    expect(form).to_contain_text("oud")

    dialog.get_by_role("button", name="Nee, terug").click()
    expect(form).not_to_contain_text("oud")


def test_what_is_open_and_where_one_is_survive(room: Room) -> None:
    page = room.open("coach", "/bijeenkomsten/{meeting}/leiden/")
    item = page.locator("details", has_text="Slot")
    item.locator("summary").click()
    item.get_by_role("button", name="Begin nu").focus()
    another_stops_the_time(room, page)
    was_refreshed(page)

    expect(page.get_by_role("button", name="Laat de tijd lopen")).to_be_visible()
    expect(item.get_by_role("button", name="Begin nu")).to_be_focused()
    expect(page.locator("details[open]")).to_have_count(1)


def test_the_second_press_of_a_double_click_does_not_undo_what_another_did(room: Room) -> None:
    page = room.open("coach", "/bijeenkomsten/{meeting}/leiden/")
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.evaluate(KEEP_FROM_SENDING)
    button = page.locator("#pause")
    button.hover()
    page.mouse.down(click_count=1)
    page.mouse.up(click_count=1)
    another_stops_the_time(room, page)
    expect(page.get_by_role("button", name="Laat de tijd lopen")).to_be_visible()

    page.mouse.move(*middle_of(page.locator("#pause")))
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(500)
    assert posted == []


def middle_of(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def open_form(page: Page, question: str) -> Locator:
    """At Afronden, for what a member types at one question. Counts no refresh that came before."""
    row = page.locator(".ending", has_text=question)
    row.get_by_role("link", name="Anders").press("Enter")
    expect(row.get_by_role("link", name="Sluit")).to_be_focused()
    expect(row.get_by_label("Zeg het erbij")).to_be_visible()
    page.evaluate("() => { window.swaps = 0; }")
    return row


def test_what_is_being_typed_survives_that_what_stood_above_it_goes(room: Room) -> None:
    page = room.open("member", "/bijeenkomsten/{meeting}/meetlat/")
    field = open_form(page, "Hoe stop ik?").get_by_label("Zeg het erbij")
    field.fill("Directie")
    field.evaluate("field => field.setSelectionRange(3, 5)")
    room.someone_else("ends the first question")
    was_refreshed(page)

    expect(page.locator(".finishing > li")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("Directie")
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [3, 5]


def test_what_was_typed_stays_when_the_form_of_another_question_opens_and_comes_back_with_its_own(room: Room) -> None:
    page = room.open("member", "/bijeenkomsten/{meeting}/meetlat/")
    first = open_form(page, "Hoe begin ik?")
    first.get_by_label("Zeg het erbij").fill("Directie")
    second = open_form(page, "Hoe stop ik?")

    expect(first.get_by_label("Zeg het erbij")).to_have_value("Directie")
    first.get_by_role("link", name="Sluit").click()
    expect(first.get_by_label("Zeg het erbij")).to_have_count(0)
    open_form(page, "Hoe begin ik?")
    expect(first.get_by_label("Zeg het erbij")).to_have_value("Directie")
    expect(second.get_by_label("Zeg het erbij")).to_have_count(0)  # nothing was typed in it
    first.get_by_role("button", name="Parkeer").click()
    expect(page.get_by_text("op de Parkeerplaats: Directie")).to_be_visible()


def test_what_is_typed_at_a_question_that_another_ended_stays_and_says_so_when_it_is_sent(
    room: Room, watch: Watch
) -> None:
    watch.allow("409")
    page = room.open("member", "/bijeenkomsten/{meeting}/meetlat/")
    question = open_form(page, "Hoe begin ik?")
    field = question.get_by_label("Zeg het erbij")
    field.fill("Directie")
    room.someone_else("ends the first question")
    was_refreshed(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("Directie")

    question.get_by_role("button", name="Parkeer").click()
    expect(page.get_by_role("heading", name="Er is intussen iets anders opgeschreven")).to_be_visible()
    expect(page.get_by_label("Zeg het erbij")).to_have_value("Directie")


def test_a_field_that_would_go_waits_until_the_writer_looks_elsewhere(room: Room) -> None:
    page = room.open("member", "/bijeenkomsten/{meeting}/meetlat/")
    field = open_form(page, "Hoe begin ik?").get_by_label("Zeg het erbij")
    field.fill("Directie")
    with page.expect_response(lambda response: "hx-request" in response.request.headers):
        room.someone_else("takes the first question back")
    page.wait_for_timeout(500)
    expect(field).to_have_value("Directie")

    field.blur()
    expect(page.locator(".finishing > li")).to_have_count(1)
    expect(field).to_have_count(0)


def test_a_film_plays_on(room: Room) -> None:
    page = room.open("member", "/fragmenten/{clip}/")
    film = page.locator("video")
    film.evaluate(PLAYS)
    room.someone_else("gives feedback")
    expect(page.get_by_text("Wat een rust")).to_be_visible(timeout=15_000)

    before = film.evaluate("video => video.currentTime")
    page.wait_for_timeout(500)
    assert film.evaluate("video => [video.paused, 'mine' in video.dataset]") == [False, True]
    assert film.evaluate("video => video.currentTime") > before


def test_a_strip_is_dragged_after_a_refresh_as_before_it(room: Room) -> None:
    page = room.open("member", "/bijeenkomsten/{meeting}/meetlat/")
    page.get_by_role("link", name="Leggen", exact=True).click()
    strip = page.locator(".strip", has_text="Hoe stop ik?")
    expect(strip).to_be_visible()
    page.evaluate("() => { window.swaps = 0; }")
    room.someone_else("ends the first question")
    was_refreshed(page)

    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    number = page.locator("#leg-5")
    number.evaluate("(node) => node.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.mouse.move(*middle_of(strip))
    page.mouse.down()
    page.mouse.move(*middle_of(number), steps=10)
    page.mouse.up()
    expect(page.locator("[data-place='5']")).to_contain_text("Hoe stop ik?")
    page.wait_for_timeout(500)
    assert len(posted) == 1, posted
