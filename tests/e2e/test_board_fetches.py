"""A move costs each other page one board, and who moves none: a hundred phones follow one meetlat."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De leggers")
coach, member = make_member(group, coach=True), make_member(group, school=None)
meeting = make_meeting(group, position=1)
make_agenda_item(meeting, minutes=30, title="Welkom")
Leervraag.objects.create(meeting=meeting, author=member, text="Hoe begin ik?", state="laid", number=3)
running.start_meeting(actor=coach.user, meeting=meeting)
print("SEEDED", make_session(coach.user), make_session(member.user), meeting.pk)
"""


@pytest.fixture
def pages(portal: Portal, new_context: NewContext) -> list[Page]:
    """The meetlat as its coach and a deelnemer have it open."""
    *sessions, meeting = portal.seed(SEED)
    opened = []
    for session in sessions:
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        page = context.new_page()
        page.goto(f"{portal.url}/bijeenkomsten/{meeting}/meetlat/")
        opened.append(page)
    return opened


def test_a_move_fetches_the_board_once_on_the_other_page_and_never_on_the_movers(pages: list[Page]) -> None:
    mover, other = pages
    fetched: dict[Page, int] = {mover: 0, other: 0}

    def count(page: Page) -> None:
        board = page.url
        page.on("request", lambda request: fetched.update({page: fetched[page] + (request.url == board)}))

    for page in pages:
        count(page)
    mover.get_by_text("Hoe begin ik?").first.click()
    mover.locator('#dock button[value="9"]').click()

    for page in pages:
        expect(page.locator('[data-place="9"]')).to_contain_text("Hoe begin ik?")
    mover.wait_for_timeout(2500)  # five looks at the version
    assert fetched == {mover: 0, other: 1}
