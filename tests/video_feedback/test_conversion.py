"""From a recording to a film that plays: in the background, on disk and in a bucket."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from netwerkleren.base import leases
from tests.bucket import Bucket
from tests.types import MakeClip, SignIn
from tests.video_feedback.films import PLACE, make_film
from tests.video_feedback.stores import recordings_on_disk
from tests.video_feedback.test_uploads import begin, patch
from video_feedback import conversion, tasks
from video_feedback.media import Reason
from video_feedback.models import Clip, Upload
from video_feedback.services import clips, consent
from video_feedback.sweeping import make_room, sweep_clips
from video_feedback.tasks import convert_next

pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


def test_a_phone_film_becomes_a_fragment_and_the_recording_goes(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    upload = bring_in(clip, phone_film)

    with commits():
        convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.progress, clip.lease_until) == (Clip.State.READY, 100, None)
    assert (clip.width, clip.height, clip.has_audio) == (720, 1280, True)
    assert abs(clip.duration_ms - 2000) < 150
    assert clip.size == clip.video.size + clip.poster.size
    with clip.video.open() as film:
        assert PLACE.encode() not in film.read()
    assert not Upload.objects.exists()
    assert not upload.path.exists()
    assert recordings_on_disk() == set()


def test_an_upload_by_tus_ends_as_a_film_on_the_page(
    clip: Clip,
    phone_film: Path,
    sign_in: SignIn,
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    sender, content = sign_in(participant), phone_film.read_bytes()
    url = begin(sender, clip, len(content))["Location"]

    with commits():
        patch(sender, url, 0, content[:100_000])
        patch(sender, url, 100_000, content[100_000:])

    page = sender.get(reverse("video_feedback:detail", args=[clip.pk]))
    assert reverse("video_feedback:film", args=[clip.pk]) in page.content.decode()
    film = sender.get(reverse("video_feedback:film", args=[clip.pk]), headers={"Range": "bytes=4-7"})
    assert (film.status_code, film.getvalue()) == (206, b"ftyp")


def test_the_plain_form_sends_a_recording_too(
    clip: Clip,
    phone_film: Path,
    sign_in: SignIn,
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    file = SimpleUploadedFile("IMG_0412.MOV", phone_film.read_bytes(), "video/quicktime")

    with commits():
        response = sign_in(participant).post(
            reverse("video_feedback:send_recording", args=[clip.pk]), {"file": file, "goes_whole": "on"}
        )

    assert response.status_code == 302
    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_an_empty_file_is_named_beside_the_field(clip: Clip, sign_in: SignIn, participant: Membership) -> None:
    response = sign_in(participant).post(
        reverse("video_feedback:send_recording", args=[clip.pk]),
        {"file": SimpleUploadedFile("leeg.mp4", b""), "goes_whole": "on"},
    )

    assert "Dit bestand is leeg. Kies een andere opname." in response.content.decode()
    clip.refresh_from_db()
    assert clip.state == Clip.State.UPLOADING


def test_text_named_mp4_says_why_and_asks_for_another(
    clip: Clip,
    sign_in: SignIn,
    participant: Membership,
    tmp_path: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    source = tmp_path / "film.mp4"
    source.write_text("Dit is geen film.")
    upload = bring_in(clip, source)

    with commits():
        convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.reason) == (Clip.State.FAILED, Reason.NOT_A_FILM)
    browser = sign_in(participant)
    page = browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert "Dit bestand is geen film die wij kennen." in page
    assert "Je opname is bewaard tot" in page
    assert "Gooi deze opname weg" in page
    assert upload.path.exists(), "its owner decides"
    with commits():
        browser.post(reverse("video_feedback:discard_recording", args=[clip.pk]))
    clip.refresh_from_db()
    assert clip.state == Clip.State.UPLOADING
    assert not Upload.objects.exists()
    assert not upload.path.exists()


def test_what_is_not_in_the_film_is_said_on_its_page(
    clip: Clip,
    tmp_path: Path,
    bring_in: Callable[[Clip, Path], Upload],
    sign_in: SignIn,
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    whole = make_film(tmp_path / "whole.mkv", codec=("libx264", "-preset", "ultrafast"), options=("-c:a", "wmav2"))
    source = tmp_path / "film.mkv"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size * 8 // 10])
    bring_in(clip, source)

    with commits():
        convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.has_audio, clip.lost_audio) == (Clip.State.READY, False, True)
    assert 70 <= clip.percent_there <= 90
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert f"Ongeveer {clip.percent_there}% van het beeld is er." in page
    assert "Het geluid van de opname konden we niet omzetten. Dit fragment heeft geen geluid." in page


def test_a_whole_film_says_nothing_of_what_is_missing(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload], sign_in: SignIn, participant: Membership
) -> None:
    bring_in(clip, phone_film)

    convert_next()

    clip.refresh_from_db()
    assert (clip.percent_there, clip.lost_audio) == (100, False)
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert "van het beeld is er" not in page
    assert "geen geluid" not in page


def test_what_cannot_be_converted_says_what_it_is_and_which_setting_to_change(
    clip: Clip,
    tmp_path: Path,
    bring_in: Callable[[Clip, Path], Upload],
    sign_in: SignIn,
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    source = make_film(tmp_path / "film.mkv", codec=("libtheora",))
    upload = bring_in(clip, source)

    with commits():
        convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.reason, clip.made_as) == (Clip.State.FAILED, Reason.UNKNOWN_CODEC, "Theora")
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert "Deze film is gemaakt als Theora. Dat kunnen wij niet omzetten." in page
    assert "Kies in de instellingen van je camera H.264 of HEVC" in page
    assert upload.path.exists()
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False), commits():
        make_room()
    assert not upload.path.exists(), "its days are over"


def test_after_a_fault_of_ours_trying_again_needs_no_new_upload(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    sign_in: SignIn,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING)
    conversion.fail_conversion(clip=clip, reason=Reason.OUT_OF_SPACE)
    page = sign_in(clip.owner).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert "Je opname is bewaard tot" in page

    with commits():
        sign_in(clip.owner).post(reverse("video_feedback:retry", args=[clip.pk]))

    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_a_recording_that_failed_by_our_fault_is_kept_three_days_more_and_then_asked_for_again(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    sign_in: SignIn,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    upload = bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING)
    failed_at = timezone.now() + timedelta(days=2)
    with time_machine.travel(failed_at, tick=False):
        conversion.fail_conversion(clip=clip, reason=Reason.OUT_OF_SPACE)
    with time_machine.travel(failed_at + timedelta(days=2, hours=23), tick=False), commits():
        make_room()
    assert upload.path.exists()

    with time_machine.travel(failed_at + timedelta(days=3, minutes=1), tick=False), commits():
        make_room()

    assert not upload.path.exists()
    assert not Upload.objects.exists()
    page = sign_in(clip.owner).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert "Er was te weinig ruimte op de server." in page
    assert "Je opname is niet langer bewaard. Kies hem opnieuw." in page
    assert "Kies een andere opname" in page


def test_converting_twice_is_converting_once(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    bring_in(clip, phone_film)
    with commits():
        convert_next()
    before = Clip.objects.get(pk=clip.pk)

    with commits():
        convert_next()

    after = Clip.objects.get(pk=clip.pk)
    assert (after.video.name, after.attempts) == (before.video.name, before.attempts)


class SlowStore(FileSystemStorage):
    """Takes longer to store a film than a lease lasts, and notes what time the worker has after each lease."""

    leases: list[timedelta] = []

    def _save(self, name: str, content: Any) -> Any:
        for _lease in range(2):
            sleep(leases.LEASE.total_seconds())
            (lease_until,) = Clip.objects.values_list("lease_until", flat=True)
            assert lease_until is not None
            self.leases.append(lease_until - timezone.now())
            sweep_clips()
        return super()._save(name, content)  # type: ignore[misc]  # django-stubs does not know it


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_film_however_long_it_takes(
    clip: Clip, phone_film: Path, bring_in: Callable[[Clip, Path], Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(clip, phone_film)
    for module in (leases, conversion, tasks):
        monkeypatch.setattr(module, "LEASE", timedelta(seconds=2))
    folder = settings.VAR_DIR / "slow"
    store = {"BACKEND": f"{__name__}.SlowStore", "OPTIONS": {"location": folder}}
    with override_settings(STORAGES=settings.STORAGES | {"footage": store}):
        convert_next()

    clip.refresh_from_db()
    assert (clip.state, clip.attempts) == (Clip.State.READY, 1)
    assert len(SlowStore.leases) == 4
    assert min(SlowStore.leases) > timedelta(0)
    shutil.rmtree(folder)


def test_the_same_from_a_bucket(
    bucket: Bucket,
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    participant: Membership,
    maatje: Membership,
    sign_in: SignIn,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    """Step 8 on S3: converted, played in ranges, withdrawn at the next range, erased."""
    bring_in(clip, phone_film)
    with commits():
        convert_next()
    clip = Clip.objects.get(pk=clip.pk)
    keys = bucket.keys("")
    assert sorted(key.rsplit("/", 1)[1] for key in keys if str(clip.pk) in key) == ["film.mp4", "poster.jpg"]

    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    watcher, url = sign_in(maatje), reverse("video_feedback:film", args=[clip.pk])
    size = storages["footage"].size(str(clip.video.name))
    response = watcher.get(url, headers={"Range": "bytes=4-11"})
    assert (response.status_code, response.getvalue()) == (206, b"ftypisom")
    assert response["Content-Range"] == f"bytes 4-11/{size}"
    whole = watcher.get(url).getvalue()
    assert len(whole) == size
    assert watcher.get(url, headers={"Range": f"bytes={size}-"}).status_code == 416

    consent.withdraw_clip(actor=participant.user, clip=clip)
    assert watcher.get(url, headers={"Range": "bytes=12-20"}).status_code == 404

    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)
    assert [key for key in bucket.keys("") if str(clip.pk) in key] == []
