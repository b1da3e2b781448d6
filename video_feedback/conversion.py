"""A recording becomes a film: what the worker does with a fragment that it has claimed. Knows no queue."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from netwerkleren.base import disk, live
from netwerkleren.base.leases import LEASE, kept_alive
from netwerkleren.base.models import LeasedQuerySet

from . import erasing, media
from .models import Clip, Upload, footage, upload_end

logger = logging.getLogger(__name__)

WORKPLACE = "converting-"
"""How the folder of a conversion begins; the id of its clip follows."""

CRASHED = "crashed"
"""Beside the reasons of `media.Reason`: the work broke off, three times."""
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
OUR_FAULTS = {CRASHED, media.Reason.OUT_OF_SPACE, media.Reason.TIMEOUT, media.Reason.NO_SANDBOX}
"""After these a next attempt may fare better with the same recording."""


class _NoLongerOurs(Exception):
    """The clip was erased, or another worker has it."""


def convert_claimed(*, clip: Clip) -> None:
    """Makes the film and shows it, or writes down why not. `clip` comes as it was just after its claim."""

    def report(percent: int) -> None:
        if not report_progress(clip=clip, percent=percent):
            raise _NoLongerOurs
        disk.keep_reserve(folder=settings.UPLOAD_DIR)

    with kept_alive(lambda: bool(_ours(clip).update(lease_until=timezone.now() + LEASE))):
        try:
            with tempfile.TemporaryDirectory(dir=settings.UPLOAD_DIR, prefix=f"{WORKPLACE}{clip.pk}-") as folder:
                recording = clip.upload.recording.fetch(Path(folder), lambda: report(0))
                converted = media.convert(recording, Path(folder), report, piece=clip.upload.piece)
                finish_conversion(clip=clip, converted=converted)
        except _NoLongerOurs:
            logger.info("Clip %s is no longer converted here", clip.pk)
        except media.MediaError as error:
            if error.reason == media.Reason.OUT_OF_SPACE and not disk.has_room(folder=settings.UPLOAD_DIR):
                # Not of this film's making: it has its turn when there is room again.
                postpone_conversion(clip=clip, detail=error.detail)
            else:
                fail_conversion(clip=clip, reason=error.reason, detail=error.detail, made_as=error.what)
        except Exception as problem:
            # The store or the database is away: the recording is still here, so the sweeper tries once more.
            logger.exception("Clip %s: the conversion broke off", clip.pk)
            postpone_conversion(clip=clip, detail=type(problem).__name__)


def _ours(clip: Clip) -> LeasedQuerySet[Clip]:
    """The row, until another worker has it or the clip is erased."""
    return Clip.objects.filter(pk=clip.pk, state=Clip.State.CONVERTING, attempts=clip.attempts)


def report_progress(*, clip: Clip, percent: int) -> bool:
    """Notes how far this attempt is. False when the clip is no longer ours to convert."""
    with transaction.atomic():
        if _ours(clip).update(progress=percent, lease_until=timezone.now() + LEASE):
            live.touch(live.topic_of("clip", clip))
            return True
    return False


def finish_conversion(*, clip: Clip, converted: media.Converted) -> bool:
    """Stores film and poster, then shows them in one step. What of the recording is left, goes.

    False when another attempt was first or the clip was erased meanwhile: then nothing of ours stays.
    """
    store = footage()
    # A name of its own per attempt, in one folder per clip: erasing finds also what a crash left behind.
    folder = f"{clip.pk}/{uuid4().hex}"
    video = _store(store, f"{folder}/film.mp4", converted.video)
    poster = _store(store, f"{folder}/poster.jpg", converted.poster)
    with transaction.atomic():
        done = _ours(clip).update(
            state=Clip.State.READY,
            video=video,
            poster=poster,
            duration_ms=converted.duration_ms,
            width=converted.width,
            height=converted.height,
            has_audio=converted.has_audio,
            lost_audio=converted.lost_audio,
            percent_there=converted.percent_there,
            turn_at=timezone.now(),
            size=converted.video.stat().st_size + converted.poster.stat().st_size,
            progress=100,
            lease_until=None,
            error="",
        )
        if done:
            live.touch(live.topic_of("clip", clip))
            erasing.forget_recording(clip=clip)
    if not done:
        store.delete(video)
        store.delete(poster)
    return bool(done)


def _store(store: Storage, name: str, path: Path) -> str:
    with path.open("rb") as content:
        return store.save(name, File(content, name=name))


@transaction.atomic
def fail_conversion(*, clip: Clip, reason: str, detail: str = "", made_as: str = "") -> None:
    """Says why. The recording is kept as long as one that comes in: its owner tries again, or throws it away."""
    failed = _ours(clip).update(
        state=Clip.State.FAILED,
        reason=reason,
        made_as=made_as[:40],
        error=detail[:500],
        lease_until=None,
        turn_at=timezone.now(),
    )
    if not failed:
        return
    logger.warning("Clip %s could not be converted: %s %s", clip.pk, reason, detail)
    live.touch(live.topic_of("clip", clip))
    # What came here whole, to cut a piece out of, is here a day and no longer.
    Upload.objects.filter(clip=clip, is_to_cut=False).update(expires_at=upload_end())


def postpone_conversion(*, clip: Clip, detail: str, pause: timedelta = RETRY_AFTER) -> None:
    """Something of ours broke: once more after the pause, and after three times the reader is told."""
    if clip.attempts >= MAX_ATTEMPTS:
        fail_conversion(clip=clip, reason=CRASHED, detail=detail)
        return
    now = timezone.now()
    _ours(clip).update(state=Clip.State.QUEUED, lease_until=now + pause, turn_at=now, error=detail[:500])
