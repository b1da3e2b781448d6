"""Coaches who change one agenda at the same time."""

from uuid import uuid4

import pytest

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.services import agenda_items
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
