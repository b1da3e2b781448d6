"""Changing planned meetings: facts, dates together, cancelling, reopening; whoever must know gets one mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.locks import lock

from ..dates import as_typed, check_order, date_stays, default_deadlines, follow_date, late_deadlines
from ..following import touch_traject
from ..models import Meeting
from ..overlaps import check_overlaps
from ..points import meeting_cancelled, meeting_reopened
from ..rhythm import rule_of
from . import announcing, experts, ordering, running


@transaction.atomic
def change_meeting(
    *, actor: Actor, meeting: Meeting, version: str | None = None, despite_overlap: bool = False, **facts: Any
) -> Meeting:
    """Changes some of FACTS and tells whoever must know. Raises ValidationError with a message per field.

    `version` is the one that the facts were written on top of: raises WrittenMeanwhile when others stand there now.
    None is for who was shown no facts. A meeting at the same time as another one of this group, or of its coaches, is
    refused until `despite_overlap` says that it may.
    A `topic` is given by its title; one that the group does not have yet is made, "" takes it away.
    When one is on, or was held, its date stays; what else was wrong can still be put right.
    Deadlines that are not given, and stood at their default, follow a moved date; given ones are as they are given.
    """
    lock(meeting.group)  # the order of its dates, and its topics
    meeting = lock(meeting, "group", "topic")
    before = meeting.facts()
    rule = rule_of(meeting.group)
    old_defaults = default_deadlines(meeting.kind, meeting.starts_at, rule)
    if "topic" in facts:
        facts["topic"] = experts.topic_named(actor=actor, group=meeting.group, title=facts["topic"])
    if "starts_at" in facts:
        facts["starts_at"] = as_typed(meeting.starts_at, facts["starts_at"])
    write_on_top(meeting, meeting.version if version is None else version, **facts)
    if meeting.starts_at != before["starts_at"]:
        if meeting.has_begun:
            raise ValidationError({"starts_at": date_stays(meeting)})
        follow_date(meeting, old_defaults, rule, apart_from=facts.keys())
    changed = meeting.changed_since(before)
    _check_facts(meeting)
    meeting.full_clean()
    if not changed:
        return meeting
    if not despite_overlap and {"starts_at", "minutes_available"} & changed:
        check_overlaps(actor=actor, group=meeting.group, planned=[meeting])
    meeting.ics_sequence += 1
    meeting.save()
    if not meeting.is_over:
        announcing.announce_change(actor=actor, meeting=meeting, before=before)
    audit.record(actor, "meeting.changed", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    touch_traject(meeting.group)
    return meeting


def _check_facts(meeting: Meeting) -> None:
    """The date fits between those of the neighbours, and the deadlines fit."""
    errors: dict[str, Any] = {}
    others = meeting.group.meetings.not_cancelled().exclude(pk=meeting.pk)
    traject = sorted([*others, meeting], key=lambda item: item.position)
    try:
        check_order([(item.number_name, item.starts_at) for item in traject])
    except ValidationError as problem:
        # Said beside the date, together with what is wrong with the deadlines.
        errors["starts_at"] = problem
    errors |= {field: _("Kies een moment vóór de bijeenkomst begint.") for field in late_deadlines(meeting)}
    if errors:
        raise ValidationError(errors)


@dataclass(frozen=True)
class Fixed:
    """What the group agrees in the room about one meeting; `version` is what stood there, None for who saw nothing."""

    starts_at: datetime | None
    place: str = ""
    version: str | None = None


@transaction.atomic
def record_dates(
    *, actor: Actor, group: NetworkGroup, dates: Mapping[UUID, Fixed], despite_overlap: bool = False
) -> list[Meeting]:
    """ "Leg vast en nodig uit": dates and places of many meetings at once, and a mail per person for each that changed.

    The keys are meetings of `group`. Raises ValidationError where the order is wrong, or the date of one that is on
    would change, or a deadline that the coach chose would no longer lie before its meeting, or one is at the same time
    as another and `despite_overlap` does not say that it may; and WrittenMeanwhile, with those meetings by their id,
    where someone else fixed something else.
    Then nothing is changed.
    """
    lock(group)  # before its meetings, as who changes one does
    traject = list(Meeting.objects.of_group(group).not_cancelled().select_for_update())
    # Under the lock, for the reason that `lock` gives.
    prefetch_related_objects(traject, "group", "topic")
    rule = rule_of(group)
    changes: list[tuple[Meeting, Mapping[str, Any]]] = []
    written_meanwhile: dict[UUID, Meeting] = {}
    for meeting in traject:
        fixed = dates.get(meeting.pk)
        if fixed is None or meeting.is_over:
            continue
        before, stands = meeting.facts(), meeting.version_of_date
        old_defaults = default_deadlines(meeting.kind, meeting.starts_at, rule)
        version = stands if fixed.version is None else fixed.version
        try:
            starts_at = as_typed(meeting.starts_at, fixed.starts_at)
            if write_on_top(meeting, version, stands=stands, starts_at=starts_at, place=fixed.place):
                if meeting.has_begun and meeting.starts_at != before["starts_at"]:
                    raise date_stays(meeting)
                follow_date(meeting, old_defaults, rule)
                meeting.ics_sequence += 1
                changes.append((meeting, before))
        except WrittenMeanwhile:
            # All of them are told together, below.
            written_meanwhile[meeting.pk] = meeting
    if written_meanwhile:
        raise WrittenMeanwhile(written_meanwhile)
    check_order([(meeting.number_name, meeting.starts_at) for meeting in traject])
    changed = [meeting for meeting, _before in changes]
    if not despite_overlap:
        moved = [meeting for meeting, before in changes if meeting.starts_at != before["starts_at"]]
        check_overlaps(actor=actor, group=group, planned=moved)
    for meeting in changed:
        for field in late_deadlines(meeting):
            label = meeting._meta.get_field(field).verbose_name  # type: ignore[union-attr]
            raise ValidationError(
                _("%(meeting)s begint dan vóór “%(deadline)s”. Kies een ander moment, of verander eerst die deadline."),
                params={"meeting": meeting.number_name, "deadline": label},
            )
        meeting.full_clean()
        meeting.save()
        audit.record(actor, "meeting.changed", meeting, group_id=group.pk)
        live.touch(live.topic_of("meeting", meeting))
    for meeting, stood in changes:
        announcing.announce_change(actor=actor, meeting=meeting, before=stood)
    if changed:
        touch_traject(group)
    return changed


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting: Meeting, to_next: bool = True) -> bool:
    """The meeting does not take place, and everyone is told; it can be reopened.

    What was handed in for it goes to the next netwerkbijeenkomst, or without `to_next` is kept apart. Raises
    ValidationError for one that is on; for one that is over nothing changes: False.
    """
    lock(meeting.group)  # the numbers of those that stay
    meeting = lock(meeting, "group")
    if meeting.is_running:
        raise ValidationError(_("Deze bijeenkomst is bezig. Rond haar af, dan blijft staan wat jullie deden."))
    if meeting.is_over:
        return False
    meeting.state = Meeting.State.CANCELLED
    meeting.ics_sequence += 1
    meeting.save()
    # Its agenda stays as it was: there is nothing to put back.
    meeting.agenda_changes.all().delete()
    announcing.announce_cancelled(actor=actor, meeting=meeting)
    for react in meeting_cancelled:
        react(meeting, actor, to_next)
    ordering.put_in_order(actor=actor, traject=list(Meeting.objects.in_row(meeting.group)))
    audit.record(actor, "meeting.cancelled", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    touch_traject(meeting.group)
    return True


def _with_again(meeting: Meeting) -> list[Meeting]:
    """The row with a meeting that was cancelled counted once more, at the place that it kept."""
    row = list(Meeting.objects.in_row(meeting.group))
    return [meeting if other.pk == meeting.pk else other for other in row]


@transaction.atomic
def reopen_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """A cancelled meeting is planned again, with everyone told; an ended one runs on where it stopped."""
    lock(meeting.group)  # the order of its dates
    meeting = lock(meeting, "group")
    if not meeting.is_over:
        return
    if meeting.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Heropen haar eerst."))
    was_cancelled = meeting.state == Meeting.State.CANCELLED
    if was_cancelled:
        meeting.state = Meeting.State.PLANNED
        ordering.put_in_order(actor=actor, traject=_with_again(meeting))
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
    touch_traject(meeting.group)
