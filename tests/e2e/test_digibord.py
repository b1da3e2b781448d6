"""A digibord without an account shows a code; who leads types it on Leiden, and the board shows the Scherm."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from meetings.models import Meeting
from meetings.services import planning, running
from tests.factories import local, make_group, make_member, make_session
group = make_group("De Reest")
coach = make_member(group, "Hanneke Dijkstra", coach=True)
at = local(2099, 1, 14, 15, 30)
planning.plan_meetings(
    actor=coach.user, group=group, introduction_at=at, network_count=3, dates=[None] * 4, place="Het Kompas"
)
meeting = group.meetings.get(kind=Meeting.Kind.INTRODUCTION)
running.start_meeting(actor=coach.user, meeting=meeting)
print("SEEDED", make_session(coach.user), meeting.pk)
"""


def test_a_board_without_an_account_shows_the_scherm_until_the_meeting_ends(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    session, meeting = portal.seed(SEED)
    phone = new_context(viewport={"width": 390, "height": 844})
    phone.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    lead, board = phone.new_page(), new_context(viewport={"width": 1366, "height": 768}).new_page()

    board.goto("/scherm/")
    watch.check_accessible(board)
    assert board.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    code = board.locator(".beamer-code").inner_text()

    lead.goto(f"/bijeenkomsten/{meeting}/leiden/")
    lead.get_by_text("Digibord koppelen").click()
    lead.get_by_label("Code op het bord").fill(code)
    lead.get_by_role("button", name="Koppel dit bord").click()
    expect(lead.get_by_text("Gekoppeld. Het bord laat nu het Scherm zien.")).to_be_visible()
    expect(board.locator(".beamer-line")).to_be_visible(timeout=8_000)

    watch.allow("401")
    watch.allow("404")
    lead.request.post(
        f"/bijeenkomsten/{meeting}/leiden/einde/",
        headers={"X-CSRFToken": lead.locator("meta[name=csrf-token]").get_attribute("content") or ""},
    )
    expect(board.get_by_role("heading", name="De bijeenkomst is afgelopen")).to_be_visible(timeout=8_000)
    expect(board.get_by_text("De Reest")).to_have_count(0)


HOURS_ON = """
from datetime import timedelta
from django.db.models import F
from meetings.models import AgendaItem, Meeting
from netwerkleren.base import live
meeting = Meeting.objects.get(pk="{meeting}")
past = {{"started_at": F("started_at") - timedelta(hours=4)}}
Meeting.objects.filter(pk=meeting.pk).update(**past)
AgendaItem.objects.filter(pk=meeting.current_item_id).update(**past)
live.touch(live.topic_of("meeting", meeting))
"""
COUNT_TIMERS = """
const begin = setInterval;
window.lasting = 0;
window.setInterval = (...given) => { lasting += 1; return begin(...given); };
"""
A_WHILE_MS = 2_500


def _looks_in_a_while(board: Page) -> int:
    """How often it asks whether there is news."""
    asked: list[str] = []
    board.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    board.wait_for_timeout(A_WHILE_MS)
    return len(asked)


def test_a_board_that_hangs_there_for_four_hours_asks_no_more_than_at_first_and_ends_with_its_meeting(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    for expected in ("401", "404"):
        watch.allow(expected)
    session, meeting = portal.seed(SEED)
    lead, board = new_context().new_page(), new_context(viewport={"width": 1920, "height": 1080}).new_page()
    lead.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    board.clock.install()
    board.add_init_script(COUNT_TIMERS)
    board.goto("/scherm/")
    lead.goto(f"/bijeenkomsten/{meeting}/leiden/")
    token = {"X-CSRFToken": lead.locator("meta[name=csrf-token]").get_attribute("content") or ""}
    code = board.locator(".beamer-code").inner_text()
    lead.request.post(f"/bijeenkomsten/{meeting}/leiden/digibord/", headers=token, form={"code": code})
    expect(board.locator(".beamer-until")).to_contain_text("tot", timeout=20_000)
    # The words stand there before the modules that set the timers have run.
    board.wait_for_load_state("load")
    at_first = board.evaluate("lasting")
    assert at_first

    for _half_hour in range(8):
        with board.expect_response("**/live/**"):
            board.clock.fast_forward("30:00")
    expect(board.locator(".beamer-until")).to_contain_text("tot")  # by the clock of the portal, not its own
    portal.run(HOURS_ON.format(meeting=meeting))
    expect(board.locator(".beamer-over")).to_have_text("210 minuten over", timeout=20_000)
    assert board.evaluate("lasting") == at_first
    assert _looks_in_a_while(board) <= 1 + A_WHILE_MS / 500
    assert board.evaluate("document.documentElement.scrollHeight <= innerHeight")

    lead.request.post(f"/bijeenkomsten/{meeting}/leiden/einde/", headers=token)
    expect(board.get_by_role("heading", name="De bijeenkomst is afgelopen")).to_be_visible(timeout=20_000)
    old = board.locator(".beamer-code").inner_text()
    board.clock.fast_forward("04:00:00")
    expect(board.get_by_role("heading", name="De bijeenkomst is afgelopen")).to_be_visible()
    expect(board.locator(".beamer-code")).to_have_text(old)
    expect(board.get_by_text("De Reest")).to_have_count(0)
