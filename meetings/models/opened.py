"""The meeting of a page that is opened often, and its agenda: their SQL is written once a process."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.written import written_once

from ..actors import ExpertGuest
from .meeting import AgendaItem, Meeting, MeetingQuerySet, groups_read_by


class OneMeeting:
    """For `get_for`: the meeting of a page that is opened often. Of a member's the SQL is written once."""

    def __init__(self, rows: Callable[[], MeetingQuerySet]) -> None:
        @written_once
        def in_groups(pk: UUID, groups: list[UUID]) -> MeetingQuerySet:
            return rows().filter(group__in=groups, pk=pk).order_by()

        self._rows, self._in_groups = rows, in_groups

    def one_visible_to(self, actor: Actor, pk: UUID) -> Meeting | None:
        if isinstance(actor, ExpertGuest | DisplayThatShows):
            return self._rows().visible_to(actor).filter(pk=pk).order_by().first()
        return next(iter(self._in_groups(pk, groups_read_by(actor))), None)


@written_once
def _items_of(meeting: UUID) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting)


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """What `meeting.agenda` has, for a page."""
    items = _items_of(meeting.pk)
    for item in items:
        item.meeting = meeting
    return items
