"""A recording on its way in: what happens before its first byte, and when the last one is there."""

from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import disk
from netwerkleren.base.access import Actor
from netwerkleren.base.limits import UPLOADS, TooMany
from netwerkleren.base.locks import lock
from netwerkleren.base.text import one_line

from .. import erasing, media, receiving, room
from ..models import Clip, Upload
from ..reasons import words_for
from . import cutting

LONGEST_FILENAME = 255
"""No disk has a longer one."""


@transaction.atomic
def begin_upload(
    *, actor: Actor, clip: Clip, length: int, filename: str = "", fingerprint: str = "", is_to_cut: bool = False
) -> Upload:
    """Makes room for a recording of `length` bytes. An earlier one of this clip that was not finished goes, unless its
    fingerprint says that it is the same film, which a phone hands over under another name each time: that goes on.

    `is_to_cut`: its sender agrees that all of it comes here, and a piece is cut out of it (`cutting`).
    Raises Refused before the first byte when it is too large, when person, group or disk have no room, or when this
    person began too many.
    """
    # With its group and its sender: whoever else sends for them waits, so that no room is given away twice.
    lock(clip.owner.group)
    lock(clip.uploaded_by.user)
    clip = lock(clip, "owner__group", "uploaded_by")
    if clip.state not in {Clip.State.UPLOADING, Clip.State.FAILED}:
        raise room.Refused(409, _("Dit fragment heeft al een opname."))
    same = Upload.objects.going_on(clip, length, fingerprint).first() if clip.state == Clip.State.UPLOADING else None
    if same and same.recording.is_there():
        if same.is_to_cut != is_to_cut:
            same.is_to_cut = is_to_cut
            same.save(update_fields=["is_to_cut"])
        return same
    erasing.forget_recording(clip=clip)
    in_bucket = receiving.goes_to_bucket()
    room.check(clip=clip, length=length, on_disk=not in_bucket)
    try:
        UPLOADS.use(clip.uploaded_by.user_id)
    except TooMany as problem:
        raise room.Refused(429, str(problem), {"Retry-After": str(problem.seconds)}) from None
    if clip.state == Clip.State.FAILED:
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.UPLOADING, reason="")
    upload = Upload.objects.create(
        clip=clip,
        length=length,
        filename=Path(one_line(filename)).name[:LONGEST_FILENAME],
        fingerprint=fingerprint,
        is_to_cut=is_to_cut,
        in_bucket=in_bucket,
    )
    upload.recording.begin()
    return upload


def refuse_at_start(*, upload: Upload, head: bytes) -> None:
    """Raises Refused when the first bytes tell that this becomes no film. Then nothing of it stays.

    Does nothing as long as there are too few of them.
    """
    if len(head) < min(media.HEAD, upload.length):
        return
    reason = media.refusal_of(head)
    if reason is None:
        return
    with transaction.atomic():
        erasing.forget_recording(clip=upload.clip)
    raise room.Refused(415, words_for(reason))


def finish_upload(*, actor: Actor, upload: Upload) -> None:
    """All bytes are in: make sure that they stay, then convert it, or wait for the choice of a piece.

    Raises Refused when they went meanwhile: who stops in one tab, while the other sends the last bytes.
    """
    try:
        upload.recording.finish()
    except FileNotFoundError:
        raise room.Refused(410, _("De opname is intussen gewist. Kies hem nog een keer.")) from None
    cutting.go_on(upload=upload)


@transaction.atomic
def cancel_upload(*, actor: Actor, upload: Upload) -> None:
    """The uploader stops; the form stays, so that another recording can be chosen."""
    erasing.forget_recording(clip=upload.clip)


@transaction.atomic
def discard_recording(*, actor: Actor, clip: Clip) -> None:
    """The recording of a fragment that failed goes; the form stays, so that another one can be chosen."""
    if Clip.objects.filter(pk=clip.pk, state=Clip.State.FAILED).update(state=Clip.State.UPLOADING, reason=""):
        erasing.forget_recording(clip=clip)


def receive_whole(*, actor: Actor, clip: Clip, file: UploadedFile[bytes], is_to_cut: bool = False) -> None:
    """A recording that came in one piece, by a browser without JavaScript."""
    upload = begin_upload(actor=actor, clip=clip, length=file.size or 0, filename=file.name or "", is_to_cut=is_to_cut)
    with room.refusing_when_away():
        try:
            with room.refusing_when_full(), upload.recording.taking_turn() as turn:
                for piece in file.chunks():
                    disk.keep_reserve(len(piece), folder=settings.UPLOAD_DIR)
                    turn.append(piece)
                turn.keep()
                refuse_at_start(upload=upload, head=turn.head())
        except (room.Refused, receiving.StoreAway):
            # The bytes first: on a full disk the row can only go when there is room again.
            upload.recording.forget()
            cancel_upload(actor=actor, upload=upload)
            raise
        finish_upload(actor=actor, upload=upload)
