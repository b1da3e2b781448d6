"""tus 1.0, every MUST of the parts that we have, and what we refuse (docs/security.md U1, U2)."""

import base64
import hashlib
import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from groups.models import Membership
from tests.tus import CUT
from tests.types import MakeClip, OnCommit, Response, SignIn
from tests.video_feedback.stores import bring, content_of, is_gone
from video_feedback import crowding, room
from video_feedback.models import Clip, Upload
from video_feedback.services import recordings
from video_feedback.sweeping import make_room, sweep_clips

CONTENT = bytes(range(256)) * 8
OFFSET_STREAM = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture(params=["disk", pytest.param("bucket", marks=pytest.mark.on_postgresql)], autouse=True)
def store(request: pytest.FixtureRequest) -> str:
    """Where the bytes are makes no difference to who sends them."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


@pytest.fixture
def sender(sign_in: SignIn, participant: Membership) -> Client:
    return sign_in(participant)


def begin(sender: Client, clip: Clip, length: object = len(CONTENT), **headers: str) -> Response:
    url = reverse("video_feedback:begin_upload", args=[clip.pk])
    return sender.post(url, headers=TUS | CUT | {"Upload-Length": str(length)} | headers)


def patch(
    sender: Client, url: str, offset: int | str, body: bytes, content_type: str = OFFSET_STREAM, **headers: str
) -> Response:
    return sender.generic("PATCH", url, body, content_type, headers=TUS | {"Upload-Offset": str(offset)} | headers)


@pytest.fixture
def url(sender: Client, clip: Clip) -> str:
    return begin(sender, clip)["Location"]


def test_options_says_what_we_can_without_being_asked_for_a_version(sender: Client, clip: Clip) -> None:
    response = sender.options(reverse("video_feedback:begin_upload", args=[clip.pk]))

    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert response["Tus-Max-Size"] == str(2 * 1024**3)
    assert response["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_creation_answers_an_address_of_which_nothing_is_in(sender: Client, clip: Clip) -> None:
    name = base64.b64encode("Les één.mov".encode()).decode()

    response = begin(sender, clip, **{"Upload-Metadata": f"cut MQ==,filename {name},is_confidential"})

    assert (response.status_code, response["Tus-Resumable"]) == (201, "1.0.0")
    upload = Upload.objects.get(clip=clip)
    assert response["Location"] == reverse("video_feedback:upload", args=[upload.pk])
    assert (upload.length, upload.offset, upload.filename) == (len(CONTENT), 0, "Les één.mov")
    head = sender.head(response["Location"], headers=TUS)
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "0", str(len(CONTENT)))
    assert "no-store" in head["Cache-Control"]
    assert head["Upload-Expires"].endswith(" GMT")
    assert upload.in_bucket or os.stat(upload.path).st_mode & 0o777 == 0o600


def test_a_recording_comes_in_in_pieces(sender: Client, clip: Clip, url: str) -> None:
    for start, end in [(0, 700), (700, 1500), (1500, 2000)]:
        response = patch(sender, url, start, CONTENT[start:end])
        assert (response.status_code, response["Upload-Offset"]) == (204, str(end))
        assert sender.head(url, headers=TUS)["Upload-Offset"] == str(end)

    assert content_of(Upload.objects.get(clip=clip)) == CONTENT[:2000]
    clip.refresh_from_db()
    assert clip.state == Clip.State.UPLOADING


def test_the_last_byte_queues_the_conversion_once(
    sender: Client, clip: Clip, url: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        response = patch(sender, url, 0, CONTENT)
        recordings.finish_upload(actor=clip.uploaded_by.user, upload=Upload.objects.get(clip=clip))

    assert response.status_code == 204
    clip.refresh_from_db()
    assert clip.state == Clip.State.QUEUED
    assert len(callbacks) == 1


@pytest.mark.parametrize("state", ["queued", "converting"])
def test_all_of_it_is_in_and_head_says_so_but_nothing_more_can_be_done_with_it(
    sender: Client, clip: Clip, url: str, state: str
) -> None:
    """tus, HEAD: "even if the upload is already considered completed"."""
    patch(sender, url, 0, CONTENT)
    Clip.objects.filter(pk=clip.pk).update(state=state)

    head = sender.head(url, headers=TUS)

    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (
        200,
        str(len(CONTENT)),
        str(len(CONTENT)),
    )
    assert patch(sender, url, len(CONTENT), b"!").status_code == 409
    assert sender.delete(url, headers=TUS).status_code == 409
    assert content_of(Upload.objects.get(clip=clip)) == CONTENT


def test_another_version_is_refused_and_ours_is_named(sender: Client, clip: Clip, url: str) -> None:
    for method in ("head", "patch", "delete"):
        response = getattr(sender, method)(url, headers={"Tus-Resumable": "0.2.2"})
        assert (response.status_code, response["Tus-Version"]) == (412, "1.0.0")
    assert sender.post(reverse("video_feedback:begin_upload", args=[clip.pk])).status_code == 412


@pytest.mark.parametrize("offset", [1, 4000])
def test_a_wrong_offset_changes_nothing(sender: Client, clip: Clip, url: str, offset: int) -> None:
    assert patch(sender, url, offset, b"abc").status_code == 409
    assert Upload.objects.get(clip=clip).offset == 0


@pytest.mark.parametrize("offset", ["", "-1", "een", "9" * 5000])
def test_an_offset_that_is_no_number_is_refused(sender: Client, url: str, offset: str) -> None:
    assert patch(sender, url, offset, b"abc").status_code == 400


def test_only_the_offset_stream_is_taken(sender: Client, clip: Clip, url: str) -> None:
    assert patch(sender, url, 0, b"abc", "video/mp4").status_code == 415
    assert Upload.objects.get(clip=clip).offset == 0


def test_more_than_was_announced_is_refused_before_it_is_written(sender: Client, clip: Clip, url: str) -> None:
    assert patch(sender, url, 0, CONTENT + b"!").status_code == 413
    assert Upload.objects.get(clip=clip).offset == 0


class Stalled:
    """A body that comes in pieces, and does something else between two of them, as a slow line leaves time for."""

    def __init__(self, *pieces: bytes, meanwhile: Callable[[], object]) -> None:
        self.pieces, self.meanwhile = list(pieces), meanwhile

    def read(self, *_size: int) -> bytes:
        if len(self.pieces) == 1:
            self.meanwhile()
        return self.pieces.pop(0) if self.pieces else b""

    readline = read


def patch_slowly(sender: Client, url: str, offset: int, body: Stalled, **headers: str) -> Response:
    length = sum(len(piece) for piece in body.pieces)
    raw: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": OFFSET_STREAM}
    return sender.generic("PATCH", url, b"", headers=TUS | {"Upload-Offset": str(offset)} | headers, **raw)


def test_a_newer_request_takes_over_and_what_the_older_still_brings_is_thrown_away(
    sender: Client, clip: Clip, url: str, store: str
) -> None:
    newer: list[Response] = []

    def carry_on() -> None:
        offset = int(sender.head(url, headers=TUS)["Upload-Offset"])
        assert offset == (3 if store == "disk" else 0), "of less than a part nothing counts before its request ends"
        newer.append(patch(sender, url, offset, b"abcdef"[offset:]))

    older = patch_slowly(sender, url, 0, Stalled(b"abc", b"XXXX", meanwhile=carry_on))

    assert (newer[0].status_code, newer[0]["Upload-Offset"]) == (204, "6")
    assert (older.status_code, older["Upload-Overtaken"]) == (409, "1")
    assert older.content.decode() == "Deze opname gaat in een ander venster verder."
    assert content_of(Upload.objects.get(clip=clip)) == b"abcdef"


def test_what_an_older_request_could_not_check_goes_when_a_newer_takes_over(
    sender: Client, clip: Clip, url: str
) -> None:
    checksum = f"sha1 {base64.b64encode(hashlib.sha1(b'abcXXXX', usedforsecurity=False).digest()).decode()}"
    seen: list[str] = []

    def meanwhile() -> None:
        seen.append(sender.head(url, headers=TUS)["Upload-Offset"])
        assert patch(sender, url, 0, b"def").status_code == 204

    older = patch_slowly(sender, url, 0, Stalled(b"abc", b"XXXX", meanwhile=meanwhile), **{"Upload-Checksum": checksum})

    assert seen == ["0"]
    assert older.status_code == 409
    assert content_of(Upload.objects.get(clip=clip)) == b"def"


def test_what_is_ended_while_it_comes_in_leaves_nothing(
    sender: Client, clip: Clip, url: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    upload = Upload.objects.get(clip=clip)

    def end() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert sender.delete(url, headers=TUS).status_code == 204

    assert patch_slowly(sender, url, 0, Stalled(b"abc", b"def", meanwhile=end)).status_code == 409
    assert is_gone(upload.pk)


@pytest.mark.django_db(transaction=True)
def test_while_a_body_comes_in_no_connection_to_the_database_is_held(sender: Client, url: str) -> None:
    held: list[object] = []
    body = Stalled(b"abc", b"def", meanwhile=lambda: held.append(connection.connection))

    assert patch_slowly(sender, url, 0, body).status_code == 204
    assert held == [None]


def test_a_person_sends_four_recordings_at_once_and_the_fifth_waits_its_turn(
    sender: Client, make_clip: MakeClip, participant: Membership
) -> None:
    def new_url() -> str:
        return begin(sender, make_clip(participant, state=Clip.State.UPLOADING))["Location"]

    fifth, answers = new_url(), []

    def send(number: int) -> Response:
        if number == 4:
            answers.append(patch(sender, fifth, 0, b"abc"))
            return answers[-1]
        answers.append(patch_slowly(sender, new_url(), 0, Stalled(b"abc", b"def", meanwhile=lambda: send(number + 1))))
        return answers[-1]

    send(0)

    assert [answer.status_code for answer in answers] == [503, 204, 204, 204, 204]
    assert int(answers[0]["Retry-After"]) > 0
    assert "Je verstuurt al 4 opnames tegelijk." in answers[0].content.decode()
    assert patch(sender, fifth, 0, b"abc").status_code == 204


def test_a_process_keeps_threads_for_pages(sender: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "THREADS", 0)

    response = patch(sender, url, 0, b"abc")

    assert (response.status_code, int(response["Retry-After"]) > 0) == (503, True)
    assert "Er komen nu veel opnames binnen." in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_only_a_post_becomes_another_method(sender: Client, clip: Clip, url: str, method: str) -> None:
    response = getattr(sender, method)(url, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})

    assert response.status_code == (405 if method == "get" else 200)
    assert Upload.objects.filter(clip=clip).exists()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_that_fits_is_taken_and_one_that_does_not_leaves_nothing(
    sender: Client, clip: Clip, url: str, algorithm: str
) -> None:
    digest = base64.b64encode(hashlib.new(algorithm, b"abc").digest()).decode()

    assert patch(sender, url, 0, b"abd", **{"Upload-Checksum": f"{algorithm} {digest}"}).status_code == 460
    assert Upload.objects.get(clip=clip).offset == 0
    assert patch(sender, url, 0, b"abc", **{"Upload-Checksum": f"{algorithm} {digest}"}).status_code == 204
    assert Upload.objects.get(clip=clip).offset == 3


@pytest.mark.parametrize("checksum", ["md5 kAFQmDzST7DWlj99KOF/cg==", "sha1 geen-base64!", "sha1"])
def test_a_checksum_that_we_cannot_read_is_refused(sender: Client, clip: Clip, url: str, checksum: str) -> None:
    assert patch(sender, url, 0, b"abc", **{"Upload-Checksum": checksum}).status_code in {400, 460}
    assert Upload.objects.get(clip=clip).offset == 0


def test_what_is_ended_is_gone_with_its_bytes(
    sender: Client, clip: Clip, url: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    upload = Upload.objects.get(clip=clip)
    patch(sender, url, 0, b"abc")
    assert not is_gone(upload.pk)

    with django_capture_on_commit_callbacks(execute=True):
        assert sender.delete(url, headers=TUS).status_code == 204

    assert is_gone(upload.pk)
    for response in (sender.head(url, headers=TUS), patch(sender, url, 0, b"abc")):
        assert (response.status_code, response.content) == (404, b"")
        assert "Upload-Offset" not in response
    clip.refresh_from_db()
    assert clip.state == Clip.State.UPLOADING, "the form stays, another recording may come"


def test_after_three_days_it_is_over(
    sender: Client, clip: Clip, url: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    patch(sender, url, 0, b"abc")
    upload = Upload.objects.get(clip=clip)
    assert not is_gone(upload.pk)
    three_days = timedelta(days=3, minutes=1)
    with time_machine.travel(timezone.now() + three_days, tick=False):
        sender.force_login(clip.owner.user, "django.contrib.auth.backends.ModelBackend")
        assert sender.head(url, headers=TUS).status_code == 410
    # A bucket answers nobody whose clock is days ahead, so here the days go by on the row.
    Upload.objects.update(expires_at=upload.expires_at - three_days)

    with django_capture_on_commit_callbacks(execute=True):
        make_room()

    assert is_gone(upload.pk)
    assert not Upload.objects.filter(clip=clip).exists()


def test_the_method_may_stand_in_a_header(sender: Client, clip: Clip, url: str) -> None:
    headers = TUS | {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}

    assert sender.post(url, b"abc", OFFSET_STREAM, headers=headers).status_code == 204
    assert sender.post(url, headers=TUS | {"X-HTTP-Method-Override": "GET"}).status_code == 405


@pytest.mark.parametrize(
    ("length", "status", "word"),
    [
        (0, 400, "leeg"),
        ("", 400, "Upload-Length"),
        ("9" * 5000, 400, "Upload-Length"),
        (2 * 1024**3 + 1, 413, "2 GB"),
    ],
)
def test_a_length_that_cannot_be_is_refused_with_a_sentence(
    sender: Client, clip: Clip, length: object, status: int, word: str
) -> None:
    response = begin(sender, clip, length)

    assert (response.status_code, word in response.content.decode()) == (status, True)
    assert not Upload.objects.exists()


def test_quota_of_person_and_group_count_what_is_announced(
    sender: Client, clip: Clip, make_clip: MakeClip, participant: Membership, colleague: Membership
) -> None:
    full = make_clip(participant)
    Clip.objects.filter(pk=full.pk).update(size=room.PER_PERSON)
    response = begin(sender, clip)
    assert (response.status_code, "Je hebt geen ruimte meer" in response.content.decode()) == (413, True)

    Clip.objects.filter(pk=full.pk).update(size=room.PER_GROUP, owner=colleague, uploaded_by=colleague)
    response = begin(sender, clip)
    assert (response.status_code, "De groep heeft geen ruimte meer" in response.content.decode()) == (413, True)
    assert not Upload.objects.exists()


def test_a_full_disk_refuses_before_the_first_byte(sender: Client, clip: Clip, settings: Settings) -> None:
    settings.DISK_RESERVE = 10**18

    assert begin(sender, clip).status_code == 507


def test_metadata_that_is_no_base64_is_refused(sender: Client, clip: Clip) -> None:
    assert begin(sender, clip, **{"Upload-Metadata": "filename ###"}).status_code == 400


def test_a_new_upload_takes_the_place_of_the_unfinished_one(sender: Client, clip: Clip, url: str) -> None:
    patch(sender, url, 0, b"abc")

    second = begin(sender, clip)["Location"]

    assert second != url
    assert sender.head(url, headers=TUS).status_code == 404
    assert sender.head(second, headers=TUS)["Upload-Offset"] == "0"


def told(**values: str) -> dict[str, str]:
    pairs = [f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items()]
    return {"Upload-Metadata": ",".join(["cut MQ==", *pairs])}


SAME = told(filename="IMG_0042.MOV", fingerprint="0a" * 32)
"""What a browser tells of a film; a phone gives it another name the next time."""
SAME_AGAIN = told(filename="trim.8A1F.MOV", fingerprint="0a" * 32)


def test_the_same_film_under_another_name_goes_on_where_it_was(sender: Client, clip: Clip) -> None:
    first = begin(sender, clip, **SAME)
    patch(sender, first["Location"], 0, CONTENT[:700])

    second = begin(sender, clip, **SAME_AGAIN)

    assert (first["Upload-Offset"], second.status_code, second["Upload-Offset"]) == ("0", 201, "700")
    assert second["Location"] == first["Location"]
    assert patch(sender, second["Location"], 700, CONTENT[700:]).status_code == 204
    assert content_of(Upload.objects.get(clip=clip)) == CONTENT


@pytest.mark.parametrize(
    ("length", "metadata"),
    [
        (len(CONTENT) + 1, SAME_AGAIN),
        (len(CONTENT), told(filename="IMG_0042.MOV", fingerprint="0b" * 32)),
        (len(CONTENT), told(filename="IMG_0042.MOV")),
    ],
)
def test_another_film_begins_anew(sender: Client, clip: Clip, length: int, metadata: dict[str, str]) -> None:
    first = begin(sender, clip, **SAME)["Location"]
    patch(sender, first, 0, CONTENT[:700])

    second = begin(sender, clip, length, **metadata)

    assert (second["Location"] == first, second["Upload-Offset"]) == (False, "0")


@pytest.mark.parametrize("fingerprint", ["", "0A" * 32, "0a" * 31, "x" * 5000])
def test_what_is_no_fingerprint_makes_nothing_the_same(sender: Client, clip: Clip, fingerprint: str) -> None:
    metadata = told(filename="IMG_0042.MOV", fingerprint=fingerprint)
    first, second = begin(sender, clip, **metadata), begin(sender, clip, **metadata)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first["Location"] != second["Location"]
    assert Upload.objects.get(clip=clip).fingerprint == ""


def test_what_is_over_or_lost_its_bytes_begins_anew(sender: Client, clip: Clip, store: str) -> None:
    addresses = [begin(sender, clip, **SAME)["Location"]]
    if store == "disk":  # In the bucket the row says what is in.
        Upload.objects.get(clip=clip).path.unlink()
        addresses.append(begin(sender, clip, **SAME)["Location"])
    Upload.objects.update(expires_at=timezone.now())
    addresses.append(begin(sender, clip, **SAME)["Location"])

    assert len(set(addresses)) == len(addresses)


def test_a_fingerprint_is_kept_only_until_all_of_it_is_in(sender: Client, clip: Clip) -> None:
    url = begin(sender, clip, **SAME)["Location"]
    patch(sender, url, 0, CONTENT[:700])
    assert Upload.objects.get(clip=clip).fingerprint == "0a" * 32

    patch(sender, url, 700, CONTENT[700:])

    assert Upload.objects.get(clip=clip).fingerprint == ""


def test_a_film_that_failed_is_no_upload_to_go_on_with(sender: Client, clip: Clip) -> None:
    url = begin(sender, clip, **SAME)["Location"]
    patch(sender, url, 0, CONTENT)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.FAILED)

    assert begin(sender, clip, **SAME)["Location"] != url


def test_a_fragment_with_a_recording_takes_no_other(
    sender: Client, make_clip: MakeClip, participant: Membership
) -> None:
    assert begin(sender, make_clip(participant)).status_code == 409


def test_only_the_one_who_sends_can_carry_on(
    clip: Clip, url: str, sign_in: SignIn, maatje: Membership, coach: Membership, other_member: Membership
) -> None:
    for stranger in (maatje, coach, other_member):
        theirs = sign_in(stranger)
        assert begin(theirs, clip).status_code == 404
        assert theirs.head(url, headers=TUS).status_code == 404
        assert patch(theirs, url, 0, b"abc").status_code == 404
        assert theirs.delete(url, headers=TUS).status_code == 404
    missing = reverse("video_feedback:upload", args=[uuid.uuid4()])
    assert sign_in(maatje).head(missing, headers=TUS).status_code == 404


def test_the_maatje_sends_for_the_owner(
    make_clip: MakeClip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING)

    assert begin(sign_in(maatje), clip).status_code == 201


def test_a_complete_upload_that_a_crash_left_is_picked_up(
    clip: Clip, sender: Client, url: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    """Killed between the last byte and the state: what is in tells."""
    bring(Upload.objects.get(clip=clip), CONTENT)

    with django_capture_on_commit_callbacks():
        sweep_clips()

    clip.refresh_from_db()
    assert clip.state == Clip.State.QUEUED
