"""What a crash left goes on, and what is over its time goes away."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from netwerkleren.base.tasks import video_queue

from . import conversion, erasing, receiving, tasks
from .models import Clip, Upload
from .receiving import bucket, on_disk
from .services import cutting

LEFT_ALONE = timedelta(hours=1)
"""Bytes on disk without a row are younger than this while their form still comes in, or their transaction runs."""


def make_room() -> None:
    """What nobody needs any more goes off the disk. It comes first, and files go before rows.

    So it does its work also where the disk is so full that no row can be written.
    """
    over = Upload.objects.filter(
        clip__state__in=[Clip.State.UPLOADING, Clip.State.TO_CUT, Clip.State.FAILED], expires_at__lt=timezone.now()
    )
    expired = [upload for upload in over.select_related("clip") if not _is_whole(upload)]
    work: list[Callable[[], None]] = [sweep_leftovers, sweep_bucket]
    work += [partial(erasing.erase_recording, clip=upload.clip) for upload in expired]
    work += [partial(cutting.forget_uncut, clip=upload.clip) for upload in expired]
    work += [partial(erasing.erase_files, clip=clip) for clip in Clip.objects.filter(state=Clip.State.ERASED)]
    failures: list[Exception] = []
    for each in work:
        try:
            each()
        except (OSError, DatabaseError) as failure:  # A row that cannot be written now keeps no other file here.
            failures.append(failure)
    if failures:
        raise ExceptionGroup("erasing", failures)


def _is_whole(upload: Upload) -> bool:
    """The last byte is in, and a crash came before the recording had its turn."""
    return upload.clip.state == Clip.State.UPLOADING and upload.offset == upload.length


def sweep_clips() -> None:
    """What waits without a live lease goes on."""
    for clip in Clip.objects.filter(state=Clip.State.CONVERTING).lease_expired():
        conversion.postpone_conversion(clip=clip, detail="the worker went away", pause=timedelta())
    # As many turns as there are films that wait, less those asked for already: a long film keeps a queue from emptying.
    for _turn in range(Clip.objects.in_turn().count() - video_queue.pending_count()):
        tasks.convert_next()
    for upload in Upload.objects.filter(clip__state=Clip.State.UPLOADING).select_related("clip"):
        if _is_whole(upload):
            with suppress(receiving.StoreAway, receiving.Overtaken):
                upload.recording.finish()
                cutting.go_on(upload=upload)


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
