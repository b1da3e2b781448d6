"""The same form ten times at once, as an impatient hand on a slow line sends it, makes one thing."""

from collections.abc import Callable
from uuid import UUID

import pytest

from groups.addresses import Address
from groups.models import Membership, NetworkGroup
from groups.services import inviting, learning_goals, working_agreements
from meetings.models import Meeting
from meetings.services import talk
from netwerkleren.base.models import OutgoingMail
from tests.leervragen.test_concurrency import PEOPLE, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["improvement", "agreement", "working agreement", "learning goal"])
def add(
    request: pytest.FixtureRequest, coach: Membership, participant: Membership, meeting: Meeting
) -> Callable[[], UUID]:
    """Adds it once, and answers its id."""
    actor, words = participant.user, "Een statief meenemen"
    return {
        "improvement": lambda: talk.add_improvement(actor=actor, meeting=meeting, text=words).pk,
        "agreement": lambda: talk.add_agreement(actor=actor, meeting=meeting, text=words, owner=participant).pk,
        "working agreement": lambda: (
            working_agreements.add_working_agreement(actor=coach.user, group=meeting.group, text=words).pk
        ),
        "learning goal": lambda: learning_goals.add_learning_goal(actor=actor, membership=participant, text=words).pk,
    }[request.param]


def test_the_same_words_ten_times_at_once_are_one(add: Callable[[], UUID]) -> None:
    added = all_at_once(lambda _number: add())

    assert len(set(added)) == 1, added
    assert len(added) == PEOPLE


def test_an_address_that_is_invited_ten_times_at_once_gets_one_mail(coach: Membership, group: NetworkGroup) -> None:
    jan = Address("jan@lindenhof.example", "Jan Vos")

    invited = all_at_once(lambda _number: len(inviting.invite_people(actor=coach.user, group=group, people=[jan])))

    assert sorted(invited) == [0] * (PEOPLE - 1) + [1]
    assert OutgoingMail.objects.get().recipient == jan.email
