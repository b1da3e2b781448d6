"""Footage goes off disk and bucket: a recording that is no longer needed, and all that there is of a fragment."""

from django.db import transaction
from django.utils import timezone

from .models import Clip, Upload, footage


def forget_recording(*, clip: Clip) -> None:
    """Drops the row of the upload, and after commit its bytes. Call it inside a transaction."""
    for upload in Upload.objects.filter(clip_id=clip.pk):
        recording = upload.recording
        upload.delete()
        transaction.on_commit(recording.forget)


def erase_recording(*, clip: Clip) -> None:
    """For a recording that nobody may carry on any more: its bytes go first, which needs no room on a full disk."""
    for upload in Upload.objects.filter(clip_id=clip.pk):
        upload.recording.forget()
    with transaction.atomic():
        forget_recording(clip=clip)


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
    erase_recording(clip=clip)
    if not is_in_work:
        clip.delete()
