"""The Scherm is read from the back of a room: measured at two sizes of beamer; and what is moved is seen to move."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from datetime import timedelta
from django.utils import timezone
from leervragen.models import Leervraag
from leervragen.services import laying
from meetings.models import AgendaItem, Agreement, Meeting
from meetings.services import running
from reports.interviews.pairing import propose_pairs
from reports.models import Interview
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
from video_feedback.models import Talentmoment
group = make_group("De Reest")
coach = make_member(group, "Hanneke Dijkstra", coach=True)
members = [make_member(group, f"{name} Jansen") for name in (
    "Bartholomeus", "Wilhelmina", "Anna", "Yusuf", "Marijke", "Tom", "Fatima")]
def meeting_at(kind):
    meeting = make_meeting(group)
    make_agenda_item(meeting, kind, 20)
    for other in ("pitch", "break", "evaluation", "closing"):
        make_agenda_item(meeting, other, 15)
    running.start_meeting(actor=coach.user, meeting=meeting)
    return meeting
board = meeting_at("meetlat")
asked = "Hoe help ik een leerling die in de pauze steeds alleen aan de kant staat?"
strips = [Leervraag.objects.create(meeting=board, author=members[n % 7], text=asked) for n in range(25)]
for n, strip in enumerate(strips[:24]):
    laying.lay_strip(actor=coach.user, strip=strip, version=0, number=1 + n * 7 % 10)
gaps = meeting_at("meetlat")
for number in (1, 1, 2, 3, 5, 5, 8, 10):
    strip = Leervraag.objects.create(meeting=gaps, author=members[number % 7], text=asked)
    laying.lay_strip(actor=coach.user, strip=strip, version=0, number=number)
wall, tables, agreed = (meeting_at(kind) for kind in ("talent", "stories", "closing"))
for n in range(14):
    Talentmoment.objects.create(author=members[n % 7], meeting=wall, text=asked, signs=["curious", "involved"])
    Agreement.objects.create(meeting=agreed, text=asked, owner=members[n % 7], due=timezone.localdate())
for teller, asker in propose_pairs(members).items():
    Interview.objects.create(group=group, teller=teller, interviewer=asker)
print("SEEDED", make_session(coach.user), make_session(members[2].user), strips[24].pk,
      *(meeting.pk for meeting in (board, gaps, wall, tables, agreed)))
"""
BEAMERS = ({"width": 1920, "height": 1080}, {"width": 1366, "height": 768})

MEASURE = """() => {
  const scale = 1920 / innerWidth;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const smallest = (selector) =>
    Math.min(...shown(selector).map((one) => parseFloat(getComputedStyle(one).fontSize) * scale));
  const foot = document.querySelector(".beamer footer").getBoundingClientRect();
  const aside = document.querySelector(".beamer-board .aside")?.getBoundingClientRect();
  const laid = shown(".rungs .strip").map((one) => one.getBoundingClientRect());
  const body = shown(".beamer-body *").map((one) => one.getBoundingClientRect());
  const both = (name) => [name, name.parentElement].map((one) => one.getBoundingClientRect());
  // A number that reaches out of its row is cut in two where the ruler folds.
  const isInRow = (row) => {
    const [number, around] = [row.querySelector("b"), row].map((one) => one.getBoundingClientRect());
    return number.top >= around.top - 0.5 && number.bottom <= around.bottom + 0.5;
  };
  const names = shown(".beamer-line .name").map(both);
  return {
    names: smallest(".who, .beamer-line .name"),
    texts: smallest(".q, .saw, .beamer-agreed li > [dir]"),
    bottom: smallest(".beamer-words"),
    fits: body.every(({ left, right, bottom }) => left >= -1 && right <= innerWidth + 1 && bottom <= foot.top + 1)
      && foot.bottom <= innerHeight
      && names.every(([name, block]) => name.right <= block.right && name.height <= block.height)
      && shown(".rungs > li").every(isInRow)
      && (!aside || laid.every(({ right, top, bottom }) =>
        top >= aside.bottom || bottom <= aside.top || right <= aside.left))
      && document.documentElement.scrollHeight <= innerHeight,
  };
}"""


def _read_at_eight_metres(page: Page, *, texts: int) -> None:
    """In pixels of a picture of 1920, at both sizes; and all of it is in view."""
    for size in BEAMERS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_timeout(100)
        found: dict[str, Any] = page.evaluate(MEASURE)
        assert found["fits"], size
        assert found["names"] >= 30 and found["bottom"] >= 40, found
        assert found["texts"] >= texts, found


def test_the_scherm_is_read_from_the_back_and_shows_what_moves(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    coach, member, strip, board, gaps, wall, tables, agreed = portal.seed(SEED)
    room, hand = (new_context(viewport=BEAMERS[0], color_scheme="dark") for _each in range(2))
    for context, session in ((room, coach), (hand, member)):
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    screen = room.new_page()
    for meeting, texts in ((wall, 34), (agreed, 34), (tables, 0), (gaps, 34), (board, 34)):
        screen.goto(f"/bijeenkomsten/{meeting}/scherm/")
        _read_at_eight_metres(screen, texts=texts)
    watch.check_accessible(screen)

    # Light, whatever the laptop prefers; the key D is for this browser.
    desk = "getComputedStyle(document.documentElement).getPropertyValue('--desk')"
    light = screen.evaluate(desk)
    screen.keyboard.press("d")
    assert screen.evaluate(desk) != light
    screen.reload()
    assert screen.evaluate(desk) != light
    screen.keyboard.press("d")
    assert screen.evaluate(desk) == light

    # Someone lays a strip on a phone: on the wall it glides from the pile to its place, lit for two seconds.
    laid, phone = screen.locator(f"#strook-{strip}"), hand.new_page()
    expect(laid).to_have_count(0)
    phone.goto(f"/bijeenkomsten/{board}/meetlat/?choose={strip}")
    phone.get_by_role("button", name="9", exact=True).click()
    expect(laid).to_have_class("strip lit")
    assert laid.evaluate("strip => strip.getAnimations().length") == 1
    expect(screen.locator(".lit")).to_have_count(1)
    expect(laid).to_have_class("strip")
    _read_at_eight_metres(screen, texts=34)
