"""Preparing the interviews, and what the two write down in one."""

from collections.abc import Sequence

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

from ..interviews.pairing import propose_pairs
from ..models import Interview, InterviewNote, Protocol


@transaction.atomic
def save_protocol(
    *, actor: Actor, group: NetworkGroup, parts: Sequence[str], part_a_before: bool, theme: str, version: str
) -> Protocol:
    """Saves what was chosen on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    made, _created = Protocol.objects.get_or_create(group=group)
    protocol = lock(made)
    if write_on_top(protocol, version, parts=list(parts), part_a_before=part_a_before, theme=theme):
        protocol.full_clean()
        protocol.save()
    return protocol


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
