"""Changing planned meetings: facts, dates together, cancelling, reopening; whoever must know gets one mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..dates import Deadlines, check_order, default_deadlines
from ..models import Meeting
from ..points import meeting_cancelled, meeting_reopened
from . import announcing, experts, running

FACTS = (
    "starts_at",
    "minutes_available",
    "place",
    "online_url",
    "topic",
    "leervraag_deadline",
    "clip_deadline",
    "feedback_deadline",
)


@transaction.atomic
def change_meeting(*, actor: Actor, meeting: Meeting, **facts: Any) -> Meeting:
    """Changes some of FACTS and tells whoever must know. Raises ValidationError with a message per field.

    A `topic` is given by its title; one that the group does not have yet is made, "" takes it away.
    Deadlines that stood at their default follow a moved date; those that the coach chose stay.
    """
    meeting = lock(meeting, "group", "topic")
    before = _facts_of(meeting)
    old_defaults = default_deadlines(meeting.kind, meeting.starts_at)
    if "topic" in facts:
        facts["topic"] = experts.topic_named(actor=actor, group=meeting.group, title=facts["topic"])
    for name, value in facts.items():
        setattr(meeting, name, value)
    if meeting.starts_at != before["starts_at"]:
        _move_deadlines(meeting, old_defaults)
    _check_facts(meeting)
    meeting.full_clean()
    changed = _changed(meeting, before)
    if not changed:
        return meeting
    meeting.ics_sequence += 1
    meeting.save()
    if not meeting.is_over:
        undated = [meeting] if _lost_its_date(meeting, before) else []
        announcing.announce_facts(actor=actor, meetings=[meeting], changed=changed, undated=undated)
    audit.record(actor, "meeting.changed", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return meeting


def _facts_of(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in FACTS}


def _changed(meeting: Meeting, before: Mapping[str, Any]) -> set[str]:
    return {name for name in FACTS if getattr(meeting, name) != before[name]}


def _lost_its_date(meeting: Meeting, before: Mapping[str, Any]) -> bool:
    return meeting.starts_at is None and before["starts_at"] is not None


def _move_deadlines(meeting: Meeting, old: Deadlines) -> None:
    new = default_deadlines(meeting.kind, meeting.starts_at)
    for name in ("leervraag", "clip", "feedback"):
        field = f"{name}_deadline"
        if getattr(meeting, field) == getattr(old, name):
            setattr(meeting, field, getattr(new, name))


def _check_facts(meeting: Meeting) -> None:
    """The date fits between those of the neighbours, and the deadlines fit."""
    errors: dict[str, Any] = {}
    others = {other.position: other for other in meeting.group.meetings.exclude(state=Meeting.State.CANCELLED)}
    traject = [item for _position, item in sorted({**others, meeting.position: meeting}.items())]
    try:
        check_order([(item.number_name, item.starts_at) for item in traject])
    except ValidationError as problem:
        # Said beside the date, together with what is wrong with the deadlines.
        errors["starts_at"] = problem
    errors |= {field: _("Kies een moment vóór de bijeenkomst begint.") for field in _late_deadlines(meeting)}
    if errors:
        raise ValidationError(errors)


def _late_deadlines(meeting: Meeting) -> list[str]:
    """The fields whose deadline does not lie before the start."""
    if meeting.starts_at is None:
        return []
    fields = ("leervraag_deadline", "clip_deadline", "feedback_deadline")
    return [field for field in fields if (end := getattr(meeting, field)) and end >= meeting.starts_at]


@dataclass(frozen=True)
class Fixed:
    """What the group agrees in the room about one meeting."""

    starts_at: datetime | None
    place: str = ""


@transaction.atomic
def record_dates(*, actor: Actor, group: NetworkGroup, dates: Mapping[UUID, Fixed]) -> list[Meeting]:
    """ "Leg vast en nodig uit": dates and places of many meetings at once, and a mail per person for each that changed.

    The keys are meetings of `group`. Raises ValidationError where the order is wrong, or a deadline that the coach
    chose would no longer lie before its meeting; then nothing is changed.
    """
    traject = list(Meeting.objects.of_group(group).not_cancelled().select_for_update())
    # Under the lock, for the reason that `lock` gives.
    prefetch_related_objects(traject, "group", "topic")
    changed: list[Meeting] = []
    undated: list[Meeting] = []
    names: set[str] = set()
    for meeting in traject:
        fixed = dates.get(meeting.pk)
        if fixed is None or meeting.is_over or fixed == Fixed(meeting.starts_at, meeting.place):
            continue
        before = _facts_of(meeting)
        old_defaults = default_deadlines(meeting.kind, meeting.starts_at)
        meeting.starts_at, meeting.place = fixed.starts_at, fixed.place
        _move_deadlines(meeting, old_defaults)
        meeting.ics_sequence += 1
        changed.append(meeting)
        names |= _changed(meeting, before)
        if _lost_its_date(meeting, before):
            undated.append(meeting)
    check_order([(meeting.number_name, meeting.starts_at) for meeting in traject])
    for meeting in changed:
        for field in _late_deadlines(meeting):
            label = meeting._meta.get_field(field).verbose_name  # type: ignore[union-attr]
            raise ValidationError(
                _("%(meeting)s begint dan vóór “%(deadline)s”. Kies een ander moment, of verander eerst die deadline."),
                params={"meeting": meeting.number_name, "deadline": label},
            )
        meeting.full_clean()
        meeting.save()
        audit.record(actor, "meeting.changed", meeting, group_id=group.pk)
        live.touch(live.topic_of("meeting", meeting))
    announcing.announce_facts(actor=actor, meetings=changed, changed=names, undated=undated)
    return changed


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """The meeting does not take place, and everyone is told; it can be reopened."""
    meeting = lock(meeting, "group")
    if meeting.is_over:
        return
    meeting.state = Meeting.State.CANCELLED
    _forget_clocks(meeting)
    meeting.ics_sequence += 1
    meeting.save()
    announcing.announce_cancelled(actor=actor, meeting=meeting)
    for react in meeting_cancelled:
        react(meeting, actor)
    audit.record(actor, "meeting.cancelled", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))


def _forget_clocks(meeting: Meeting) -> None:
    """One that was begun did not take place after all: reopened, it is planned as before. Does not save it."""
    meeting.current_item = meeting.started_at = meeting.paused_at = None
    meeting.agenda.update(started_at=None, ended_at=None, paused=timedelta(), extra_minutes=0)


@transaction.atomic
def reopen_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """A cancelled meeting is planned again, with everyone told; an ended one runs on where it stopped."""
    meeting = lock(meeting, "group")
    if not meeting.is_over:
        return
    was_cancelled = meeting.state == Meeting.State.CANCELLED
    if was_cancelled:
        meeting.state = Meeting.State.PLANNED
        _check_facts(meeting)
        meeting.ics_sequence += 1
    else:
        running.resume_ended(actor=actor, meeting=meeting)
    meeting.save()
    if was_cancelled:
        announcing.announce_facts(actor=actor, meetings=[meeting], changed=["state"])
    for react in meeting_reopened:
        react(meeting, actor)
    audit.record(actor, "meeting.reopened", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
