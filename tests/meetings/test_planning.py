"""Planning a traject: standard agendas to the minute, deadlines, order."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from groups.models import Membership, NetworkGroup
from meetings.agendas import STANDARD
from meetings.models import Meeting
from meetings.services import planning
from tests.factories import local

# The playbook (docs/domain.md#agendas): the number of minutes of each onderdeel, in order.
PLAYBOOK = {
    Meeting.Kind.INTRODUCTION: [30, 30, 10, 30, 20, 20],
    Meeting.Kind.NETWORK: [15, 15, 15, 10, 10, 45, 5, 15, 10],
    Meeting.Kind.CLOSING: [10, 15, 10, 20, 15, 15, 20],
}
TOTALS = {Meeting.Kind.INTRODUCTION: 140, Meeting.Kind.NETWORK: 140, Meeting.Kind.CLOSING: 105}


def _plan(coach: Membership, introduction_at: datetime | None = None, **changes: Any) -> list[Meeting]:
    plan: dict[str, Any] = {
        "group": coach.group,
        "introduction_at": introduction_at or local(2026, 12, 2, 15, 30),
        "network_count": 2,
        "dates": [local(2027, 1, 20, 15, 30), None, local(2027, 6, 2, 15, 30)],
    }
    return planning.plan_meetings(actor=coach.user, **{**plan, **changes})


@pytest.mark.parametrize("kind", PLAYBOOK)
def test_a_standard_agenda_has_the_playbooks_minutes_in_its_order(kind: Meeting.Kind) -> None:
    assert [item.minutes for item in STANDARD[kind]] == PLAYBOOK[kind]
    assert sum(PLAYBOOK[kind]) == TOTALS[kind]


def test_introductie_first_afsluiting_last_each_with_its_agenda(coach: Membership) -> None:
    meetings = _plan(coach)
    assert [(meeting.position, meeting.kind) for meeting in meetings] == [
        (0, "introduction"),
        (1, "network"),
        (2, "network"),
        (3, "closing"),
    ]
    for meeting in meetings:
        assert [item.minutes for item in meeting.agenda.all()] == PLAYBOOK[Meeting.Kind(meeting.kind)]
    assert meetings[2].starts_at is None


def test_deadlines_are_9_7_and_5_days_before_at_20_00_dutch_time(coach: Membership) -> None:
    introduction, network, undated, closing = _plan(coach)
    assert (introduction.leervraag_deadline, introduction.clip_deadline) == (None, None)
    assert network.leervraag_deadline == local(2027, 1, 11, 20)
    assert network.clip_deadline == local(2027, 1, 13, 20)
    assert network.feedback_deadline == local(2027, 1, 15, 20)
    assert undated.clip_deadline is None
    assert (closing.leervraag_deadline, closing.feedback_deadline) == (None, local(2027, 5, 28, 20))


def test_a_deadline_across_the_change_to_summer_time_stays_at_20_00(coach: Membership) -> None:
    dates = [local(2027, 3, 31, 15, 30), None, None]  # the clock goes forward on 28 March 2027
    network = _plan(coach, dates=dates)[1]
    assert network.leervraag_deadline == datetime(2027, 3, 22, 19, 0, tzinfo=UTC)
    assert network.starts_at == datetime(2027, 3, 31, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ([local(2027, 2, 1, 15), local(2027, 1, 20, 15), None], "Bijeenkomst 2 is op 20 januari 2027"),
        ([None, None, local(2026, 11, 1, 15)], "Afsluiting is op 1 november 2026, maar moet na Introductie"),
        ([local(2026, 12, 2, 15, 30), None, None], "moet na Introductie"),
    ],
)
def test_dates_in_the_wrong_order_make_nothing(coach: Membership, dates: list[datetime | None], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        _plan(coach, dates=dates)
    assert Meeting.objects.count() == 0


def test_planning_twice_makes_one_traject(coach: Membership, group: NetworkGroup) -> None:
    _plan(coach)
    with pytest.raises(ValidationError, match="al gepland"):
        _plan(coach)
    assert group.meetings.count() == 4


def test_too_few_dates_or_too_many_meetings_are_said(coach: Membership) -> None:
    with pytest.raises(ValidationError, match="datum volgt"):
        _plan(coach, dates=[None])
    with pytest.raises(ValidationError, match="tussen 0 en 20"):
        _plan(coach, network_count=21, dates=[None] * 22)
    with pytest.raises(ValidationError):
        _plan(coach, place="x" * 201)
    assert Meeting.objects.count() == 0
