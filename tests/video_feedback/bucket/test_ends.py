"""How a recording in a real bucket ends: as a film, refused, given up, swept, or with a bucket that is away."""

import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from groups.models import Membership
from tests.bucket import Bucket
from tests.types import MakeClip
from tests.video_feedback.bucket import CONTENT, LENGTH
from tests.video_feedback.stores import bring, content_of, elsewhere, is_gone
from tests.video_feedback.test_first_bytes import PHOTO
from tests.video_feedback.test_uploads import TUS, begin, patch
from video_feedback import receiving, sweeping
from video_feedback.models import Clip, Upload
from video_feedback.receiving import in_bucket
from video_feedback.receiving.in_bucket import PART
from video_feedback.services import clips, recordings
from video_feedback.sweeping import make_room
from video_feedback.tasks import convert_next

pytestmark = pytest.mark.on_postgresql  # a bucket makes each long, and which database is beside it no difference


def test_a_photo_is_refused_by_its_first_bytes_and_leaves_nothing(
    sender: Client, clip: Clip, commits: Callable[[], AbstractContextManager[object]], bucket: Bucket
) -> None:
    url = begin(sender, clip, 10 * len(PHOTO))["Location"]

    with commits():
        response = patch(sender, url, 0, PHOTO)

    assert (response.status_code, "Dit bestand is een foto" in response.content.decode()) == (415, True)
    assert not Upload.objects.exists()
    assert bucket.keys() + bucket.unfinished() == []


def test_first_bytes_that_came_in_two_pieces_are_seen_too(
    sender: Client, clip: Clip, commits: Callable[[], AbstractContextManager[object]], bucket: Bucket
) -> None:
    photo = PHOTO[:20].ljust(100_000, b"\0")
    url = begin(sender, clip, len(photo) + 1)["Location"]

    assert patch(sender, url, 0, photo[:40_000]).status_code == 204
    with commits():
        assert patch(sender, url, 40_000, photo[40_000:]).status_code == 415

    assert bucket.keys() + bucket.unfinished() == []


@pytest.mark.parametrize("size", [1000, LENGTH])
def test_without_javascript_it_goes_the_same_way(
    sender: Client, clip: Clip, participant: Membership, bucket: Bucket, size: int
) -> None:
    file = SimpleUploadedFile("les.mp4", CONTENT[:size])

    recordings.receive_whole(actor=participant.user, clip=clip, file=file)

    clip.refresh_from_db()
    assert (clip.state, clip.upload.in_bucket) == (Clip.State.QUEUED, True)
    assert content_of(clip.upload) == CONTENT[:size]
    assert bucket.unfinished() == []


def test_a_recording_of_many_parts_becomes_a_film_and_goes(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    bucket: Bucket,
    commits: Callable[[], AbstractContextManager[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with phone_film.open("ab") as film:
        film.write((PART).to_bytes(4) + b"free" + b"\0" * (PART - 8))  # So that it is longer than a part.
    heartbeats: list[str] = []
    monkeypatch.setattr(in_bucket, "HEARTBEAT", 0)
    report = conversion_report(heartbeats)
    monkeypatch.setattr("video_feedback.conversion.report_progress", report)
    bring_in(clip, phone_film)

    with commits():
        convert_next()

    clip.refresh_from_db()
    assert clip.state == Clip.State.READY
    assert heartbeats[:2] == ["0", "0"], "the lease is kept while it is brought here"
    assert bucket.keys() + bucket.unfinished() == []


def conversion_report(heartbeats: list[str]) -> Callable[..., bool]:
    from video_feedback.conversion import report_progress

    def report(*, clip: Clip, percent: int) -> bool:
        heartbeats.append(str(percent))
        return report_progress(clip=clip, percent=percent)

    return report


@pytest.mark.parametrize("end", ["cancel", "discard", "erase", "another"])
def test_however_it_ends_all_of_it_goes(
    clip: Clip,
    upload: Upload,
    participant: Membership,
    bucket: Bucket,
    commits: Callable[[], AbstractContextManager[object]],
    end: str,
) -> None:
    bring(upload, CONTENT[: PART + 1000])
    assert len(bucket.keys() + bucket.unfinished()) == 2
    actor = participant.user

    with commits():
        if end == "cancel":
            recordings.cancel_upload(actor=actor, upload=upload)
        elif end == "discard":
            Clip.objects.filter(pk=clip.pk).update(state=Clip.State.FAILED)
            recordings.discard_recording(actor=actor, clip=clip)
        elif end == "erase":
            clips.erase_clip(actor=actor, clip=clip)
        else:
            recordings.begin_upload(actor=actor, clip=clip, length=5)

    assert bucket.keys() + bucket.unfinished() == []


def test_the_sweeper_aborts_what_nobody_carried_on(
    upload: Upload, bucket: Bucket, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    bring(upload, CONTENT[: PART + 1000])
    Upload.objects.update(expires_at=upload.created)

    with commits():
        make_room()

    assert not Upload.objects.exists()
    assert bucket.keys() + bucket.unfinished() == []


def test_the_sweeper_takes_away_what_is_of_no_upload_when_it_is_old(
    upload: Upload, sender: Client, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, make_clip: MakeClip
) -> None:
    lost = Upload.objects.create(clip=make_clip(upload.clip.owner, state="uploading"), length=LENGTH, in_bucket=True)
    for each in (upload, lost):
        bring(each, CONTENT[: PART + 1000])
    pk = lost.pk
    Upload.objects.filter(pk=pk).delete()

    make_room()
    assert not is_gone(pk), "younger than an hour"

    monkeypatch.setattr(sweeping, "LEFT_ALONE", timedelta(seconds=-5))
    make_room()
    assert is_gone(pk)
    bring(elsewhere(upload), CONTENT[PART + 1000 :])
    elsewhere(upload).recording.finish()
    assert content_of(upload) == CONTENT, "what is on its way is left alone"


def test_a_bucket_that_lost_it_lets_the_sender_begin_anew(
    sender: Client, url: str, upload: Upload, bucket: Bucket
) -> None:
    """As after a rule of the bucket that aborts too soon: nothing is said to be in that is not."""
    bring(upload, CONTENT[: PART + 1000])
    bucket.clear()

    assert patch(sender, url, PART + 1000, CONTENT[PART + 1000 :]).status_code == 503

    assert sender.head(url, headers=TUS)["Upload-Offset"] == "0"
    assert patch(sender, url, 0, CONTENT).status_code == 204
    assert content_of(upload) == CONTENT


def test_who_wasted_all_numbers_of_parts_begins_anew(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_bucket, "MOST_PARTS", 1)
    with pytest.raises(receiving.StoreAway):
        bring(upload, CONTENT)
    assert elsewhere(upload).offset == 0

    monkeypatch.undo()
    bring(elsewhere(upload), CONTENT)
    elsewhere(upload).recording.finish()
    assert content_of(upload) == CONTENT


class FullDisk:
    """A file that takes a hundred bytes, and then a little of a piece and nothing more."""

    def __init__(self, file: Any) -> None:
        self._file, self._left = file, 100

    def write(self, piece: memoryview) -> int:
        if not self._left:
            raise OSError(errno.ENOSPC, "No space left on device")
        written: int = self._file.write(piece[: self._left])
        self._left -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_disk_that_fills_up_says_so_and_what_it_took_stays(
    sender: Client, url: str, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = in_bucket.TurnInBucket._opened

    def on_full_disk(turn: in_bucket.TurnInBucket) -> Any:
        if turn._file is None:
            opened(turn)
            turn._file = cast(Any, FullDisk(turn._file))
        return turn._file

    with monkeypatch.context() as full:
        full.setattr(in_bucket.TurnInBucket, "_opened", on_full_disk)
        assert patch(sender, url, 0, CONTENT[:1000]).status_code == 507

    assert sender.head(url, headers=TUS)["Upload-Offset"] == "100"
    assert patch(sender, url, 100, CONTENT[100:]).status_code == 204
    assert content_of(upload) == CONTENT


@pytest.fixture
def away(settings: Settings) -> Callable[[], None]:
    """From its call on nobody listens where the bucket was."""

    def leave() -> None:
        store = settings.STORAGES["footage"]
        gone = store | {"OPTIONS": store["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:9"}}
        settings.STORAGES = settings.STORAGES | {"footage": gone}

    return leave


def test_while_the_bucket_is_away_it_says_so_and_what_was_in_stays(
    sender: Client, url: str, upload: Upload, away: Callable[[], None], bucket: Bucket, settings: Settings
) -> None:
    patch(sender, url, 0, CONTENT[:1000])
    here = settings.STORAGES
    away()

    response = patch(sender, url, 1000, CONTENT[1000:3000])

    assert (response.status_code, int(response["Retry-After"]) > 0) == (503, True)
    assert response.content.decode() == "De opslag is nu even niet bereikbaar. Probeer het zo nog eens."
    assert sender.head(url, headers=TUS)["Upload-Offset"] == "1000"
    settings.STORAGES = here
    assert patch(sender, url, 1000, CONTENT[1000:]).status_code == 204
    assert content_of(upload) == CONTENT


def test_while_the_bucket_is_away_an_upload_can_be_ended_and_its_bytes_go_when_it_is_back(
    sender: Client,
    url: str,
    upload: Upload,
    away: Callable[[], None],
    settings: Settings,
    commits: Callable[[], AbstractContextManager[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring(upload, CONTENT[:1000])
    here = settings.STORAGES
    away()

    with commits():
        assert sender.delete(url, headers=TUS).status_code == 204
        make_room()

    settings.STORAGES = here
    assert not is_gone(upload.pk)
    monkeypatch.setattr(sweeping, "LEFT_ALONE", timedelta(seconds=-5))
    make_room()
    assert is_gone(upload.pk)


def test_the_form_says_so_too(
    sender: Client, clip: Clip, away: Callable[[], None], commits: Callable[[], AbstractContextManager[object]]
) -> None:
    away()
    with commits():
        response = sender.post(
            reverse("video_feedback:send_recording", args=[clip.pk]),
            {"file": SimpleUploadedFile("les.mp4", CONTENT[:1000]), "goes_whole": "on"},
        )

    assert (response.status_code, "De opslag is nu even niet bereikbaar" in response.content.decode()) == (503, True)
    assert not Upload.objects.exists()
