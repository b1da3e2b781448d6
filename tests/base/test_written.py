"""A query of which the SQL is written once answers what its QuerySet answers, whatever it is asked with."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.beside import sum_beside
from netwerkleren.base.written import MOST_SHAPES, written_once
from tests.factories import make_agenda_item, make_group, make_meeting, make_member

pytestmark = pytest.mark.django_db


def test_it_gives_the_rows_with_all_that_hangs_on_them(
    group: NetworkGroup, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meetings = [make_meeting(group, position=number) for number in (1, 2)]
    for meeting, minutes in zip(meetings, (20, 30), strict=True):
        make_agenda_item(meeting, minutes=minutes)
    written = []

    @written_once
    def rows(pk: UUID) -> QuerySet[Meeting]:
        written.append(pk)
        minutes: dict[str, Any] = {"total_minutes": sum_beside(AgendaItem, "minutes", meeting=F("pk"))}
        asked = Meeting.objects.select_related("group").annotate(**minutes)
        return asked.prefetch_related("agenda").filter(pk=pk).order_by("position")

    rows(meetings[0].pk)
    with django_assert_num_queries(2):
        found = rows(meetings[1].pk)
    assert found == [meetings[1]]
    assert (found[0].group.name, found[0].total_minutes) == (group.name, 30)
    assert [item.minutes for item in found[0].agenda.all()] == [30]
    assert rows(uuid4()) == []
    assert len(written) == 2, "written at the first look, twice to be sure that it is the same, and not again"


def test_nothing_of_an_answer_is_kept(group: NetworkGroup) -> None:
    @written_once
    def names(pk: UUID) -> QuerySet[NetworkGroup, str]:
        return NetworkGroup.objects.filter(pk=pk).values_list("name", flat=True)

    assert names(group.pk) == [group.name]
    NetworkGroup.objects.filter(pk=group.pk).update(name="Een andere naam")
    assert names(group.pk) == ["Een andere naam"]


def test_a_list_may_be_of_any_length_and_the_same_value_may_come_twice(group: NetworkGroup) -> None:
    people = [make_member(group) for _ in range(3)]

    @written_once
    def members(keys: list[UUID], also: UUID, role: str) -> QuerySet[Membership]:
        rows = Membership.objects.filter(pk__in=keys, role=role) | Membership.objects.filter(pk=also, role=role)
        return rows.order_by("joined", "pk")

    keys = [one.pk for one in people]
    stranger, role = uuid4(), Membership.Role.PARTICIPANT.value
    assert members(keys, stranger, role) == people
    assert members(keys[:1], keys[0], role) == people[:1]
    assert members([], keys[2], role) == people[2:]
    assert members(keys, stranger, Membership.Role.COACH.value) == []
    assert members([], stranger, role) == []
    for length in range(MOST_SHAPES + 2):
        assert members([keys[1]] * length, stranger, role) == people[1:2] * bool(length)


def test_with_an_empty_list_what_no_row_can_meet_is_left_out(group: NetworkGroup) -> None:
    one, other = make_member(group), make_member(group)

    @written_once
    def members(own: UUID, keys: list[UUID], groups: list[UUID]) -> QuerySet[Membership]:
        near = Q(pk__in=keys, group__in=groups)
        return Membership.objects.filter(Q(pk=own) | near).order_by("joined", "pk")

    assert members(one.pk, [other.pk], [group.pk]) == [one, other]
    assert members(one.pk, [other.pk], []) == [one]
    assert members(uuid4(), [other.pk], []) == []


def test_a_number_fits_in_every_field(group: NetworkGroup) -> None:
    first, second = make_meeting(group, position=1), make_meeting(group, position=2)

    @written_once
    def up_to(pk: UUID, position: int, least: int) -> QuerySet[Meeting]:
        return Meeting.objects.filter(group=pk, position__lte=position, position__gte=least).order_by("position")

    assert (up_to(group.pk, 1, 1), up_to(group.pk, 2, 1)) == ([first], [first, second])
    assert (up_to(group.pk, 2, 2), up_to(group.pk, 0, 0)) == ([second], [])


def test_a_moment_is_given(group: NetworkGroup) -> None:
    now = timezone.now()
    soon, late = (make_meeting(group, position=1), make_meeting(group, position=2))
    Meeting.objects.filter(pk=soon.pk).update(starts_at=now + timedelta(hours=1))
    Meeting.objects.filter(pk=late.pk).update(starts_at=now + timedelta(hours=3))

    @written_once
    def until(moment: datetime) -> QuerySet[Meeting]:
        return Meeting.objects.filter(starts_at__lt=moment).order_by("starts_at")

    assert until(now) == []
    assert until(now + timedelta(hours=2)) == [soon]
    assert until(now + timedelta(hours=4)) == [soon, late]


def test_what_does_not_stay_the_same_is_refused(group: NetworkGroup) -> None:
    @written_once
    def by_the_clock(pk: UUID) -> QuerySet[Meeting]:
        return Meeting.objects.filter(pk=pk, starts_at__lt=timezone.now())

    @written_once
    def of_today(pk: UUID) -> QuerySet[Meeting]:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return Meeting.objects.filter(pk=pk, starts_at__lt=midnight)

    @written_once
    def leaves_it_out(pk: UUID) -> QuerySet[Meeting]:
        return Meeting.objects.all() if pk else Meeting.objects.none()

    @written_once
    def makes_another_of_it(pk: UUID) -> QuerySet[Meeting]:
        return Meeting.objects.filter(place__contains=str(pk))

    for query, words in (
        (by_the_clock, "not the same query twice"),
        (of_today, "does not move on"),
        (leaves_it_out, "leaves a value out"),
        (makes_another_of_it, "not the same query twice"),
    ):
        with pytest.raises(ImproperlyConfigured, match=words):
            query(group.pk)


@pytest.mark.parametrize("value", [None, True, [None], object()])
def test_what_it_cannot_give_to_the_database_is_refused(value: Any) -> None:
    @written_once
    def rows(pk: Any) -> QuerySet[Meeting]:
        return Meeting.objects.filter(pk=pk)

    with pytest.raises(TypeError, match="takes no"):
        rows(value)


def test_values_come_in_their_order() -> None:
    @written_once
    def rows(pk: UUID) -> QuerySet[Meeting]:
        return Meeting.objects.filter(pk=pk)

    with pytest.raises(TypeError, match="in their order"):
        rows(pk=make_group().pk)
