"""Coaches who change one agenda, or lay the same wishes together, at the same time."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting, Wish
from meetings.services import agenda_items, wishes
from tests.factories import make_member
from tests.leervragen.test_concurrency import PEOPLE, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_onderdelen_added_at_once_all_stand_on_the_agenda(coach: Membership, meeting: Meeting) -> None:
    keys = [uuid4() for _number in range(PEOPLE)]

    def add(number: int) -> AgendaItem:
        return agenda_items.add_item(
            actor=coach.user, meeting=meeting, key=keys[number], title=f"Onderdeel {number}", minutes=5
        )

    assert {item.pk for item in all_at_once(add)} == set(keys)
    assert list(meeting.agenda.values_list("position", flat=True)) == list(range(1, PEOPLE + 1))


@pytest.mark.on_postgresql
@pytest.mark.parametrize("second", ["the other way round", "elsewhere"])
def test_of_two_coaches_who_merge_one_wish_at_once_the_later_is_told(
    coach: Membership, group: NetworkGroup, second: str
) -> None:
    coaches = [coach, make_member(group, "Karim Bos", coach=True)]
    rust, stilte, orde = (
        wishes.add_wish(actor=coach.user, group=group, kind="topic", text=text, member=None)
        for text in ("Rust", "Stilte", "Orde")
    )
    laid = [(rust, stilte), (stilte, rust) if second == "the other way round" else (rust, orde)]

    def merge(number: int) -> None:
        wish, into = laid[number % 2]
        wishes.merge_wish(actor=coaches[number % 2].user, wish=wish, into=into)

    results = all_at_once(merge)

    refused = [isinstance(result, ValidationError) for result in results]
    assert refused in ([False, True] * 5, [True, False] * 5), results
    wish, into = laid[0 if refused[1] else 1]
    merged = Wish.objects.exclude(merged_into=None)
    assert [(one.pk, one.merged_into_id) for one in merged] == [(wish.pk, into.pk)]
