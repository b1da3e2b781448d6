"""Who is invited joins on a phone and meets three small steps; an expert answers in two clicks from the mail."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import PASSWORD
from tests.servers import Portal

SEED = """
from groups.models import Invitation
from groups.services.inviting import mint_token
from meetings.guests import mint_link
from meetings.models import Meeting
from meetings.services.planning import plan_meetings
from tests.factories import local, make_expert_invitation, make_group, make_member
group = make_group("De Peelranden")
coach = make_member(group, "Hanneke Dijkstra", coach=True)
make_member(group, "Yusuf Demir", discipline="groep 8")
at = local(2099, 1, 14, 15, 30)
plan_meetings(actor=coach.user, group=group, introduction_at=at, network_count=3, dates=[None] * 4, place="Het Kompas")
invitation = Invitation.objects.create(
    group=group, email="anna.peel@school.example", name="Anna Jansen", invited_by=coach.user
)
asked = make_expert_invitation(group.meetings.get(kind=Meeting.Kind.CLOSING), invited_by=coach.user)
print("SEEDED", mint_token(invitation=invitation), mint_link(asked))
"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def links(portal: Portal) -> tuple[str, str]:
    """Of the mail to Anna, and of that to the expert."""
    invitation, expert = portal.seed(SEED)
    return f"/uitnodiging/{invitation}/", f"/expert/{expert}/"


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    return new_context(viewport=PHONE).new_page()


def _is_within(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_who_joins_meets_three_steps_that_go_away(phone: Page, links: tuple[str, str], watch: Watch) -> None:
    phone.goto(links[0])
    expect(phone.get_by_text("5 bijeenkomsten, samen ongeveer 11 uur")).to_be_visible()
    _is_within(phone)
    watch.check_accessible(phone)
    phone.get_by_label("Je school", exact=True).select_option(index=1)
    phone.get_by_label("Wat doe je daar?").fill("leerkracht groep 5")
    phone.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_role("link", name="Nu niet").click()

    visit = phone.get_by_role("region", name="Welkom bij De Peelranden")
    expect(visit.get_by_role("listitem")).to_have_count(3)
    _is_within(phone)
    watch.check_accessible(phone)
    visit.get_by_label("Waar loop je in je werk tegenaan?").fill("De overgangen")
    visit.get_by_role("button", name="Bewaar").click()
    expect(visit.get_by_role("listitem")).to_have_count(2)
    visit.get_by_role("button", name="Sla de agenda over").click()
    expect(visit.get_by_role("listitem")).to_have_count(1)
    visit.get_by_role("button", name="Zo doe je dat").click()
    expect(phone.get_by_role("img", name="QR-code van het portaal")).to_be_visible()
    _is_within(phone)
    watch.check_accessible(phone)
    phone.get_by_role("link", name="Naar Vandaag").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(visit).to_have_count(0)


def test_an_expert_answers_in_two_clicks_from_the_mail(phone: Page, links: tuple[str, str], watch: Watch) -> None:
    phone.goto(links[1])
    expect(phone.get_by_text("Hanneke Dijkstra is de coach.")).to_be_visible()
    _is_within(phone)
    watch.check_accessible(phone)
    phone.get_by_role("button", name="Ja, ik kom").click()
    phone.wait_for_url("**/expert/")
    expect(phone.get_by_role("heading", name="Fijn dat je komt!")).to_be_visible()
    _is_within(phone)
    watch.check_accessible(phone)
