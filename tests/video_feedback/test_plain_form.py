"""The recording in one piece, by a browser without JavaScript: nothing of it is read that may not come (U2)."""

import errno
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from groups.models import Membership
from netwerkleren.base.posted import ReservingUploadHandler
from tests.bodies import announce
from tests.types import MakeClip, OnCommit, SignIn
from video_feedback import room
from video_feedback.models import Clip, Upload
from video_feedback.services import recordings

MIB = 1024**2


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


@pytest.fixture
def url(clip: Clip) -> str:
    return reverse("video_feedback:send_recording", args=[clip.pk])


@pytest.mark.parametrize(("who", "status"), [("maatje", 404), ("coach", 404), ("participant", 413)])
def test_gate_and_length_are_known_before_a_byte_is_read(
    request: pytest.FixtureRequest, url: str, maatje: Membership, sign_in: SignIn, who: str, status: int
) -> None:
    response = announce(sign_in(request.getfixturevalue(who)), url, 3 * 1024 * MIB)

    assert response.status_code == status
    assert ("Deze opname is groter dan 2 GB." in response.content.decode()) is (who == "participant")


def test_quota_and_disk_are_known_before_a_byte_is_read(
    url: str, make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    full = make_clip(participant)
    Clip.objects.filter(pk=full.pk).update(size=room.PER_PERSON)
    response = announce(sign_in(participant), url, MIB)
    assert (response.status_code, "Je hebt geen ruimte meer voor deze opname van" in response.content.decode()) == (
        413,
        True,
    )

    Clip.objects.filter(pk=full.pk).update(size=0)
    with override_settings(DISK_RESERVE=10**18):
        response = announce(sign_in(participant), url, MIB)
    assert (response.status_code, "te weinig ruimte op de server" in response.content.decode()) == (507, True)
    assert not Upload.objects.exists()


def test_what_comes_in_lies_where_the_sweeper_looks(
    url: str, participant: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than fits in memory: the file in which Django keeps it while the form comes in."""
    seen = []

    def note(*, file: Any, **_options: Any) -> None:
        seen.append(file.temporary_file_path())

    monkeypatch.setattr(recordings, "receive_whole", note)
    sign_in(participant).post(url, {"file": SimpleUploadedFile("les.mp4", b"x" * 3 * MIB), "goes_whole": "on"})

    (path,) = seen
    assert path.startswith(f"{settings.UPLOAD_DIR}/")


def test_a_disk_that_is_full_says_so_and_keeps_nothing_of_it(
    url: str, clip: Clip, participant: Membership, sign_in: SignIn
) -> None:
    with override_settings(FILE_UPLOAD_HANDLERS=[f"{__name__}.FullInTheMiddle"]):
        response = sign_in(participant).post(
            url, {"file": SimpleUploadedFile("les.mp4", b"x" * 3 * MIB), "goes_whole": "on"}
        )

    assert (response.status_code, "te weinig ruimte op de server" in response.content.decode()) == (507, True)
    assert not Upload.objects.exists()
    (held,) = FullInTheMiddle.files
    assert held.closed
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


class FullInTheMiddle(ReservingUploadHandler):
    """Its disk fills up after the first piece."""

    files: list[Any] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.files[:] = [self.file]
        with override_settings(DISK_RESERVE=10**18 if start else 0):
            super().receive_data_chunk(raw_data, start)


class FullHalfway(SimpleUploadedFile):
    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"x"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_keeps_no_half_recording(
    clip: Clip, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(room.Refused) as caught:
        recordings.receive_whole(actor=participant.user, clip=clip, file=FullHalfway("les.mp4", b"xx"))

    assert caught.value.status == 507
    assert not Upload.objects.exists()
    assert [path for path in settings.UPLOAD_DIR.iterdir() if path.is_file()] == []


def test_it_takes_no_form_of_another_site(url: str, clip: Clip, participant: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(participant.user, "django.contrib.auth.backends.ModelBackend")
    file = {"file": SimpleUploadedFile("les.mp4", b"geen film"), "goes_whole": "on"}
    assert browser.post(url, file).status_code == 403
    assert not Upload.objects.exists()

    page = browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    file = {"file": SimpleUploadedFile("les.mp4", b"geen film"), "goes_whole": "on"}
    assert browser.post(url, file | {"csrfmiddlewaretoken": token[1]}).status_code == 302
