"""A piece is cut out of a recording here, for who agreed to that: where a device cannot do it (docs/security.md P2)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import TO_CUT_HOURS, Clip, Upload
from . import clips


@transaction.atomic
def go_on(*, upload: Upload) -> None:
    """All of the recording is in. One to cut waits for the choice of its piece, a day at most; another is converted.

    Only once, whoever finds out that it is complete; of one that went meanwhile nothing goes on.
    """
    now = Upload.objects.select_related("clip").filter(pk=upload.pk).first()
    if now is None:
        return
    if not now.is_to_cut:
        clips.queue_conversion(clip=now.clip)
    elif Clip.objects.filter(pk=now.clip_id, state=Clip.State.UPLOADING).update(state=Clip.State.TO_CUT):
        until = timezone.now() + timedelta(hours=TO_CUT_HOURS)
        Upload.objects.filter(pk=now.pk).update(fingerprint="", expires_at=until)
        live.touch(live.topic_of("clip", now.clip))


@transaction.atomic
def choose_piece(*, actor: Actor, clip: Clip, start: int, end: int | None) -> None:
    """From `start` to `end`, in ms; without one up to the last picture. A worker cuts it, and then all else goes."""
    clip = lock(clip, "owner")
    if clip.state in {Clip.State.QUEUED, Clip.State.CONVERTING}:
        return  # Pressed twice.
    upload = Upload.objects.filter(clip=clip, is_to_cut=True, expires_at__gt=timezone.now()).first()
    if clip.state != Clip.State.TO_CUT or upload is None:
        raise ValidationError(_("De opname is niet langer bewaard. Stuur haar opnieuw op."))
    if end is not None and end <= start:
        raise ValidationError({"end": _("Het einde ligt na het begin.")})
    Upload.objects.filter(pk=upload.pk).update(piece_from_ms=start, piece_to_ms=end)
    audit.record(actor, "clip.cut", clip, group_id=clip.owner.group_id)
    clips.queue_conversion(clip=clip)


def forget_uncut(*, clip: Clip) -> None:
    """Nobody chose a piece in time and the recording went: another one may come."""
    if Clip.objects.filter(pk=clip.pk, state=Clip.State.TO_CUT).update(state=Clip.State.UPLOADING):
        with transaction.atomic():
            live.touch(live.topic_of("clip", clip))
