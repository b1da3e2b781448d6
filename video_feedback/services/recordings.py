"""A recording on its way in: what may come, and what happens when it is there."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor

from ..models import Clip, Upload
from .clips import forget_recording, queue_conversion

MIB, GIB = 1024**2, 1024**3
MAX_LENGTH = 2 * GIB
PER_PERSON = 6 * GIB
PER_GROUP = 60 * GIB
KEEP_FREE = GIB
"""What stays free on the disk, whoever uploads."""


class Refused(Exception):
    """The recording may not come in. `status` is the HTTP status, the text is for the reader."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """While bytes are written: a disk that is full refuses them with a sentence."""
    try:
        yield
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Refused(507, _("Er is nu te weinig ruimte op de server. Probeer het later nog eens.")) from None
        raise


@transaction.atomic
def begin_upload(*, actor: Actor, clip: Clip, length: int, filename: str = "") -> Upload:
    """Makes room for a recording of `length` bytes. An earlier one of this clip that was not finished goes.

    Raises Refused before the first byte when it is too large, or when person, group or disk have no room.
    """
    clip = Clip.objects.select_for_update().select_related("owner__group", "uploaded_by").get(pk=clip.pk)
    if clip.state not in {Clip.State.UPLOADING, Clip.State.FAILED}:
        raise Refused(409, _("Dit fragment heeft al een opname."))
    forget_recording(clip=clip)
    check_room(clip=clip, length=length)
    if clip.state == Clip.State.FAILED:
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.UPLOADING, reason="")
    upload = Upload.objects.create(clip=clip, length=length, filename=Path(filename).name[:255])
    Path(settings.UPLOAD_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(upload.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return upload


def check_room(*, clip: Clip, length: int) -> None:
    """Raises Refused when a recording of so many bytes is too large, or when person, group or disk have no room."""
    if length <= 0:
        raise Refused(400, _("Dit bestand is leeg. Kies een andere opname."))
    if length > MAX_LENGTH:
        raise Refused(413, _("Deze opname is groter dan 2 GB. Maak eerst een korter fragment."))
    if _in_use(clip, of_group=False) + length > PER_PERSON:
        raise Refused(413, _("Je hebt geen ruimte meer. Wis eerst een fragment dat je niet meer nodig hebt."))
    if _in_use(clip, of_group=True) + length > PER_GROUP:
        raise Refused(413, _("De groep heeft geen ruimte meer. Vraag je coach om raad."))
    folder = Path(settings.UPLOAD_DIR)
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    if free - length < KEEP_FREE:
        raise Refused(507, _("Er is nu te weinig ruimte op de server. Probeer het later nog eens."))


def _in_use(clip: Clip, *, of_group: bool) -> int:
    """Bytes that are stored or announced, by this person or in this group."""
    clips = (
        Clip.objects.filter(owner__group=clip.group)
        if of_group
        else Clip.objects.filter(uploaded_by__user=clip.uploaded_by.user_id)
    )
    sums = clips.exclude(pk=clip.pk).aggregate(stored=Sum("size"), coming=Sum("upload__length"))
    return (sums["stored"] or 0) + (sums["coming"] or 0)


def finish_upload(*, upload: Upload) -> None:
    """All bytes are in: make sure that they are on the disk, then queue the conversion."""
    descriptor = os.open(upload.path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    queue_conversion(clip=upload.clip)


@transaction.atomic
def cancel_upload(*, actor: Actor, upload: Upload) -> None:
    """The uploader stops; the form stays, so that another recording can be chosen."""
    forget_recording(clip=upload.clip)


def receive_whole(*, actor: Actor, clip: Clip, file: UploadedFile) -> None:
    """A recording that came in one piece, by a browser without JavaScript."""
    upload = begin_upload(actor=actor, clip=clip, length=file.size or 0, filename=file.name or "")
    try:
        with refusing_when_full(), upload.path.open("ab") as target:
            for piece in file.chunks():
                target.write(piece)
    except Refused:
        cancel_upload(actor=actor, upload=upload)
        raise
    finish_upload(upload=upload)
