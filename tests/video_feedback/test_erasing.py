"""Erased is erased: everywhere, also when a worker has the recording or dies."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from storages.backends.s3 import S3Storage

from groups.models import Membership
from groups.services import members
from netwerkleren.base.access import NOBODY
from tests.bucket import Bucket
from tests.types import MakeClip, SignIn
from tests.video_feedback.factories import FILM
from tests.video_feedback.stores import bring, files_of, recordings_on_disk
from video_feedback import conversion, media
from video_feedback.models import Clip, Upload
from video_feedback.services import clips, cutting, recordings
from video_feedback.sweeping import make_room


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


def test_a_clip_erased_meanwhile_leaves_no_file(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
    tmp_path: Path,
) -> None:
    bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING)
    converted = media.convert(phone_film, tmp_path)
    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)

    with commits():
        assert conversion.finish_conversion(clip=clip, converted=converted) is False

    assert not Clip.objects.exists()
    assert files_of(clip) == []


def test_what_a_worker_stores_after_erasing_and_does_not_live_to_take_back_is_found(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    """A converts; the owner erases, which B carries out; A stores its film and is killed."""
    bring_in(clip, phone_film)
    now = timezone.now()
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING, lease_until=now + timedelta(minutes=5))
    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)
    assert not Clip.objects.visible_to(participant.user).exists()
    storages["footage"].save(f"{clip.pk}/abc/film.mp4", ContentFile(b"film"))
    with time_machine.travel(now + timedelta(minutes=4), tick=False), commits():
        make_room()
    storages["footage"].save(f"{clip.pk}/abc/poster.jpg", ContentFile(b"poster"))

    with time_machine.travel(now + timedelta(minutes=6), tick=False), commits():
        make_room()

    assert files_of(clip) == []
    assert not Clip.objects.exists()


def test_erased_is_erased_everywhere(
    make_clip: MakeClip, participant: Membership, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    clip = make_clip(participant)
    assert sorted(files_of(clip)) == ["film.mp4", "poster.jpg"]

    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)

    assert not Clip.objects.exists()
    assert files_of(clip) == []


def test_of_who_leaves_no_recording_waits_and_the_owner_is_asked_for_a_fragment_again(
    make_clip: MakeClip,
    participant: Membership,
    maatje: Membership,
    coach: Membership,
    sign_in: SignIn,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    of_maatje, own, ready = (
        make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING),
        make_clip(maatje, state=Clip.State.UPLOADING),
        make_clip(participant, uploaded_by=maatje),
    )
    for clip in (of_maatje, own):
        bring(recordings.begin_upload(actor=maatje.user, clip=clip, length=len(FILM) + 1), FILM)
    lost = make_clip(participant, uploaded_by=maatje, state=Clip.State.FAILED)

    with commits():
        members.remove_member(actor=coach.user, membership=maatje)

    assert set(Clip.objects.not_erased()) == {own, ready, lost}
    assert not Upload.objects.exists() and recordings_on_disk() == set()
    # What failed and is thrown away after that, is sent by nobody.
    recordings.discard_recording(actor=participant.user, clip=lost)
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[lost.pk])).content.decode()
    assert "De opname komt niet meer" in page and "hx-trigger" not in page


def test_erasing_that_broke_off_is_finished_by_the_sweeper(
    make_clip: MakeClip, participant: Membership, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    clip = make_clip(participant)
    clips.erase_clip(actor=participant.user, clip=clip)
    assert not Clip.objects.visible_to(participant.user).exists()

    with commits():
        make_room()

    assert not Clip.objects.exists()
    assert files_of(clip) == []


@pytest.mark.parametrize("store", ["disk", "bucket"])
@pytest.mark.parametrize("end", ["its owner erases it", "its time is over", "nobody cuts it"])
def test_a_search_after_the_end_finds_nothing_on_disk_or_in_the_bucket(
    request: pytest.FixtureRequest,
    store: str,
    end: str,
    make_clip: MakeClip,
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    """Film, picture, what a broken conversion left, and the recording on its way in: by name and by content."""
    bucket = request.getfixturevalue("bucket") if store == "bucket" else None
    is_uncut = end == "nobody cuts it"
    clip = make_clip(participant, state=Clip.State.UPLOADING) if is_uncut else make_clip(participant)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.UPLOADING)
    clip.refresh_from_db()
    upload = recordings.begin_upload(actor=participant.user, clip=clip, length=len(FILM), is_to_cut=is_uncut)
    bring(upload, FILM)
    upload.recording.finish()
    if is_uncut:
        cutting.go_on(upload=upload)
    else:
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.READY)
        storages["footage"].save(f"{clip.pk}/broken/film.mp4", ContentFile(FILM))
    assert found(clip, upload, bucket) != []

    with commits():
        if end == "its owner erases it":
            clips.erase_clip(actor=participant.user, clip=clip)
        elif end == "its time is over":
            clips.erase_clip(actor=NOBODY, clip=clip)
    # Not by another clock: the store trusts none that is a day off.
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with commits():
        make_room()

    assert found(clip, upload, bucket) == []
    assert not Upload.objects.exists()
    assert Clip.objects.filter(state=Clip.State.READY).exists() is False


def found(clip: Clip, upload: Upload, bucket: Bucket | None) -> list[str]:
    """Every file and object that has a name of theirs, or holds bytes of the film."""
    roots = [settings.UPLOAD_DIR, Path(storages["default"].path("")), *_places_of_films()]
    files = {path for root in roots if root.exists() for path in root.rglob("*") if path.is_file()}
    names = (str(clip.pk), str(upload.pk))
    left = [str(path) for path in files if any(name in str(path) for name in names) or FILM[:512] in path.read_bytes()]
    if bucket is not None:
        keys = [*bucket.keys(""), *bucket.unfinished()]
        left += [key for key in keys if any(name in key for name in names)]
    return left


def _places_of_films() -> list[Path]:
    store = storages["footage"]
    return [] if isinstance(store, S3Storage) else [Path(store.path(""))]
