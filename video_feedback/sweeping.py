"""Once a minute: picks up what a crash left, and erases what is over its time."""

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import conversion, erasing, receiving, retention, tasks
from .models import Clip, Upload
from .receiving import bucket, on_disk
from .services import clips

LEFT_ALONE = timedelta(hours=1)
"""Bytes on disk without a row are younger than this while their form still comes in, or their transaction runs."""


def sweep_clips() -> None:
    """Once a minute: what waits without a live lease goes on, what is over its time goes away."""
    for clip in Clip.objects.filter(state=Clip.State.CONVERTING).lease_expired():
        conversion.postpone_conversion(clip=clip, detail="the worker went away")
    now = timezone.now()
    for _turn in range(Clip.objects.in_turn().count()):
        tasks.convert_next()
    resting = Upload.objects.filter(clip__state__in=[Clip.State.UPLOADING, Clip.State.FAILED])
    for upload in resting.select_related("clip"):
        if upload.clip.state == Clip.State.UPLOADING and upload.offset == upload.length:
            with suppress(receiving.StoreAway, receiving.Overtaken):
                upload.recording.finish()
                clips.queue_conversion(clip=upload.clip)
        elif upload.expires_at < now:
            with transaction.atomic():
                erasing.forget_recording(clip=upload.clip)
    retention.tell_and_erase()
    for pk in Clip.objects.filter(state=Clip.State.ERASED).values_list("pk", flat=True):
        tasks.erase_footage(str(pk))
    sweep_leftovers()
    sweep_bucket()


def sweep_leftovers() -> None:
    """Bytes of films that a killed process left on the disk."""
    if not settings.UPLOAD_DIR.exists():
        return
    # Listed before the rows are read: a folder that is listed has its claim, and a recording perhaps not yet its row.
    paths = list(settings.UPLOAD_DIR.iterdir())
    now = timezone.now()
    converting = Clip.objects.filter(state=Clip.State.CONVERTING, lease_until__gt=now).values_list("pk", flat=True)
    in_work = tuple(f"{conversion.WORKPLACE}{pk}" for pk in converting)
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    known |= {on_disk.turn_path(Path(name)).name for name in known}
    posted = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for path in paths:
        if path.is_dir() and path != posted and not path.name.startswith(in_work):
            shutil.rmtree(path, ignore_errors=True)
    recordings = [path for path in paths if path.is_file() and path.name not in known]
    for path in [*recordings, *posted.iterdir()]:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - LEFT_ALONE).timestamp():
                path.unlink()


def sweep_bucket() -> None:
    """Bytes of films that are on their way in the bucket, and of no upload: their end came while it was away."""
    if not receiving.goes_to_bucket():
        return
    with suppress(receiving.StoreAway):
        found = bucket.uploads_older_than(timezone.now() - LEFT_ALONE)
        for upload in found - {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}:
            bucket.erase(bucket.folder_of(upload))
