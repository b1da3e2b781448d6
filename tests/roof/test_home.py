"""Vandaag: what needs me now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from meetings.models import Meeting
from tests.factories import make_group, make_lost_mail, make_meeting, make_member, make_topic
from tests.types import CountQueries, SignIn


def test_it_asks_for_a_login(client: Client, db: None) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_the_next_meeting_stands_on_it(sign_in: SignIn, participant: Membership, meeting: Meeting) -> None:
    page = sign_in(participant).get("/").content.decode()
    assert "Dag Marijke" in page
    assert "Contact met klasgenoten" in page
    assert "Obs De Lindenhof, lokaal 12" in page


def test_a_meeting_that_runs_stands_first(sign_in: SignIn, participant: Membership, meeting: Meeting) -> None:
    browser = sign_in(participant)
    assert "Nu bezig" not in browser.get("/").content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.RUNNING)
    page = browser.get("/").content.decode()
    assert page.index("Nu bezig") < page.index("Talentmoment noteren")


def test_only_the_coach_sees_who_has_not(
    sign_in: SignIn, coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    assert "Hoe staat het ervoor?" in sign_in(coach).get("/").content.decode()
    assert "Hoe staat het ervoor?" not in sign_in(participant).get("/").content.decode()


def test_who_has_no_group_reads_how_to_get_one(sign_in: SignIn, outsider: User) -> None:
    assert "Je zit nu niet in een groep" in sign_in(outsider).get("/").content.decode()


def test_a_coach_without_a_group_gets_the_first_step(sign_in: SignIn, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(is_coach=True)
    assert "Begin met een traject" in sign_in(outsider).get("/").content.decode()


def test_who_is_in_a_closed_group_alone_is_asked_for_nothing_of_it(
    sign_in: SignIn, coach: Membership, participant: Membership, group: NetworkGroup
) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(closed_at=timezone.now())

    theirs, of_coach = (sign_in(person).get("/").content.decode() for person in (participant, coach))

    assert "Je groep is afgesloten" in theirs and "Begin met een traject" in of_coach
    for page in (theirs, of_coach):
        assert "Je bent bij" not in page and "Talentmoment noteren" not in page


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("who", ["coach", "participant"])
def test_it_costs_the_same_queries_at_1_and_30_rows(
    who: str,
    rows: int,
    sign_in: SignIn,
    group: NetworkGroup,
    meeting: Meeting,
    request: pytest.FixtureRequest,
    django_assert_num_queries: CountQueries,
) -> None:
    person = request.getfixturevalue(who)
    for position in range(2, rows + 1):
        make_meeting(group, topic=make_topic(group), position=position)
        make_member(group)
        make_lost_mail(group)
    client = sign_in(person)
    with django_assert_num_queries(15):
        assert client.get("/").status_code == 200


def test_every_group_of_a_coach_stands_on_it(sign_in: SignIn, coach: Membership, meeting: Meeting) -> None:
    assert "Je andere groepen" not in sign_in(coach).get("/").content.decode()
    second, third = make_group("Hunzedal"), make_group("Westerkwartier")
    for group in (second, third):
        Membership.objects.create(user=coach.user, group=group, role=Membership.Role.COACH)
    later = make_meeting(second, topic=make_topic(second, "Ouders"), starts_at=timezone.now() + timedelta(days=60))

    page = sign_in(coach).get("/").content.decode()

    others = page[page.index("Je andere groepen") :]
    assert others.index("Hunzedal") < others.index("Ouders") < others.index("Westerkwartier")
    assert f'href="{reverse("meetings:detail", args=[later.pk])}"' in others
    assert "Er komt nog geen bijeenkomst." in others


def test_what_runs_goes_first_also_when_another_group_meets_earlier(
    sign_in: SignIn, participant: Membership, meeting: Meeting
) -> None:
    second = make_group("Hunzedal")
    Membership.objects.create(user=participant.user, group=second)
    starts_at = meeting.starts_at
    assert starts_at
    make_meeting(
        second,
        topic=make_topic(second, "Ouders"),
        starts_at=starts_at + timedelta(hours=2),
        state=Meeting.State.RUNNING,
    )

    page = sign_in(participant).get("/").content.decode()

    assert page.index("Nu bezig, Hunzedal") < page.index("Je andere groepen")
    assert "Contact met klasgenoten" in page[page.index("Je andere groepen") :]


@pytest.mark.parametrize("groups", [2, 8])
@pytest.mark.parametrize("role", Membership.Role.values)
def test_it_costs_the_same_queries_in_two_groups_and_in_eight(
    groups: int, role: str, sign_in: SignIn, outsider: User, django_assert_num_queries: CountQueries
) -> None:
    for number in range(groups):
        group = make_group(f"Groep {number}")
        Membership.objects.create(user=outsider, group=group, role=role)
        make_meeting(group, topic=make_topic(group))
    client = sign_in(outsider)
    with django_assert_num_queries({"coach": 14, "participant": 15}[role]):
        page = client.get("/").content.decode()
    assert page.count("Talentmoment noteren") == 1
    assert "Voor welke groep?" in page
