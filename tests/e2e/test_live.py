"""A live page recovers by itself, asks one question at a time, and shows nothing once the session is over."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session

group = make_group("De kijkers")
coach, member = make_member(group, coach=True), make_member(group, school=None)
meeting = make_meeting(group, position=1)
make_agenda_item(meeting, minutes=30, title="Welkom")
make_agenda_item(meeting, minutes=30, title="Vervolg")
running.start_meeting(actor=coach.user, meeting=meeting)
print("SEEDED", make_session(member.user), meeting.pk)
"""
GO_ON = """
from meetings.models import Meeting
from meetings.services import running
meeting = Meeting.objects.get(pk="{meeting}")
coach = meeting.group.memberships.get(role="coach").user
running.go_to(actor=coach, meeting=meeting, item=meeting.agenda.last())
"""
END_SESSION = "from django.contrib.sessions.models import Session\nSession.objects.filter(pk='{session}').delete()\n"
SLOW_NET = """() => {
  const quick = window.fetch;
  window.fetch = (...given) => new Promise((go) => setTimeout(go, 300)).then(() => quick(...given));
}"""


@dataclass
class Follower:
    """The phone of a deelnemer that follows a meeting."""

    page: Page
    portal: Portal
    session: str
    meeting: str

    def go_on(self) -> None:
        """The coach goes on to the next onderdeel."""
        self.portal.run(GO_ON.format(meeting=self.meeting))

    def end_session(self) -> None:
        self.portal.run(END_SESSION.format(session=self.session))


@pytest.fixture
def follower(portal: Portal, new_context: NewContext) -> Follower:
    session, meeting = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    page = context.new_page()
    page.goto(f"{portal.url}/bijeenkomsten/{meeting}/")
    expect(page.get_by_role("heading", name="Welkom")).to_be_visible()
    return Follower(page, portal, session, meeting)


def test_a_change_that_could_not_be_fetched_is_fetched_again(follower: Follower, watch: Watch) -> None:
    watch.allow("net::ERR_FAILED")
    now = f"**/bijeenkomsten/{follower.meeting}/nu/"
    failed = []

    def fail(route: Route) -> None:
        failed.append(route.request.url)
        route.abort()

    follower.page.route(now, fail, times=2)
    follower.go_on()
    expect(follower.page.get_by_role("heading", name="Vervolg")).to_be_visible(timeout=15_000)
    assert len(failed) == 2


def test_a_page_whose_session_ended_leads_to_the_login(follower: Follower, watch: Watch) -> None:
    watch.allow("status of 401")
    follower.end_session()
    follower.page.wait_for_url("**/account/login/**", timeout=15_000)
    expect(follower.page.get_by_role("heading", name="Welkom")).to_have_count(0)


def test_coming_back_to_a_page_again_and_again_makes_no_second_follower(follower: Follower) -> None:
    page = follower.page
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    page.evaluate(SLOW_NET)
    for _ in range(10):
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(100)
    asked.clear()
    page.wait_for_timeout(3000)
    # One look takes 300 ms, and the next comes 500 ms later.
    assert 1 <= len(asked) <= 4, asked
