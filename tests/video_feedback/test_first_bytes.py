"""What can be no film is refused as early as its first bytes tell: by the browser, and by the server too."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groups.models import Membership
from tests.types import MakeClip, SignIn
from tests.video_feedback.stores import recordings_on_disk
from tests.video_feedback.test_uploads import begin, patch
from video_feedback import media, reasons
from video_feedback.media.kinds import container_of
from video_feedback.models import Clip, Upload

ROWS = json.loads((Path(__file__).parent / "first_bytes.json").read_text())
PHOTO = b"\xff\xd8\xff\xe1" + b"\x00" * (media.HEAD + 1000)


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_server_knows_what_the_browser_knows(row: dict[str, str]) -> None:
    """tests/js/film-kind.test.mjs reads the same rows."""
    refusal = media.refusal_of(bytes.fromhex(row["bytes"]))

    assert refusal == row["refusal"]
    assert refusal is None or refusal in reasons.EARLY


@pytest.mark.parametrize("kind", ["an iPhone", "a browser", "a camera (AVI)", "a camera (MPEG)", "a camera (MTS)"])
def test_what_a_camera_makes_is_known(kind: str) -> None:
    head = next(row["bytes"] for row in ROWS if row["name"] == kind)

    assert container_of(bytes.fromhex(head)) is not None


def test_the_first_piece_of_a_photo_is_refused_with_what_it_is(
    clip: Clip, sign_in: SignIn, participant: Membership, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    sender = sign_in(participant)
    url = begin(sender, clip, 10 * len(PHOTO))["Location"]

    with commits():
        response = patch(sender, url, 0, PHOTO)

    assert response.status_code == 415
    assert response.content.decode() == (
        "Dit bestand is een foto, geen film. Staat je camera op foto? Zet hem op video en film opnieuw."
    )
    assert not Upload.objects.exists()
    assert recordings_on_disk() == set()
    clip.refresh_from_db()
    assert clip.state == Clip.State.UPLOADING, "another recording can be chosen"


def test_without_javascript_it_is_said_beside_the_field(clip: Clip, sign_in: SignIn, participant: Membership) -> None:
    file = SimpleUploadedFile("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100)

    response = sign_in(participant).post(
        reverse("video_feedback:send_recording", args=[clip.pk]), {"file": file, "goes_whole": "on"}
    )

    assert response.status_code == 415
    assert "Dit bestand is een foto, geen film." in response.content.decode()


def test_the_page_has_the_words_for_what_the_browser_finds(
    clip: Clip, sign_in: SignIn, participant: Membership
) -> None:
    page = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()

    for reason in reasons.EARLY:
        assert f'<template data-refusal="{reason}">' in page
    assert "Zet RAW uit in de instellingen van je camera" in page
