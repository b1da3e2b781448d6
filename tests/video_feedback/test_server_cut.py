"""A recording that a device cannot cut comes here whole, after a tick; its piece is cut here, and all else goes."""

import base64
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from tests.types import MakeClip, SignIn
from tests.video_feedback.stores import bring, is_gone, recordings_on_disk
from video_feedback.contributions import clip_todos
from video_feedback.models import Clip, Upload
from video_feedback.services import cutting, recordings
from video_feedback.sweeping import make_room, sweep_clips

TUS = {"Tus-Resumable": "1.0.0"}
Commits = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership, maatje: Membership) -> Clip:
    """The maatje sends it in."""
    return make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING)


@pytest.fixture
def waiting(clip: Clip, maatje: Membership, phone_film: Path) -> Upload:
    """All of the recording is here, to be cut."""
    upload = recordings.begin_upload(
        actor=maatje.user, clip=clip, length=phone_film.stat().st_size, filename="00042.MTS", is_to_cut=True
    )
    bring(upload, phone_film.read_bytes())
    recordings.finish_upload(actor=maatje.user, upload=upload)
    upload.refresh_from_db()
    return upload


def page_of(browser: Client, clip: Clip) -> str:
    return " ".join(browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode().split())


def choose(browser: Client, clip: Clip, start: str, end: str = "") -> int:
    url = reverse("video_feedback:choose_piece", args=[clip.pk])
    return browser.post(url, {"start": start, "end": end}).status_code


def said(*names: str) -> str:
    return ",".join(f"{name} {base64.b64encode(b'1').decode()}" for name in names)


@pytest.mark.parametrize(
    ("told", "status", "is_to_cut"),
    [
        (said("cut"), 201, False),
        (said("whole"), 201, False),
        (said("whole", "cut_here"), 201, True),
        (said("cut_here"), 422, None),
        ("filename YQ==", 422, None),
        ("whole MA==", 422, None),
    ],
)
def test_no_recording_comes_whole_without_a_yes(
    clip: Clip, maatje: Membership, sign_in: SignIn, told: str, status: int, is_to_cut: bool | None
) -> None:
    """By tus, as the page sends it; by the form alone in the next test."""
    url = reverse("video_feedback:begin_upload", args=[clip.pk])

    answer = sign_in(maatje).post(url, headers={**TUS, "Upload-Length": "10", "Upload-Metadata": told})

    assert answer.status_code == status
    assert [upload.is_to_cut for upload in Upload.objects.all()] == ([] if is_to_cut is None else [is_to_cut])


def test_the_form_asks_for_that_yes_and_takes_nothing_without_it(
    clip: Clip, maatje: Membership, sign_in: SignIn, phone_film: Path
) -> None:
    browser = sign_in(maatje)
    page = page_of(browser, clip)
    assert "Ik weet dat de hele opname naar de server gaat" in page
    assert re.search(r'<input[^>]* name="goes_whole"[^>]* required', page)
    file = SimpleUploadedFile("00042.MTS", phone_film.read_bytes())

    answer = browser.post(reverse("video_feedback:send_recording", args=[clip.pk]), {"file": file, "cut_here": "on"})

    assert answer.status_code == 422
    assert "Zonder jouw ja gaat de hele opname niet naar de server." in answer.content.decode()
    assert not Upload.objects.exists()
    assert recordings_on_disk() == set()


def test_without_javascript_it_is_the_same_tick(
    clip: Clip, maatje: Membership, sign_in: SignIn, phone_film: Path
) -> None:
    file = SimpleUploadedFile("00042.MTS", phone_film.read_bytes())

    url = reverse("video_feedback:send_recording", args=[clip.pk])
    sign_in(maatje).post(url, {"file": file, "goes_whole": "on", "cut_here": "on"})

    clip.refresh_from_db()
    assert clip.state == Clip.State.TO_CUT


@pytest.fixture(params=["disk", pytest.param("bucket", marks=pytest.mark.on_postgresql)])
def store(request: pytest.FixtureRequest) -> str:
    """Where the recording waits."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)


def test_the_piece_is_cut_and_the_recording_goes(
    store: str,
    clip: Clip,
    waiting: Upload,
    maatje: Membership,
    participant: Membership,
    sign_in: SignIn,
    commits: Commits,
) -> None:
    assert waiting.in_bucket is (store == "bucket")
    browser = sign_in(maatje)
    page = page_of(browser, clip)
    assert "Welk stukje blijft?" in page
    assert "De opname ‘00042.MTS’ is binnen." in page
    assert "Kies je stukje" in browser.get(reverse("video_feedback:overview")).content.decode()
    assert "Welk stukje blijft?" in page_of(sign_in(participant), clip), "its owner may choose too"
    for person in (maatje, participant):
        assert "Kies je stukje" in [todo.title for todo in clip_todos(User.objects.get(pk=person.user_id))]

    with commits():
        assert choose(browser, clip, "0:01") == 302

    clip.refresh_from_db()
    assert (clip.state, clip.percent_there) == (Clip.State.READY, 100)
    assert abs(clip.duration_ms - 1000) < 100
    assert not Upload.objects.exists()
    assert is_gone(waiting.pk)
    assert recordings_on_disk() == set()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("0:02", "0:01", "Het einde ligt na het begin."),
        ("", "0:01", "Waar begint het stukje?"),
        ("straks", "", "Schrijf het moment als minuten en seconden"),
    ],
)
def test_a_wrong_piece_is_told_and_nothing_is_cut(
    clip: Clip, waiting: Upload, maatje: Membership, sign_in: SignIn, start: str, end: str, words: str
) -> None:
    url = reverse("video_feedback:choose_piece", args=[clip.pk])

    response = sign_in(maatje).post(url, {"start": start, "end": end})

    clip.refresh_from_db()
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert clip.state == Clip.State.TO_CUT


def test_what_nobody_cuts_within_a_day_is_erased_and_another_may_come(
    clip: Clip, waiting: Upload, maatje: Membership, sign_in: SignIn, commits: Commits
) -> None:
    now = timezone.now()
    with time_machine.travel(now + timedelta(hours=23), tick=False), commits():
        make_room()
    assert Upload.objects.exists()

    with time_machine.travel(now + timedelta(hours=25), tick=False), commits():
        assert choose(sign_in(maatje), clip, "0:00", "0:01") == 422
        make_room()

    clip.refresh_from_db()
    assert (clip.state, Upload.objects.exists()) == (Clip.State.UPLOADING, False)
    assert is_gone(waiting.pk)
    assert recordings_on_disk() == set()


def test_a_piece_after_the_end_is_chosen_anew_from_the_same_recording(
    clip: Clip, waiting: Upload, maatje: Membership, sign_in: SignIn, commits: Commits
) -> None:
    browser, until = sign_in(maatje), waiting.expires_at
    with commits():
        choose(browser, clip, "9:00", "9:10")
    assert "Het stukje dat je koos, begint na het einde van de opname." in page_of(browser, clip)
    waiting.refresh_from_db()
    assert waiting.expires_at == until, "it is here no longer than a day"

    browser.post(reverse("video_feedback:retry", args=[clip.pk]))

    clip.refresh_from_db()
    assert clip.state == Clip.State.TO_CUT
    with commits():
        choose(browser, clip, "0:00", "0:01")
    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_nobody_else_chooses_and_once_handed_over_its_owner_alone(
    clip: Clip, waiting: Upload, maatje: Membership, colleague: Membership, coach: Membership, sign_in: SignIn
) -> None:
    for person in (colleague, coach):
        assert choose(sign_in(person), clip, "0:00") == 404
    Clip.objects.filter(pk=clip.pk).update(handed_over_at=timezone.now())
    assert choose(sign_in(maatje), clip, "0:00") == 404
    clip.refresh_from_db()
    assert clip.state == Clip.State.TO_CUT


def test_a_crash_after_the_last_byte_waits_for_the_choice_too(clip: Clip, maatje: Membership, phone_film: Path) -> None:
    upload = recordings.begin_upload(actor=maatje.user, clip=clip, length=phone_film.stat().st_size, is_to_cut=True)
    bring(upload, phone_film.read_bytes())

    sweep_clips()

    clip.refresh_from_db()
    assert clip.state == Clip.State.TO_CUT


def test_pressed_twice_cuts_once(clip: Clip, waiting: Upload, participant: Membership) -> None:
    for _twice in range(2):
        cutting.choose_piece(actor=participant.user, clip=clip, start=0, end=1000)

    clip.refresh_from_db()
    waiting.refresh_from_db()
    assert (clip.state, waiting.piece_to_ms) == (Clip.State.QUEUED, 1000)
