"""Recordings on their way in, in a real bucket (docs/security.md U1): parts, the rest, and turns over machines."""

import base64
import hashlib
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from groups.models import Membership
from tests.bucket import Bucket
from tests.types import MakeClip
from tests.video_feedback.bucket import CONTENT, LENGTH
from tests.video_feedback.stores import bring, content_of, disk_at, elsewhere
from tests.video_feedback.test_uploads import TUS, Stalled, begin, patch, patch_slowly
from video_feedback import receiving
from video_feedback.models import Clip, Upload
from video_feedback.receiving import bucket as our_bucket
from video_feedback.receiving import in_bucket
from video_feedback.receiving.in_bucket import PART
from video_feedback.sweeping import sweep_clips

pytestmark = pytest.mark.on_postgresql  # a bucket makes each long, and which database is beside it no difference


def test_whole_parts_and_a_small_rest_are_in_the_bucket_and_nothing_on_the_disk(
    sender: Client, url: str, upload: Upload, bucket: Bucket, settings: Settings
) -> None:
    for start, end in [(0, PART + 1000), (PART + 1000, 2 * PART - 1), (2 * PART - 1, LENGTH - 1)]:
        response = patch(sender, url, start, CONTENT[start:end])
        assert (response.status_code, response["Upload-Offset"]) == (204, str(end))

    now = elsewhere(upload)
    assert (now.in_bucket, now.received, now.parts, now.rest != "") == (True, LENGTH - 1, [1, 2], True)
    folder = f"uploads/{upload.pk}/"
    assert bucket.unfinished() == [f"{folder}recording"]
    assert bucket.keys() == [f"{folder}{now.rest}"], "what the turns before left is gone"
    assert bucket.read(f"{folder}{now.rest}") == CONTENT[2 * PART : LENGTH - 1]
    assert [path for path in settings.UPLOAD_DIR.iterdir() if path.is_file()] == []


def test_the_last_byte_makes_one_object_of_it(
    sender: Client, clip: Clip, url: str, upload: Upload, bucket: Bucket, commits: Callable[[], Any]
) -> None:
    patch(sender, url, 0, CONTENT[: PART + 7])

    assert patch(sender, url, PART + 7, CONTENT[PART + 7 :]).status_code == 204

    clip.refresh_from_db()
    assert clip.state == Clip.State.QUEUED
    assert bucket.unfinished() == []
    assert bucket.keys() == [f"uploads/{upload.pk}/recording"]
    assert content_of(upload) == CONTENT


def test_to_finish_twice_and_at_once_is_to_finish_once(upload: Upload, bucket: Bucket) -> None:
    bring(upload, CONTENT)
    first, second = elsewhere(upload), elsewhere(upload)

    for row in (first, second, elsewhere(upload)):
        row.recording.finish()

    assert content_of(upload) == CONTENT


def test_killed_between_completing_and_the_row_it_is_picked_up(clip: Clip, upload: Upload, bucket: Bucket) -> None:
    bring(upload, CONTENT)
    upload.recording.finish()

    sweep_clips()

    clip.refresh_from_db()
    assert (clip.state, content_of(upload)) == (Clip.State.QUEUED, CONTENT)


def test_killed_before_completing_the_sweeper_completes(clip: Clip, upload: Upload, bucket: Bucket) -> None:
    bring(upload, CONTENT)
    assert bucket.unfinished() != []

    sweep_clips()

    clip.refresh_from_db()
    assert (clip.state, content_of(upload)) == (Clip.State.QUEUED, CONTENT)


class Killed(BaseException):
    """Stands for `kill -9`: what runs at the end of a request does not run."""


@pytest.mark.parametrize("after", range(1, 10))
def test_killed_at_any_question_to_the_bucket_what_was_noted_is_there(
    upload: Upload, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """After each answer of the bucket in turn: what counts is what the row says, and that can be carried on."""
    bring(upload, CONTENT[:1000])
    questions = 0
    ask = our_bucket._ask

    def counted(operation: str, **question: Any) -> Any:
        nonlocal questions
        answer = ask(operation, **question)
        questions += 1
        if questions >= after:
            raise Killed
        return answer

    with monkeypatch.context() as killing:
        killing.setattr(our_bucket, "_ask", counted)
        killing.setattr(in_bucket.TurnInBucket, "end", lambda self: None)
        with suppress(Killed):
            bring(elsewhere(upload), CONTENT[1000 : 2 * PART + 500_000])

    now = elsewhere(upload)
    assert now.offset in {1000, PART, 2 * PART}
    bring(now, CONTENT[now.offset :])
    now.recording.finish()
    assert content_of(upload) == CONTENT


def test_what_another_machine_takes_over_the_first_cannot_change(upload: Upload) -> None:
    """Also with other bytes: the first is in the middle of a part, and then sends it, its rest, and its end."""
    with pytest.raises(receiving.Overtaken), upload.recording.taking_turn() as first:
        first.append(CONTENT[: PART + 100])
        with elsewhere(upload).recording.taking_turn() as second:
            assert second.offset == PART
            second.append(CONTENT[PART : 2 * PART + 300])
            with pytest.raises(receiving.Overtaken):
                first.append(b"X" * 2 * PART)
        first.keep()

    now = elsewhere(upload)
    assert now.offset == 2 * PART + 300
    bring(now, CONTENT[now.offset :])
    now.recording.finish()
    assert content_of(upload) == CONTENT


def test_a_part_that_an_older_turn_still_sends_lands_beside_those_that_count(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its request was on its way when the newer one took over, and comes in after that one's own part."""
    put_part = our_bucket.put_part

    def late(*args: Any) -> None:
        monkeypatch.setattr(our_bucket, "put_part", put_part)
        bring(elsewhere(upload), CONTENT[: PART + 5])
        put_part(*args)

    monkeypatch.setattr(our_bucket, "put_part", late)
    with pytest.raises(receiving.Overtaken):
        bring(upload, b"X" * PART)

    now = elsewhere(upload)
    assert now.offset == PART + 5
    bring(now, CONTENT[now.offset :])
    now.recording.finish()
    assert content_of(upload) == CONTENT


def test_an_older_turn_that_makes_the_first_part_leaves_no_multipart_upload(
    upload: Upload, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_multipart = our_bucket.begin_multipart

    def late(key: str) -> str:
        monkeypatch.setattr(our_bucket, "begin_multipart", begin_multipart)
        bring(elsewhere(upload), CONTENT)
        return begin_multipart(key)

    monkeypatch.setattr(our_bucket, "begin_multipart", late)
    with pytest.raises(receiving.Overtaken):
        bring(upload, b"X" * PART)

    assert len(bucket.unfinished()) == 1
    elsewhere(upload).recording.finish()
    assert (content_of(upload), bucket.unfinished()) == (CONTENT, [])


def test_an_older_turn_that_ends_leaves_no_rest(upload: Upload, bucket: Bucket) -> None:
    with pytest.raises(receiving.Overtaken), upload.recording.taking_turn() as first:
        first.append(b"XXXX")
        bring(elsewhere(upload), CONTENT[:10])

    assert content_of(upload) == CONTENT[:10]
    assert len(bucket.keys()) == 1


def test_what_a_slow_line_brought_counts_before_its_request_ends(
    upload: Upload, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    monkeypatch.setattr(in_bucket, "KEEP_EVERY", 0)
    with pytest.raises(receiving.Overtaken), upload.recording.taking_turn() as silent:
        silent.append(CONTENT[:100])
        silent.append(CONTENT[100:250])
        now = elsewhere(upload)
        assert now.offset == 250
        bring(now, CONTENT[250:300])
        silent.append(b"X")

    assert content_of(upload) == CONTENT[:300]
    assert len(bucket.keys()) == 1


@pytest.mark.parametrize("size", [300, PART, PART + 300])
def test_with_a_checksum_that_does_not_fit_nothing_of_it_counts(
    sender: Client, url: str, upload: Upload, size: int
) -> None:
    bring(upload, CONTENT[:1000])
    digest = base64.b64encode(hashlib.sha256(CONTENT[1000 : 1000 + size]).digest()).decode()
    checksum = {"Upload-Checksum": f"sha256 {digest}"}

    assert patch(sender, url, 1000, b"X" * size, **checksum).status_code == 460
    assert sender.head(url, headers=TUS)["Upload-Offset"] == "1000"

    answer = patch(sender, url, 1000, CONTENT[1000 : 1000 + size], **checksum)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(1000 + size))
    assert patch(sender, url, 1000 + size, CONTENT[1000 + size :]).status_code == 204
    assert content_of(upload) == CONTENT


def test_an_unsure_part_counts_only_when_its_checksum_was_seen(sender: Client, url: str, upload: Upload) -> None:
    seen: list[str] = []
    body = CONTENT[: PART + 10]
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    stalled = Stalled(
        body[:PART], body[PART:], meanwhile=lambda: seen.append(sender.head(url, headers=TUS)["Upload-Offset"])
    )

    assert patch_slowly(sender, url, 0, stalled, **{"Upload-Checksum": f"sha1 {digest}"}).status_code == 204

    assert (seen, elsewhere(upload).offset) == (["0"], PART + 10)


def test_what_waits_on_the_disk_when_the_portal_gets_a_bucket_still_ends(
    make_clip: MakeClip, participant: Membership, sender: Client, settings: Settings, bucket: Bucket
) -> None:
    clip = make_clip(participant, state=Clip.State.UPLOADING)
    to_bucket = settings.STORAGES
    settings.STORAGES = to_bucket | {"footage": disk_at(settings.VAR_DIR / "before")}
    url = begin(sender, clip, LENGTH)["Location"]
    patch(sender, url, 0, CONTENT[:1000])
    settings.STORAGES = to_bucket

    assert sender.head(url, headers=TUS)["Upload-Offset"] == "1000"
    assert patch(sender, url, 1000, CONTENT[1000:]).status_code == 204

    clip.refresh_from_db()
    assert (clip.state, clip.upload.path.read_bytes()) == (Clip.State.QUEUED, CONTENT)
    assert bucket.keys() == []


def test_a_small_disk_refuses_no_recording_that_goes_to_the_bucket(
    clip: Clip, sender: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = settings.DISK_RESERVE + 1000
    monkeypatch.setattr("netwerkleren.base.disk.shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))

    assert begin(sender, clip, LENGTH).status_code == 201


def test_keys_hold_no_names_and_what_lies_there_is_private(
    sender: Client, clip: Clip, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = base64.b64encode(b"Les van Marijke.mov").decode()
    url = begin(sender, clip, LENGTH, **{"Upload-Metadata": f"cut MQ==,filename {name}"})["Location"]
    asked: list[dict[str, Any]] = []
    ask = our_bucket._ask

    def noted(operation: str, **question: Any) -> Any:
        asked.append(question)
        return ask(operation, **question)

    monkeypatch.setattr(our_bucket, "_ask", noted)

    patch(sender, url, 0, CONTENT[: PART + 5])

    (upload,) = Upload.objects.all()
    assert set(bucket.keys() + bucket.unfinished()) == {
        f"uploads/{upload.pk}/{upload.rest}",
        f"uploads/{upload.pk}/recording",
    }
    assert [more["ACL"] for more in asked if "ACL" in more] == ["private", "private"]


@pytest.mark.django_db(transaction=True)
def test_while_the_bucket_answers_no_connection_to_the_database_is_held(
    sender: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[object] = []
    client_of = our_bucket._client_of

    def noted(store: Any) -> Any:
        held.append(connection.connection)
        return client_of(store)

    monkeypatch.setattr(our_bucket, "_client_of", noted)

    assert patch(sender, url, 0, CONTENT).status_code == 204
    assert len(held) > 4
    assert set(held) == {None}
