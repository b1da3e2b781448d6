"""The Oogst in the hand: a line by finger, mouse, keys and words, and an interview on two phones without a network."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.e2e.thread_between import download
from tests.servers import Portal, wait_until

SEED = """
from tests.factories import make_group, make_meeting, make_member, make_session
from meetings.models import Meeting
from reports.models import Interview
group = make_group("De oogst")
people = [make_member(group, name) for name in ("Sanne Wolters", "Yusuf Kaya", "Fatima Bos", "Ruben Smit")]
for position in (1, 2):
    make_meeting(group, position=position)
make_meeting(group, Meeting.Kind.CLOSING, position=3)
interview = Interview.objects.create(group=group, teller=people[0], interviewer=people[1])
people.append(make_member(group, "Hanneke Dijkstra", coach=True))
print("SEEDED", group.pk, interview.pk, *(make_session(one.user) for one in people))
"""
POINTS = """
from reports.models import GraphPoint
found = GraphPoint.objects.filter(graph__member__group="{group}").order_by("moment__meeting__position")
lines = {{}}
for point in found:
    lines.setdefault(point.graph.member.user.first_name, []).append(point.value)
print("SEEDED", *(f"{{name}}:{{'-'.join(map(str, values))}}" for name, values in sorted(lines.items())))
"""
HEIGHTS = [25, 75, 50]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LAPTOP = {"viewport": {"width": 1280, "height": 900}}
PLACES = """(svg, heights) => heights.map((height, position) => {
  const standing = svg.dataset.paper === "standing";
  const [start, step, low, high] = ["start", "step", "low", "high"].map((name) => Number(svg.dataset[name]));
  const along = start + step * position, across = low + ((high - low) * height) / 100;
  const { x, y } = new DOMPoint(...(standing ? [across, along] : [along, across])).matrixTransform(svg.getScreenCTM());
  return [x, y];
})"""


@pytest.fixture
def room(portal: Portal, new_context: NewContext, watch: Watch) -> Any:
    """The ids of the seed, and a function that opens a browser of one of its people."""
    group, interview, *sessions = portal.seed(SEED)

    def open_as(number: int, options: dict[str, Any]) -> Person:
        context: BrowserContext = new_context(**options)
        context.add_cookies([{"name": "sessionid", "value": sessions[number], "url": portal.url}])
        return Person(f"person-{number}", context, watch, portal.url)

    return group, interview, open_as


def paper(page: Page) -> Locator:
    return page.locator("svg[data-paper]").filter(visible=True)


def by_finger(person: Person) -> None:
    svg = paper(person.page)
    svg.scroll_into_view_if_needed()
    finger = person.page.context.new_cdp_session(person.page)
    places = svg.evaluate(PLACES, HEIGHTS)
    kinds = ["touchStart", *["touchMove"] * len(places)]
    for kind, (x, y) in zip(kinds, [places[0], *places], strict=True):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def by_mouse(person: Person) -> None:
    svg = paper(person.page)
    svg.scroll_into_view_if_needed()
    first, *others = svg.evaluate(PLACES, HEIGHTS)
    person.page.mouse.move(*first)
    person.page.mouse.down()
    for place in others:
        person.page.mouse.move(*place)
    person.page.mouse.up()


def by_keys(person: Person) -> None:
    points = paper(person.page).locator("[data-point]")
    for place, height in enumerate(HEIGHTS):
        points.nth(place).focus()
        person.page.keyboard.press("Home")
        for _each in range(height // 25):
            person.page.keyboard.press("PageUp")


def by_words(person: Person) -> None:
    person.page.get_by_text("Liever met woorden?").click()
    for place, height in enumerate(HEIGHTS):
        person.page.locator("table select").nth(place).select_option(str(height))


def test_a_line_is_the_same_by_finger_mouse_keys_and_words(portal: Portal, room: Any) -> None:
    group, _interview, open_as = room
    ways = [(by_finger, PHONE), (by_mouse, LAPTOP), (by_keys, LAPTOP), (by_words, PHONE)]
    for number, (draw, options) in enumerate(ways):
        person = open_as(number, options)
        person.go(f"/oogst/{group}/mijn-lijn/")
        draw(person)
        person.sees("Bewaard om")

    def stored() -> list[str]:
        return portal.seed(POINTS.format(group=group))

    line = "-".join(map(str, HEIGHTS))
    wait_until(
        lambda: stored() == [f"{name}:{line}" for name in ("Fatima", "Ruben", "Sanne", "Yusuf")],
        f"the same line four times, not {stored()}",
        10,
    )


def test_a_stroke_can_be_taken_back_and_a_shared_line_too(portal: Portal, room: Any) -> None:
    group, _interview, open_as = room
    sanne = open_as(0, LAPTOP)
    sanne.go(f"/oogst/{group}/mijn-lijn/")
    by_keys(sanne)
    places = paper(sanne.page).evaluate(PLACES, [50, 50, 50])
    sanne.page.mouse.move(places[0][0] + 90, places[0][1])
    sanne.page.mouse.down()
    sanne.page.mouse.move(places[2][0] + 20, places[2][1], steps=4)
    sanne.page.mouse.up()
    second = sanne.page.locator("table select").nth(1)
    expect(second).to_have_value("50")
    sanne.page.get_by_role("button", name="Haal de laatste streek weg").click()
    expect(second).to_have_value("75")

    sanne.press("Deel met de groep")
    sanne.sees("Je groep ziet dit")
    yusuf = open_as(1, PHONE)
    yusuf.go(f"/oogst/{group}/lijnen/")
    yusuf.sees("Sanne Wolters")
    sanne.press("Houd hem weer voor mezelf")
    sanne.sees("Alleen jij ziet dit")
    yusuf.page.reload()
    yusuf.sees("Nog niemand deelt een lijn")


def test_what_is_taken_back_is_out_of_the_pdf_and_the_one_that_had_it_is_gone(room: Any, tmp_path: Path) -> None:
    group, _interview, open_as = room
    sanne, hanneke = open_as(0, PHONE), open_as(4, LAPTOP)
    told, drawn = "Ik wacht nu drie tellen.", "vaak"

    def made() -> str:
        """What a coach reads in the PDF that is made now."""
        hanneke.go(f"/oogst/{group}/slot-pdf/")
        hanneke.press("Maak de pdf")
        hanneke.sees("De pdf is klaar", seconds=90)
        pages = PdfReader(BytesIO(download(hanneke, "Download de pdf", tmp_path / "slot.pdf"))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def is_gone() -> None:
        """On the page that the coach still has open, and behind the link that was passed on."""
        link = hanneke.page.get_by_role("link", name="Download de pdf").get_attribute("href")
        hanneke.page.reload()
        hanneke.sees("Deze pdf klopt niet meer")
        answer = hanneke.page.context.request.get(f"{hanneke.url}{link}")
        assert answer.status == 404

    sanne.go(f"/oogst/{group}/mijn-lijn/")
    by_words(sanne)
    sanne.press("Deel met de groep")
    sanne.sees("Je groep ziet dit")
    sanne.go(f"/oogst/{group}/mijn-verhaal/")
    sanne.page.locator("textarea[name=text]").fill(told)
    sanne.choose("het mag ook in de pdf")
    sanne.press("Bewaar mijn verhaal")
    sanne.sees("Bewaard op")
    text = made()
    assert told in text and drawn in text

    sanne.go(f"/oogst/{group}/mijn-lijn/")
    sanne.press("Houd hem weer voor mezelf")
    sanne.sees("Alleen jij ziet dit")
    is_gone()
    text = made()
    assert told in text and drawn not in text

    sanne.go(f"/oogst/{group}/mijn-verhaal/")
    sanne.choose("Alleen ik")
    sanne.press("Bewaar mijn verhaal")
    sanne.sees("Bewaard op")
    is_gone()
    assert told not in made()


def test_on_two_phones_nothing_is_lost_while_there_is_no_network(room: Any, watch: Watch) -> None:
    _group, interview, open_as = room
    teller, asker = open_as(0, PHONE), open_as(1, PHONE)
    watch.allow("net::ERR_INTERNET_DISCONNECTED")
    for person in (teller, asker):
        person.go(f"/oogst/interviews/{interview}/A/")
    asker.page.get_by_role("button", name="Bijeenkomst 1").first.click()
    expect(teller.page.get_by_label("Welke momenten?")).to_have_value("Bijeenkomst 1", timeout=20_000)

    notes = asker.page.get_by_label("En waarom juist die?")
    asker.page.context.set_offline(True)
    notes.press_sequentially("Ik telde tot drie")
    asker.sees("Nog niet bewaard")
    asker.page.context.set_offline(False)
    notes.press_sequentially(" en wachtte")

    expect(teller.page.get_by_label("En waarom juist die?")).to_have_value(
        "Ik telde tot drie en wachtte", timeout=30_000
    )
