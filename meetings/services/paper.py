"""A meeting that was held on paper: that it was held, who was there, and a photo of its meetlat."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Attendance, BoardPhoto, FilledIn, Meeting
from ..was_held import check_was_held
from . import running

Status = Attendance.Status


@transaction.atomic
def end_on_paper(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Ends one that was held without the portal, at the hours that were planned for it."""
    starts_at = meeting.starts_at
    ended = running.end_meeting(actor=actor, meeting=meeting)
    planned_end = Meeting.objects.with_facts().get(pk=meeting.pk).ends_at
    if ended.started_at is None and planned_end is not None:
        ended.started_at, ended.ended_at = starts_at, min(planned_end, timezone.now())
        ended.save(update_fields=["started_at", "ended_at"])
    return ended


@transaction.atomic
def record_presence(*, actor: Actor, meeting: Meeting, there: Collection[UUID]) -> None:
    """Who was there, by membership. Who is not among them keeps what was said beforehand, but for having been there."""
    meeting = lock(meeting)
    stand = Attendance.objects.of(meeting).statuses
    members = set(meeting.group.memberships.filter(pk__in=there).values_list("pk", flat=True))
    if members != set(there):
        raise ValidationError({"there": _("Kies alleen mensen uit deze groep.")})
    gone = [pk for pk, status in stand.items() if pk not in members and status != Status.ABSENT]
    Attendance.objects.filter(meeting=meeting, membership__in=gone).delete()
    for pk in members:
        if stand.get(pk, Status.ABSENT) == Status.ABSENT:
            Attendance.objects.update_or_create(meeting=meeting, membership_id=pk, defaults={"status": Status.PRESENT})
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def note_filled_in(*, actor: Actor, meeting: Meeting, key: UUID) -> None:
    """By which form the actor, a coach of the group, last filled in what came from paper."""
    FilledIn.objects.update_or_create(meeting=meeting, by=membership_of(actor, meeting), defaults={"key": key})
    audit.record(actor, "meeting.filled_in", meeting, group_id=meeting.group_id)


@transaction.atomic
def hang_photo(*, actor: Actor, meeting: Meeting, photo: ContentFile[bytes]) -> BoardPhoto:
    """Hangs a photo of the paper meetlat with the meeting, in the place of one that hangs there."""
    meeting = lock(meeting)
    check_was_held(meeting)
    hung = BoardPhoto.objects.filter(meeting=meeting).first() or BoardPhoto(meeting=meeting)
    _erase_after_commit(hung)
    hung.put_by = membership_of(actor, meeting)
    hung.file.save(photo.name or "", photo, save=False)
    hung.save()
    audit.record(actor, "board_photo.hung", hung, group_id=meeting.group_id)
    return hung


@transaction.atomic
def take_photo_down(*, actor: Actor, meeting: Meeting) -> None:
    """Erases it. A second press changes nothing."""
    hung = BoardPhoto.objects.filter(meeting=lock(meeting)).first()
    if hung is not None:
        audit.record(actor, "board_photo.erased", hung, group_id=meeting.group_id)
        _erase_after_commit(hung)
        hung.delete()


def _erase_after_commit(hung: BoardPhoto) -> None:
    if hung.file:
        transaction.on_commit(partial(hung.file.storage.delete, str(hung.file)))
