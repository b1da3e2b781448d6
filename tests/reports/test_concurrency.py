"""Ten people at once, or ten clicks: one protocol, one moment."""

from uuid import uuid4

import pytest

from groups.models import Membership, NetworkGroup
from netwerkleren.base.conflicts import WrittenMeanwhile
from reports.models import GraphMoment, Protocol
from reports.services import interviews, lines
from tests.leervragen.test_concurrency import PEOPLE, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_choices_of_parts_leave_one_protocol(group: NetworkGroup, coach: Membership) -> None:
    def save(number: int) -> str:
        parts = ["A"] if number % 2 else ["B1"]
        interviews.save_protocol(
            actor=coach.user,
            group=group,
            parts=parts,
            part_a_before=False,
            theme="",
            has_clock=True,
            version=Protocol().version,
        )
        return "saved"

    results = all_at_once(save)

    # The first sets it; who chose the same finds it so, and who chose otherwise is shown what stands there.
    assert results.count("saved") == sum(isinstance(result, WrittenMeanwhile) for result in results) == PEOPLE / 2
    assert Protocol.objects.get().parts in (["A"], ["B1"])


def test_the_same_moment_ten_times_is_one(group: NetworkGroup, coach: Membership) -> None:
    key = uuid4()

    def add(_number: int) -> GraphMoment:
        return lines.add_moment(actor=coach.user, group=group, key=key, kind="coaching", label="", after=None)

    assert len(set(all_at_once(add))) == 1
    assert GraphMoment.objects.count() == 1
