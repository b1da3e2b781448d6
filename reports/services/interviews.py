"""Preparing the interviews, and what the two write down in one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from netwerkleren.base import live
from netwerkleren.base.access import Actor, require
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..interviews.pairing import propose_pairs
from ..models import Interview, InterviewNote, Protocol


@transaction.atomic
def save_protocol(
    *,
    actor: Actor,
    group: NetworkGroup,
    parts: Sequence[str],
    part_a_before: bool,
    theme: str,
    has_clock: bool,
    version: str,
) -> Protocol:
    """Saves what was chosen on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    protocol = _held_protocol(group)
    facts: dict[str, Any] = {"parts": list(parts), "part_a_before": part_a_before}
    if write_on_top(protocol, version, **facts, theme=theme, has_clock=has_clock):
        protocol.full_clean()
        protocol.save()
        _ask_for_part_a(protocol)
    return protocol


@transaction.atomic
def save_script(
    *, actor: Actor, group: NetworkGroup, script: Sequence[Mapping[str, Any]], version: str | None = None
) -> Protocol:
    """Saves the traject's own copy of the questions, in its order; an empty one is the standard again.

    Written on top of `version`, as above; without one it is put back, whatever stands there.
    """
    protocol = _held_protocol(group)
    stands = protocol.script_version
    if write_on_top(protocol, stands if version is None else version, stands=stands, script=list(script)):
        protocol.full_clean()
        protocol.save()
    return protocol


def _held_protocol(group: NetworkGroup) -> Protocol:
    made, _created = Protocol.objects.get_or_create(group=group)
    return lock(made)


def _ask_for_part_a(protocol: Protocol) -> None:
    """By one mail to each teller, when part A is for before and nothing stands there."""
    if not protocol.part_a_before:
        return
    without = Interview.objects.of_group(protocol.group).without_part_a()
    for interview in without:
        queue_mail(
            "reports.part_a_before",
            to=interview.teller.user.email,
            about=interview.pk,
            group_id=protocol.group_id,
            unique_key=f"reports.part_a_before:{interview.pk}",
        )


@transaction.atomic
def make_interviews(*, actor: Actor, group: NetworkGroup) -> int:
    """Proposes an interviewer for every deelnemer who has no interview yet. Answers how many were made."""
    lock(group)
    tellers = list(group.memberships.current().participants().with_people())
    have_one = set(Interview.objects.filter(group=group).values_list("teller", flat=True))
    proposed = propose_pairs(tellers) or dict.fromkeys(tellers)
    missing = [
        Interview(group=group, teller=teller, interviewer=interviewer)
        for teller, interviewer in proposed.items()
        if teller.pk not in have_one
    ]
    Interview.objects.bulk_create(missing)
    for protocol in Protocol.objects.filter(group=group):
        _ask_for_part_a(protocol)
    return len(missing)


@transaction.atomic
def change_interviewer(*, actor: Actor, interview: Interview, interviewer: Membership | None) -> None:
    """As long as nothing was written: what a teller told one member is not for the next (docs/domain.md#interview)."""
    now = lock(interview)
    if now.interviewer == interviewer:
        return
    if any(note.is_written for note in now.notes.all()):
        raise ValidationError(
            _("Er is al iets opgeschreven, en dat is alleen voor deze twee. %(teller)s kan zelf verder schrijven.")
            % {"teller": interview.teller.user.first_name}
        )
    now.interviewer = interviewer
    now.full_clean()
    now.save(update_fields=["interviewer"])


def forget_interviewer(*, member: Membership) -> None:
    """Who left asks nobody any more, and no page says so: someone else may. Runs in the caller's transaction."""
    Interview.objects.filter(interviewer=member).update(interviewer=None)


@transaction.atomic
def save_note(
    *, actor: Actor, interview: Interview, part: str, text: str, activities: str, version: str
) -> InterviewNote:
    """Saves the texts that were written on top of `version`. Raises WrittenMeanwhile when others stand there now."""
    note = _held_note(actor, interview, part)
    if not write_on_top(note, version, text=text, activities=activities):
        return note
    note.saved_at = timezone.now()
    note.saved_by = membership_of(actor, interview.group)
    note.skipped = False
    note.full_clean()
    note.save()
    live.touch(live.topic_of("interview", interview))
    return note


def _held_note(actor: Actor, interview: Interview, part: str) -> InterviewNote:
    # Locked, so that nobody else becomes the interviewer while the first words are saved.
    require(actor, "reports.write_interview", lock(interview))
    made, _created = InterviewNote.objects.get_or_create(interview=interview, part=part)
    return lock(made)


@transaction.atomic
def start_part(*, actor: Actor, interview: Interview, part: str) -> InterviewNote:
    """Starts the clock of a part. A part that was started keeps its clock."""
    note = _held_note(actor, interview, part)
    if note.started_at is None:
        note.started_at = timezone.now()
        note.save(update_fields=["started_at"])
        live.touch(live.topic_of("interview", interview))
    return note


@transaction.atomic
def skip_part(*, actor: Actor, interview: Interview, part: str) -> None:
    """Marks a part as skipped; what was written in it stays."""
    note = _held_note(actor, interview, part)
    note.skipped = True
    note.save(update_fields=["skipped"])
    live.touch(live.topic_of("interview", interview))
