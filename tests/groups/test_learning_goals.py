"""A leerdoel is seen by whom its owner says, and by nobody else."""

from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import LearningGoal, Membership, NetworkGroup, Pair, User
from groups.services import learning_goals, pairing
from meetings.actors import ExpertGuest
from netwerkleren.base.access import NOBODY
from netwerkleren.base.models import AuditEvent
from tests.factories import make_member
from tests.types import SignIn

WATCHERS = ("participant", "maatje", "colleague", "coach", "ex_member", "other_coach", "outsider", "beheerder")
SEEN_BY = {
    "alone": {"participant"},
    "maatje": {"participant", "maatje"},
    "group": {"participant", "maatje", "colleague", "coach"},
}


def goal_of(member: Membership, audience: str = "maatje") -> LearningGoal:
    return LearningGoal.objects.create(membership=member, text="Drie tellen wachten", audience=audience)


@pytest.mark.parametrize("watcher", WATCHERS)
@pytest.mark.parametrize("audience", SEEN_BY)
def test_each_watcher_sees_what_the_owner_opened_to_them(
    request: pytest.FixtureRequest, participant: Membership, maatje: Membership, audience: str, watcher: str
) -> None:
    goal = goal_of(participant, audience)
    person = request.getfixturevalue(watcher)
    user = person if isinstance(person, User) else person.user

    seen = LearningGoal.objects.visible_to(user).filter(pk=goal.pk).exists()

    assert seen == (watcher in SEEN_BY[audience])


@pytest.mark.parametrize("audience", SEEN_BY)
def test_an_expert_and_nobody_see_none(participant: Membership, expert_guest: ExpertGuest, audience: str) -> None:
    goal_of(participant, audience)

    assert not LearningGoal.objects.visible_to(expert_guest).exists()
    assert not LearningGoal.objects.visible_to(NOBODY).exists()


def test_two_without_a_maatje_are_no_pair(participant: Membership, colleague: Membership) -> None:
    goal_of(participant)

    assert not LearningGoal.objects.visible_to(colleague.user).exists()


def test_a_maatje_of_another_group_sees_no_more_than_others(
    participant: Membership, maatje: Membership, other_group: NetworkGroup
) -> None:
    elsewhere = make_member(other_group, user=maatje.user, pair=Pair.objects.create(group=other_group))
    goal_of(elsewhere)

    assert not LearningGoal.objects.visible_to(participant.user).exists()


def test_it_goes_with_the_maatje_of_now(participant: Membership, maatje: Membership) -> None:
    goal_of(participant)
    pairing.leave_pair(membership=maatje)

    assert not LearningGoal.objects.visible_to(maatje.user).exists()


def test_what_who_left_had_opened_is_closed_to_the_group(participant: Membership, coach: Membership) -> None:
    goal_of(participant, "group")
    Membership.objects.filter(pk=participant.pk).update(left=participant.joined)

    assert not LearningGoal.objects.visible_to(coach.user).exists()


def test_the_owner_opens_it_to_the_group_and_closes_it_again(
    participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    goal, browser = goal_of(participant), sign_in(participant)
    group_page = participant.group.get_absolute_url()
    address = reverse("groups:show_goal", args=[goal.pk])

    for _click in range(2):
        browser.post(address, {"audience": "group"})
    opened = sign_in(coach).get(group_page).content.decode()
    page = browser.get(reverse("groups:edit_goal", args=[goal.pk])).content.decode()
    browser.post(address, {"audience": "maatje"})
    closed = sign_in(coach).get(group_page).content.decode()

    assert "Drie tellen wachten" in opened and "Drie tellen wachten" not in closed
    assert "Iedereen in de groep, ook de coach." in page
    assert "Drie tellen wachten" in sign_in(maatje).get(group_page).content.decode()
    actions = AuditEvent.objects.filter(action__startswith="learning_goal").order_by("pk")
    assert [event.action for event in actions] == ["learning_goal.shown_group", "learning_goal.shown_maatje"]


def test_an_audience_that_does_not_exist_changes_nothing(participant: Membership, sign_in: SignIn) -> None:
    goal = goal_of(participant)

    answer = sign_in(participant).post(
        reverse("groups:show_goal", args=[goal.pk]), {"audience": "director"}, follow=True
    )

    goal.refresh_from_db()
    assert goal.audience == "maatje"
    assert "Kies wie je leerdoel ziet." in answer.content.decode()


@pytest.fixture
def lesson_page(participant: Membership, sign_in: SignIn) -> tuple[Client, str]:
    return sign_in(participant), reverse("groups:add_lesson_goal", args=[participant.group_id])


def test_a_goal_for_a_lesson_comes_with_help_to_make_it_visible(
    lesson_page: tuple[Client, str], participant: Membership
) -> None:
    browser, address = lesson_page

    page = browser.get(address).content.decode()
    answer: Any = browser.post(address, {"text": "Ik tel stil tot vijf"})

    assert "Wat ga jij doen dat je maatje kan zien?" in page
    assert "Lastig te zien" in page and "Te zien:" in page
    assert answer.headers["Location"] == participant.group.get_absolute_url()
    goal = LearningGoal.objects.get()
    assert (goal.scope, goal.audience, goal.membership) == ("lesson", "maatje", participant)


def test_the_same_words_for_traject_and_lesson_are_two(participant: Membership) -> None:
    for scope in ("traject", "lesson", "lesson"):
        learning_goals.add_learning_goal(actor=participant.user, membership=participant, text="Wachten", scope=scope)

    assert LearningGoal.objects.count() == 2


def test_what_was_written_before_stays_with_its_owner() -> None:
    operations = import_module("groups.migrations.0011_who_sees_a_learning_goal").Migration.operations

    assert [operation.field.default for operation in operations] == ["alone", "maatje"]
