"""A netwerkbijeenkomst more, one on another place, one less, also when the traject has begun.

Whoever must know gets one mail for it.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..agendas import minutes_of, standard_agenda
from ..content import is_empty
from ..dates import MOST_NETWORK_MEETINGS, check_order, default_deadlines, follow_date, late_deadlines
from ..following import touch_traject
from ..models import AgendaItem, Meeting
from ..overlaps import check_overlaps
from ..rhythm import rule_of
from . import announcing, changing, ordering

Kind, State = Meeting.Kind, Meeting.State


@transaction.atomic
def add_meeting(
    *,
    actor: Actor,
    group: NetworkGroup,
    key: UUID,
    after: UUID,
    starts_at: datetime | None = None,
    place: str = "",
    despite_overlap: bool = False,
) -> Meeting:
    """A netwerkbijeenkomst with the id `key`, right after the meeting `after`; the same key once more makes none.

    Raises ValidationError where it does not fit. Without a date nobody is told yet.
    """
    lock(group)
    row = list(Meeting.objects.in_row(group))
    if (made := next((other for other in row if other.pk == key), None)) is not None:
        return made
    if (
        len([other for other in row if other.kind == Kind.NETWORK and not _is_cancelled(other)])
        >= MOST_NETWORK_MEETINGS
    ):
        raise ValidationError(_("Er zijn al %(most)d netwerkbijeenkomsten."), params={"most": MOST_NETWORK_MEETINGS})
    meeting = Meeting(
        pk=key,
        group=group,
        kind=Kind.NETWORK,
        starts_at=starts_at,
        minutes_available=minutes_of(Kind.NETWORK),
        place=place,
        **default_deadlines(Kind.NETWORK, starts_at, rule_of(group)).by_field(),
    )
    traject = _put_after(row, meeting, after)
    _check_dates(traject)
    if not despite_overlap:
        check_overlaps(actor=actor, group=group, planned=[meeting])
    meeting.position = ordering.ASIDE - 1
    meeting.full_clean()
    meeting.save()
    ordering.put_in_order(actor=actor, traject=traject)
    AgendaItem.objects.bulk_create(standard_agenda(meeting))
    if starts_at is not None:
        announcing.announce_facts(actor=actor, meetings=[meeting])
    audit.record(actor, "meeting.added", meeting, group_id=group.pk)
    touch_traject(group)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    after: UUID,
    starts_at: datetime | None,
    version: str | None = None,
    despite_overlap: bool = False,
) -> Meeting:
    """Another place in the row, another date, or both; `version` is the `version_of_place` that the coach saw.

    Raises ValidationError where it does not fit, or is on or over; WrittenMeanwhile when someone else moved it. Its
    deadlines follow its date, but for those that a coach chose.
    """
    lock(meeting.group)
    meeting = lock(meeting, "group", "topic")
    if not meeting.is_planned:
        raise ValidationError(_("Deze bijeenkomst is bezig, geweest of vervallen. Je kunt haar niet meer verzetten."))
    row = [other for other in Meeting.objects.in_row(meeting.group) if other.pk != meeting.pk]
    before, stands, stood = meeting.facts(), meeting.version_of_place, meeting.position
    rule = rule_of(meeting.group)
    old_defaults = default_deadlines(meeting.kind, meeting.starts_at, rule)
    traject = _put_after(row, meeting, after)
    place = _place_in(traject, meeting)
    if not write_on_top(meeting, version or stands, stands=stands, starts_at=starts_at, position=place):
        return meeting
    meeting.position = stood  # until all of them are numbered
    if meeting.starts_at != before["starts_at"]:
        follow_date(meeting, old_defaults, rule)
    _check_dates(traject)
    if late_deadlines(meeting):
        raise ValidationError({"starts_at": _("Een deadline die je zelf koos, ligt dan na het begin.")})
    if not despite_overlap and meeting.starts_at != before["starts_at"]:
        check_overlaps(actor=actor, group=meeting.group, planned=[meeting])
    meeting.full_clean()
    if meeting.changed_since(before):
        meeting.ics_sequence += 1
    meeting.save()
    ordering.put_in_order(actor=actor, traject=traject)
    if meeting.changed_since(before):
        announcing.announce_change(actor=actor, meeting=meeting, before=before)
    audit.record(actor, "meeting.moved", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    touch_traject(meeting.group)
    return meeting


@transaction.atomic
def remove_meeting(*, actor: Actor, meeting: Meeting, to_next: bool = True) -> bool:
    """Takes a netwerkbijeenkomst out. True when it is gone: nothing was made for it yet.

    One that holds something is cancelled, and stays to be read; `to_next` says where its questions go. Raises
    ValidationError for one that is on or was held.
    """
    lock(meeting.group)
    meeting = lock(meeting, "group", "topic")
    if meeting.state in (State.RUNNING, State.ENDED):
        raise ValidationError(_("Deze bijeenkomst is bezig of geweest. Je kunt haar niet meer weghalen."))
    if meeting.kind != Kind.NETWORK or not is_empty(meeting):
        changing.cancel_meeting(actor=actor, meeting=meeting, to_next=to_next)
        return False
    meeting.ics_sequence += 1
    if not _is_cancelled(meeting):
        announcing.announce_removed(actor=actor, meeting=meeting)
    group = meeting.group
    audit.record(actor, "meeting.removed", meeting, group_id=group.pk)
    meeting.delete()
    ordering.put_in_order(actor=actor, traject=list(Meeting.objects.in_row(group)))
    touch_traject(group)
    return True


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.state == State.CANCELLED


def _put_after(row: list[Meeting], meeting: Meeting, after: UUID) -> list[Meeting]:
    """The row with the meeting in it, between introductie and afsluiting and behind what is on or was held."""
    at = next((index for index, other in enumerate(row) if other.pk == after), None)
    if meeting.kind == Kind.INTRODUCTION:
        at = -1
    elif meeting.kind == Kind.CLOSING:
        at = len(row) - 1
    elif at is None or row[at].kind == Kind.CLOSING:
        raise ValidationError({"after": _("Kies na welke bijeenkomst ze komt. De afsluiting blijft de laatste.")})
    if any(other.state in (State.RUNNING, State.ENDED) for other in row[at + 1 :]):
        raise ValidationError({"after": _("Zet haar na de bijeenkomsten die al geweest zijn.")})
    return [*row[: at + 1], meeting, *row[at + 1 :]]


def _place_in(traject: list[Meeting], meeting: Meeting) -> int:
    """The position that it gets there."""
    if meeting.kind == Kind.INTRODUCTION:
        return 0
    return 1 + len(_counted(traject[: traject.index(meeting)]))


def _counted(traject: list[Meeting]) -> list[Meeting]:
    return [meeting for meeting in traject if meeting.kind == Kind.NETWORK and not _is_cancelled(meeting)]


def _check_dates(traject: list[Meeting]) -> None:
    """The names are those that the coach sees: of the numbers as they will be."""
    shown = [meeting for meeting in traject if not _is_cancelled(meeting)]
    names = [
        _("Bijeenkomst %(number)d") % {"number": index} if meeting.kind == Kind.NETWORK else meeting.number_name
        for index, meeting in enumerate(shown, start=0 if shown[0].kind == Kind.INTRODUCTION else 1)
    ]
    try:
        check_order([(name, meeting.starts_at) for name, meeting in zip(names, shown, strict=True)])
    except ValidationError as problem:
        # Beside the date, which is the one thing to change on the page.
        raise ValidationError({"starts_at": problem.error_list}) from None
