"""A fragment from its form to its end: added, converted, handed over, erased."""

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.once import make_once
from netwerkleren.base.tasks import after_commit

from ..media import Converted, Reason
from ..models import Clip, Upload, footage, upload_end

logger = logging.getLogger(__name__)

CRASHED = "crashed"
"""Beside the reasons of `media.Reason`: the work broke off, three times."""
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
KEEPS_RECORDING = {CRASHED, Reason.OUT_OF_SPACE, Reason.TIMEOUT, Reason.NO_SANDBOX}
"""Faults of ours: the recording stays as long as one that comes in, so that trying again is one click."""


@transaction.atomic
def add_clip(
    *,
    actor: Actor,
    key: UUID,
    uploaded_by: Membership,
    owner: Membership,
    title: str,
    meeting: Meeting | None = None,
    goal: str = "",
) -> Clip:
    """Makes the fragment that a recording will be sent for. One posts for oneself or for the own maatje."""
    is_own = owner.pk == uploaded_by.pk
    if not is_own and (owner.pair_id is None or owner.pair_id != uploaded_by.pair_id):
        raise ValidationError({"owner": _("Je plaatst een fragment van jezelf of van je maatje.")})
    if meeting is not None and meeting.group_id != owner.group_id:
        raise ValidationError({"meeting": _("Deze bijeenkomst is van een andere groep.")})
    clip, created = make_once(
        Clip,
        key=key,
        by="uploaded_by",
        uploaded_by=uploaded_by,
        owner=owner,
        title=title,
        meeting=meeting,
        goal=goal,
        handed_over_at=timezone.now() if is_own else None,
    )
    if created:
        audit.record(actor, "clip.added", clip, group_id=owner.group_id)
    return clip


@transaction.atomic
def queue_conversion(*, clip: Clip) -> bool:
    """The recording is in: convert it. Only once, whoever finds out that it is complete."""
    from ..tasks import convert_clip  # here: the tasks call these services

    queued = Clip.objects.filter(pk=clip.pk, state=Clip.State.UPLOADING).update(
        state=Clip.State.QUEUED, attempts=0, lease_until=None, progress=0, reason="", error=""
    )
    if queued:
        live.touch(live.topic_of("clip", clip))
        after_commit(convert_clip, str(clip.pk))
    return bool(queued)


@transaction.atomic
def retry_conversion(*, actor: Actor, clip: Clip) -> None:
    """Try again after a fault of ours; after a fault in the film another recording is chosen."""
    failed = Clip.objects.filter(pk=clip.pk, state=Clip.State.FAILED).update(state=Clip.State.UPLOADING)
    if failed and Upload.objects.filter(clip=clip).exists():
        queue_conversion(clip=clip)


def report_progress(*, clip: Clip, percent: int, lease: timedelta) -> bool:
    """Notes how far this attempt is and keeps its lease. False when the clip is no longer ours to convert."""
    ours = Clip.objects.filter(pk=clip.pk, state=Clip.State.CONVERTING, attempts=clip.attempts)
    with transaction.atomic():
        if ours.update(progress=percent, lease_until=timezone.now() + lease):
            live.touch(live.topic_of("clip", clip))
            return True
    return False


def finish_conversion(*, clip: Clip, converted: Converted) -> bool:
    """Stores film and poster, then shows them in one step. What of the recording is left, goes.

    False when another attempt was first or the clip was erased meanwhile: then nothing of ours stays.
    """
    store = footage()
    # A name of its own per attempt, in one folder per clip: erasing finds also what a crash left behind.
    folder = f"{clip.pk}/{uuid4().hex}"
    video = _store(store, f"{folder}/film.mp4", converted.video)
    poster = _store(store, f"{folder}/poster.jpg", converted.poster)
    with transaction.atomic():
        ours = Clip.objects.filter(pk=clip.pk, state=Clip.State.CONVERTING, attempts=clip.attempts)
        done = ours.update(
            state=Clip.State.READY,
            video=video,
            poster=poster,
            duration_ms=converted.duration_ms,
            width=converted.width,
            height=converted.height,
            has_audio=converted.has_audio,
            size=converted.video.stat().st_size + converted.poster.stat().st_size,
            progress=100,
            lease_until=None,
            error="",
        )
        if done:
            live.touch(live.topic_of("clip", clip))
            forget_recording(clip=clip)
    if not done:
        store.delete(video)
        store.delete(poster)
    return bool(done)


def _store(store: Storage, name: str, path: Path) -> str:
    with path.open("rb") as content:
        return store.save(name, File(content, name=name))


@transaction.atomic
def fail_conversion(*, clip: Clip, reason: str, detail: str = "") -> None:
    """Says why, for good. A recording that cannot become a film is thrown away; after our own fault it waits again."""
    ours = Clip.objects.filter(pk=clip.pk, state=Clip.State.CONVERTING, attempts=clip.attempts)
    if not ours.update(state=Clip.State.FAILED, reason=reason, error=detail[:500], lease_until=None):
        return
    logger.warning("Clip %s could not be converted: %s %s", clip.pk, reason, detail)
    live.touch(live.topic_of("clip", clip))
    if reason in KEEPS_RECORDING:
        Upload.objects.filter(clip=clip).update(expires_at=upload_end())
    else:
        forget_recording(clip=clip)


def postpone_conversion(*, clip: Clip, detail: str) -> None:
    """Something of ours broke: once more in a minute, and after three times the reader is told."""
    if clip.attempts >= MAX_ATTEMPTS:
        fail_conversion(clip=clip, reason=CRASHED, detail=detail)
        return
    ours = Clip.objects.filter(pk=clip.pk, state=Clip.State.CONVERTING, attempts=clip.attempts)
    ours.update(state=Clip.State.QUEUED, lease_until=timezone.now() + RETRY_AFTER, error=detail[:500])


def forget_recording(*, clip: Clip) -> None:
    """Drops the row of the upload, and after commit its bytes. Call it inside a transaction."""
    for upload in Upload.objects.filter(clip_id=clip.pk):
        path = upload.path
        upload.delete()
        transaction.on_commit(partial(path.unlink, missing_ok=True))


@transaction.atomic
def hand_over_clip(*, actor: Actor, clip: Clip) -> None:
    """The uploader gives the fragment to its owner, or the owner takes it: from then on it is the owner's alone."""
    if Clip.objects.filter(pk=clip.pk, handed_over_at=None).update(handed_over_at=timezone.now()):
        audit.record(actor, "clip.handed_over", clip, group_id=clip.owner.group_id)


@transaction.atomic
def erase_clip(*, actor: Actor, clip: Clip) -> None:
    """Gone for everyone at the next request; the files follow by a task that a crash cannot lose."""
    from ..tasks import erase_footage  # here: the tasks call these services

    if Clip.objects.not_erased().filter(pk=clip.pk).update(state=Clip.State.ERASED, title="", goal=""):
        audit.record(actor, "clip.erased", clip, group_id=clip.owner.group_id)
        live.touch(live.topic_of("clip", clip))
        after_commit(erase_footage, str(clip.pk))


def erase_files(*, clip: Clip) -> None:
    """Takes film, poster and recording off disk or bucket, then drops the row. May run twice.

    While a worker may still have the clip its row stays: what that worker stores and does not live to take back, the
    sweeper finds by it.
    """
    is_in_work = clip.lease_until is not None and clip.lease_until > timezone.now()
    store = footage()
    try:
        attempts, _files = store.listdir(str(clip.pk))
    except FileNotFoundError:
        attempts = []
    for attempt in attempts:
        _folders, names = store.listdir(f"{clip.pk}/{attempt}")
        for name in names:
            store.delete(f"{clip.pk}/{attempt}/{name}")
        store.delete(f"{clip.pk}/{attempt}")
    store.delete(str(clip.pk))
    with transaction.atomic():
        forget_recording(clip=clip)
        if not is_in_work:
            clip.delete()
