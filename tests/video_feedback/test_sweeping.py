"""After a crash: what a worker left goes on, or goes away."""

import errno
import os
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from groups.models import Membership
from netwerkleren.base import disk
from netwerkleren.base.leases import LEASE
from netwerkleren.base.tasks import SWEEP_EVERY, video_queue
from tests.base.test_disk import without_room
from tests.types import MakeClip
from tests.video_feedback.stores import disk_at, files_of, recordings_on_disk
from video_feedback import conversion
from video_feedback.models import Clip, Upload
from video_feedback.receiving.on_disk import turn_path
from video_feedback.sweeping import make_room, sweep_clips
from video_feedback.tasks import convert_next


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


def test_a_worker_that_died_is_followed_up_within_a_minute(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    bring_in(clip, phone_film)
    now = timezone.now()
    Clip.objects.filter(pk=clip.pk).update(
        state=Clip.State.CONVERTING, lease_until=now + LEASE, attempts=1, progress=40
    )
    sweep_clips()
    clip.refresh_from_db()
    assert (clip.state, clip.progress) == (Clip.State.CONVERTING, 40), "a live lease is left alone"

    assert LEASE + 2 * timedelta(seconds=SWEEP_EVERY) <= timedelta(minutes=1)
    with time_machine.travel(now + LEASE + timedelta(seconds=SWEEP_EVERY), tick=True), commits():
        sweep_clips()

    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_what_a_killed_process_left_on_the_disk_is_swept(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload]
) -> None:
    upload = bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(
        state=Clip.State.CONVERTING, lease_until=timezone.now() + timedelta(minutes=5)
    )
    uploads = Path(settings.UPLOAD_DIR)
    live, dead = uploads / f"converting-{clip.pk}-abc", uploads / f"converting-{uuid.uuid4()}-abc"
    for folder in (live, dead):
        folder.mkdir()
        (folder / "video.mp4").write_bytes(b"half a film")
    young, old = uploads / str(uuid.uuid4()), uploads / str(uuid.uuid4())
    posting, posted = (settings.FILE_UPLOAD_TEMP_DIR / name for name in ("tmp1.upload", "tmp2.upload"))
    for path in (young, old, posting, posted):
        path.write_bytes(b"a recording without a row")
    yesterday = (timezone.now() - timedelta(days=1)).timestamp()
    for path in (old, upload.path, posted):
        os.utime(path, (yesterday, yesterday))

    make_room()

    assert recordings_on_disk() == {live, young, upload.path, turn_path(upload.path)}
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == [posting]


def test_three_crashes_end_as_failed_with_a_retry(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload]
) -> None:
    bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(
        state=Clip.State.CONVERTING, lease_until=timezone.now() - timedelta(minutes=1), attempts=3
    )

    sweep_clips()

    clip.refresh_from_db()
    assert (clip.state, clip.reason) == (Clip.State.FAILED, conversion.CRASHED)
    assert Upload.objects.filter(clip=clip).exists()


def test_a_store_that_is_away_is_tried_again(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    bring_in(clip, phone_film)
    # A file where the folder should be: every write to the store fails.
    blocked = Path(settings.VAR_DIR) / "blocked"
    blocked.write_text("")
    with override_settings(STORAGES=settings.STORAGES | {"footage": disk_at(blocked)}):
        convert_next()
    clip.refresh_from_db()
    assert (clip.state, clip.error) == (Clip.State.QUEUED, "NotADirectoryError")

    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True), commits():
        sweep_clips()

    clip.refresh_from_db()
    assert clip.state == Clip.State.READY
    blocked.unlink()


@pytest.mark.django_db(transaction=True)
def test_where_no_row_can_be_written_files_go_all_the_same(
    clip: Clip, participant: Membership, make_clip: MakeClip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload]
) -> None:
    upload = bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.FAILED)
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    erased = [make_clip(participant), make_clip(participant)]
    Clip.objects.filter(pk__in=[one.pk for one in erased]).update(state=Clip.State.ERASED)

    with connection.execute_wrapper(without_room), pytest.raises(ExceptionGroup):
        make_room()

    assert not upload.path.exists()
    assert [files_of(one) for one in erased] == [[], []]
    assert Upload.objects.filter(pk=upload.pk).exists()
    make_room()
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert not Clip.objects.filter(state=Clip.State.ERASED).exists()


def test_a_turn_that_is_on_the_queue_already_is_not_asked_for_again(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(clip, phone_film)
    with monkeypatch.context() as patch:
        patch.setattr(video_queue, "pending_count", lambda: 1)  # It is never so in tests, where tasks run at once.
        sweep_clips()
    clip.refresh_from_db()
    assert (clip.state, clip.attempts) == (Clip.State.QUEUED, 0)


def test_on_a_full_disk_a_film_waits_its_turn(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    bring_in(clip, phone_film)
    with override_settings(DISK_RESERVE=10**18), commits():
        convert_next()
        sweep_clips()
    clip.refresh_from_db()
    assert (clip.state, clip.attempts) == (Clip.State.QUEUED, 0)

    with commits():
        sweep_clips()
    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_a_disk_that_fills_up_under_a_conversion_fails_nothing(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(clip, phone_film)
    seen = []

    def fills_up(*, folder: Path) -> None:
        seen.append(folder)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "keep_reserve", fills_up)
    convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.error, len(seen)) == (Clip.State.QUEUED, "OSError", 1)
    assert [path for path in recordings_on_disk() if path.is_dir()] == []
