"""Work on the video queue: convert, erase; and the sweeper that picks up what a crash left."""

import logging
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from netwerkleren.base.tasks import background, video_queue

from . import media, retention
from .models import Clip, Upload
from .services import clips

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than one percent of the longest film takes."""
SLOWEST_STORE = 256 * 1024
"""Bytes a second. Storing reports nothing on its way, so it has a lease for the whole of it."""

WORKPLACE = "converting-"
"""How the folder of a conversion begins; the id of its clip follows."""
LEFT_ALONE = timedelta(hours=1)
"""Bytes on disk without a row are younger than this while their form still comes in, or their transaction runs."""


class _NoLongerOurs(Exception):
    """The clip was erased, or another worker has it."""


@background(video_queue)
def convert_clip(pk: str) -> None:
    """Converts one recording. Running it twice converts once: the claim is one statement."""
    waiting = Clip.objects.filter(state__in=[Clip.State.QUEUED, Clip.State.CONVERTING])
    if not waiting.claim(UUID(pk), lease=LEASE, state=Clip.State.CONVERTING, progress=0):
        return
    clip = Clip.objects.select_related("upload").get(pk=pk)

    def report(percent: int, lease: timedelta = LEASE) -> None:
        if not clips.report_progress(clip=clip, percent=percent, lease=lease):
            raise _NoLongerOurs

    try:
        with tempfile.TemporaryDirectory(dir=settings.UPLOAD_DIR, prefix=f"{WORKPLACE}{pk}-") as folder:
            converted = media.convert(clip.upload.path, Path(folder), report)
            report(100, LEASE + timedelta(seconds=converted.video.stat().st_size / SLOWEST_STORE))
            clips.finish_conversion(clip=clip, converted=converted)
    except _NoLongerOurs:
        logger.info("Clip %s is no longer converted here", pk)
    except media.MediaError as error:
        clips.fail_conversion(clip=clip, reason=error.reason, detail=error.detail)
    except Exception as problem:
        # The store or the database is away: the recording is still here, so the sweeper tries once more.
        logger.exception("Clip %s: the conversion broke off", pk)
        clips.postpone_conversion(clip=clip, detail=type(problem).__name__)


@background(video_queue)
def erase_footage(pk: str) -> None:
    clip = Clip.objects.filter(pk=pk, state=Clip.State.ERASED).first()
    if clip is not None:
        clips.erase_files(clip=clip)


def sweep_clips() -> None:
    """Once a minute: what waits without a live lease goes on, what is over its time goes away."""
    for clip in Clip.objects.filter(state=Clip.State.CONVERTING).lease_expired():
        clips.postpone_conversion(clip=clip, detail="the worker went away")
    now = timezone.now()
    for clip in Clip.objects.filter(state=Clip.State.QUEUED).exclude(lease_until__gt=now):
        convert_clip(str(clip.pk))
    resting = Upload.objects.filter(clip__state__in=[Clip.State.UPLOADING, Clip.State.FAILED])
    for upload in resting.select_related("clip"):
        if upload.clip.state == Clip.State.UPLOADING and upload.offset == upload.length:
            clips.queue_conversion(clip=upload.clip)
        elif upload.expires_at < now:
            with transaction.atomic():
                clips.forget_recording(clip=upload.clip)
    retention.tell_and_erase()
    for pk in Clip.objects.filter(state=Clip.State.ERASED).values_list("pk", flat=True):
        erase_footage(str(pk))
    sweep_leftovers()


def sweep_leftovers() -> None:
    """Bytes of films that a killed process left on the disk."""
    if not settings.UPLOAD_DIR.exists():
        return
    # Listed before the rows are read: a folder that is listed has its claim, and a recording perhaps not yet its row.
    paths = list(settings.UPLOAD_DIR.iterdir())
    now = timezone.now()
    converting = Clip.objects.filter(state=Clip.State.CONVERTING, lease_until__gt=now).values_list("pk", flat=True)
    in_work = tuple(f"{WORKPLACE}{pk}" for pk in converting)
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    posted = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for path in paths:
        if path.is_dir() and path != posted and not path.name.startswith(in_work):
            shutil.rmtree(path, ignore_errors=True)
    recordings = [path for path in paths if path.is_file() and path.name not in known]
    for path in [*recordings, *posted.iterdir()]:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - LEFT_ALONE).timestamp():
                path.unlink()
