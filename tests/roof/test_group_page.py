"""The list of groups and the page of a group."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, User, WorkingAgreement
from groups.points import group_panels
from groups.services import pairing
from meetings.models import Meeting
from netwerkleren.base.extend import Panel
from tests.factories import make_group, make_lost_mail, make_meeting, make_member
from tests.types import CountQueries, SignIn

QUERIES = {"coach": 12, "participant": 11}
MOST_BYTES = 63_000


def address(group: NetworkGroup) -> str:
    return f"/groepen/{group.pk}/"


def test_the_page_shows_people_how_mixed_they_are_maatjes_and_the_traject(
    coach: Membership, participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    WorkingAgreement.objects.create(group=coach.group, text="We beginnen op tijd")
    LearningGoal.objects.create(membership=participant, text="Langer wachten")
    page = sign_in(participant).get(address(coach.group)).content.decode()
    for said in (
        "De Hondsrug",
        "Leerlingen met autisme in de klas",
        "Hanneke Dijkstra",
        "groep 5, obs De Lindenhof, Assen",
        "sbo De Vuurtoren, Gieten",
        "Marijke Hoekstra en Yusuf Demir",
        "We beginnen op tijd",
        "Langer wachten",
        "Bijeenkomst 1",
    ):
        assert said in page, said
    said_mixed = " ".join(page.split())
    assert "2 deelnemers van 2 scholen, met één soort werk." in said_mixed


def test_a_leerdoel_is_shown_to_the_maatje_and_not_to_the_group(
    coach: Membership, participant: Membership, maatje: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    LearningGoal.objects.create(membership=participant, text="Langer wachten")
    assert "Langer wachten" in sign_in(maatje).get(address(coach.group)).content.decode()
    assert "Langer wachten" not in sign_in(colleague).get(address(coach.group)).content.decode()
    assert "Langer wachten" not in sign_in(coach).get(address(coach.group)).content.decode()


def test_a_closed_group_promises_nothing_any_more_and_has_no_empty_parts(
    coach: Membership, participant: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    for own, other in ((participant, colleague), (colleague, participant)):
        Membership.objects.filter(pk=own.pk).update(wished_maatje=other, pair=None)
    NetworkGroup.objects.update(closed_at=timezone.now())
    pairs = reverse("groups:pairs", args=[coach.group_id])

    pages = [
        sign_in(who).get(page).content.decode()
        for who in (coach, participant)
        for page in (address(coach.group), pairs)
    ]

    assert [("Er waren geen tweetallen." in page or "Je had er geen maatje." in page) for page in pages] == [True] * 4
    for said in ("bevestigt de tweetallen", "bevestigt jullie", "Zij kozen elkaar", "Mijn leerdoelen", "Dat komt hier"):
        assert not any(said in page for page in pages), said
    assert not any("Waar loop je tegenaan?" in page for page in pages)


def test_only_the_coach_sees_invitations_and_the_coachs_buttons(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    Invitation.objects.create(group=coach.group, email="anna@school.example", invited_by=coach.user)
    own = sign_in(coach).get(address(coach.group)).content.decode()
    theirs = sign_in(participant).get(address(coach.group)).content.decode()
    for said in ("anna@school.example", "Aanpassen", f"/groepen/leden/{participant.pk}/verwijderen/"):
        assert said in own and said not in theirs, said


@pytest.mark.parametrize(
    ("state", "who", "action"),
    [
        ("draft", "coach", "publish"),
        ("alone", "participant", ""),
        ("free", "participant", "choose"),
        ("chosen", "participant", ""),
        ("mutual", "coach", "confirm"),
        ("paired", "coach", ""),
        ("one left", "coach", "together"),
    ],
)
def test_one_thing_is_put_forward(
    state: str, who: str, action: str, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    group = coach.group
    if state == "draft":
        NetworkGroup.objects.update(published_at=None)
    elif state != "alone":
        other = make_member(group)
        if state in ("chosen", "mutual"):
            pairing.choose_maatje(actor=participant.user, membership=participant, maatje=other)
        if state == "mutual":
            pairing.choose_maatje(actor=other.user, membership=other, maatje=participant)
        if state in ("paired", "one left"):
            pairing.make_pair(actor=coach.user, group=group, members=[participant, other])
        if state == "one left":
            make_member(group)
    response = sign_in({"coach": coach, "participant": participant}[who]).get(address(group))
    assert response.context["next_action"] == action
    assert response.content.decode().count("btn primary") == (1 if action else 0)


def test_a_draft_is_seen_by_its_coach_only(coach: Membership, sign_in: SignIn) -> None:
    group = make_group("Nog niet", draft=True)
    own = make_member(group, user=coach.user, coach=True)
    assert "Publiceer en nodig uit" in sign_in(own).get(address(group)).content.decode()


def test_a_panel_of_a_higher_app_reads_its_own_context(
    participant: Membership, other_group: NetworkGroup, sign_in: SignIn
) -> None:
    panel = Panel("reports/_harvest_panel.html", {"group": other_group})
    with group_panels.temporarily(lambda group, actor: panel):
        page = sign_in(participant).get(address(participant.group)).content.decode()
    assert f"/oogst/{other_group.pk}/" in page


def test_the_list_shows_a_coachs_groups_and_leads_a_deelnemer_on(
    coach: Membership, participant: Membership, other_group: NetworkGroup, outsider: User, sign_in: SignIn
) -> None:
    page = sign_in(coach).get("/groepen/").content.decode()
    assert ("De Hondsrug" in page, "1 deelnemer" in page, "Hunzedal" in page) == (True, True, False)
    assert sign_in(participant).get("/groepen/").headers["Location"] == address(coach.group)
    assert "Je zit nu niet in een groep" in sign_in(outsider).get("/groepen/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("who", ["coach", "participant"])
def test_as_many_queries_and_a_light_page_at_1_and_at_30(
    number: int, who: str, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    group = coach.group
    members = [make_member(group) for _ in range(number)]
    for couple in zip(members[::2], members[1::2], strict=False):
        pairing.make_pair(actor=coach.user, group=group, members=couple)
    for index in range(number):
        make_meeting(group)
        WorkingAgreement.objects.create(group=group, text=f"Afspraak {index}")
        make_lost_mail(group)  # of an invitation that is open
        LearningGoal.objects.create(membership=participant, text=f"Doel {index}")
    client = sign_in({"coach": coach, "participant": participant}[who])
    client.get(address(group))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address(group))
    assert len(queries) == QUERIES[who], "\n".join(query["sql"][:160] for query in queries)
    assert len(response.content) < MOST_BYTES, len(response.content)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_maatjes_asks_as_much_at_1_and_at_30(
    number: int, coach: Membership, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    for _ in range(number):
        make_member(coach.group)
    client = sign_in(coach)
    with django_assert_num_queries(5):
        response = client.get(f"{address(coach.group)}maatjes/")
    assert len(response.content) < MOST_BYTES
