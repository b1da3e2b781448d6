"""The time left is the server's: with a device clock that is wrong, after a sleep, and after the clock was set."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from django.utils import timezone
from leervragen.models import Leervraag, Meetlat
from meetings.models import Meeting
from reports.models import Interview, InterviewNote
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session

now = timezone.now()
group = make_group("De klokken")
coach, member, other = make_member(group, coach=True), make_member(group), make_member(group)
meeting = make_meeting(group, position=1, state=Meeting.State.RUNNING, started_at=now)
meeting.current_item = make_agenda_item(meeting, minutes=30, title="Welkom", started_at=now)
meeting.save()
question = Leervraag.objects.create(meeting=meeting, author=member, text="Hoe begin ik?")
step = Meetlat.Step.ANSWERING
Meetlat.objects.create(meeting=meeting, step=step, current=question, current_since=now, minutes_per_question=5)
interview = Interview.objects.create(group=group, teller=member, interviewer=other)
InterviewNote.objects.create(interview=interview, part="A", started_at=now)
sessions = make_session(coach.user), make_session(member.user)
print("SEEDED", *sessions, meeting.pk, question.pk, interview.pk, now.timestamp())
"""
DEVICE = """(() => {
  const date = Date.now.bind(Date);
  const steady = performance.now.bind(performance);
  window.device = { ahead: %d };
  Date.now = () => date() + window.device.ahead;
  performance.now = () => steady();
})()"""
HOUR_S = 3600
JUMP_S = 100
SLACK_S = 2.0
PAGES = {
    "leiden": ("/bijeenkomsten/{meeting}/leiden/", 30, ".timeleft"),
    "telefoon": ("/bijeenkomsten/{meeting}/", 30, ".tape > i"),
    "antwoord": ("/leervragen/{question}/antwoord/", 5, "count-down"),
    "interview": ("/oogst/interviews/{interview}/A/", 8, ".timeleft"),
}
"""Path, minutes from the start of everything, and what shows the time left."""


@dataclass
class CountDown:
    """A page with a count-down, on a device whose clock we hold."""

    page: Page
    where: str
    ends: float

    def shown(self) -> float:
        """Seconds left as the page says or draws it."""
        place = self.page.locator(PAGES[self.where][2])
        if self.where == "telefoon":
            percent = place.evaluate("bar => parseFloat(bar.style.getPropertyValue('--at'))")
            return 60 * PAGES[self.where][1] * (1 - float(percent) / 100)
        found = re.search(r"(\d+):(\d\d)", place.inner_text())
        assert found, place.inner_text()
        return 60 * int(found[1]) + int(found[2])

    def error(self, moved: float = 0) -> float:
        """By how many seconds it is wrong, when the world is that much further than this test's clock."""
        return abs(self.shown() - (self.ends - time.time() - moved))

    def jump(self, seconds: float) -> None:
        """The device's clock is so much further at once, and its steady clock is not; then comes the first tick."""
        self.page.evaluate("ms => { window.device.ahead += ms; }", seconds * 1000)
        self.page.wait_for_timeout(300)

    def goes_offline(self, watch: Watch) -> None:
        watch.allow("net::ERR_FAILED")
        for address in ("**/gezond/", "**/live/**", "**/nu/"):
            self.page.route(address, lambda route: route.abort())

    def is_right_within(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.error() > SLACK_S:
            assert time.monotonic() < deadline, f"{self.where}: still {self.error()} s wrong"
            self.page.wait_for_timeout(100)


OpenPage = Callable[..., CountDown]


@pytest.fixture(scope="module")
def seeded(portal: Portal) -> list[str]:
    return portal.seed(SEED)


@pytest.fixture
def open_page(portal: Portal, seeded: list[str], new_context: NewContext) -> Callable[..., CountDown]:
    coach, member, meeting, question, interview, began = seeded

    def _open(where: str, *, ahead: float = 0) -> CountDown:
        path, minutes, place = PAGES[where]
        context = new_context()
        session = coach if where == "leiden" else member
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        context.add_init_script(DEVICE % (ahead * 1000))
        page = context.new_page()
        page.goto(portal.url + path.format(meeting=meeting, question=question, interview=interview))
        expect(page.locator(place)).to_have_count(1)
        page.wait_for_function("() => customElements.get('count-down')")
        return CountDown(page, where, float(began) + 60 * minutes)

    return _open


@pytest.mark.parametrize("where", PAGES)
def test_with_a_wrong_clock_and_after_a_sleep_the_first_tick_is_right(
    open_page: OpenPage, watch: Watch, where: str
) -> None:
    shown = open_page(where, ahead=HOUR_S)
    assert shown.error() < SLACK_S
    # Without a connection, as it often is just after waking: what is right now needed no answer.
    shown.goes_offline(watch)
    shown.jump(JUMP_S)
    assert shown.error(moved=JUMP_S) < SLACK_S


@pytest.mark.parametrize("where", PAGES)
def test_a_clock_that_is_set_is_seen_through(open_page: OpenPage, where: str) -> None:
    shown = open_page(where, ahead=-HOUR_S)
    assert shown.error() < SLACK_S
    shown.jump(JUMP_S)
    shown.is_right_within(seconds=2)


def test_looking_again_shows_the_time_without_waiting_for_a_tick(open_page: OpenPage, watch: Watch) -> None:
    shown = open_page("antwoord")
    shown.goes_offline(watch)
    wake = "ms => { window.device.ahead += ms; document.dispatchEvent(new Event('visibilitychange')); }"
    read = "() => document.querySelector('count-down').textContent"
    after = shown.page.evaluate(f"ms => {{ ({wake})(ms); return ({read})(); }}", 10 * 60 * 1000)
    assert after == ", de tijd is op"


def test_past_its_end_the_words_change_with_the_time(open_page: OpenPage, watch: Watch) -> None:
    lead, talk = open_page("leiden"), open_page("interview")
    expect(lead.page.get_by_text("over van de 30 minuten")).to_be_visible()
    expect(talk.page.get_by_text("over van 8 minuten")).to_be_visible()
    for shown in (lead, talk):
        shown.goes_offline(watch)
        shown.page.route("**/leiden/", lambda route: route.abort())
        shown.jump(45 * 60)
    expect(lead.page.locator(".timeleft.over")).to_have_text(re.compile(r"^\+1\d:\d\d$"))
    expect(lead.page.get_by_text("over de 30 minuten heen")).to_be_visible()
    expect(talk.page.locator(".timeleft.over")).to_have_text(re.compile(r"^3\d:\d\d$"))
    expect(talk.page.get_by_text("langer dan 8 minuten, geen haast")).to_be_visible()


def test_in_another_minute_the_words_are_fetched_anew(open_page: OpenPage) -> None:
    shown = open_page("leiden")
    with shown.page.expect_request(lambda request: "hx-request" in request.headers, timeout=2000):
        shown.jump(60)
