"""A digibord without an account shows a code; who leads types it on Leiden, and the board shows the Scherm."""

from playwright.sync_api import expect

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
