"""Two portals with data folders of their own, one database and one bucket (docs/security.md U1)."""

import hashlib
import os
import random
import re
import secrets
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bucket import Bucket
from tests.servers import Portal, S3Server, migrated, wait_until
from tests.tus import CUT
from tests.video_feedback.test_cut_connections import Sender
from video_feedback.receiving.in_bucket import PART

LENGTH = 2 * PART + 2_345_678
CONTENT = random.Random(7).randbytes(LENGTH)
OFFSET_STREAM = {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture(scope="module")
def machines(
    start_portal: Callable[..., Portal], s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Portal, Portal]:
    database = shutil.copy(migrated() / "db.sqlite3", tmp_path_factory.mktemp("database"))
    shared = s3_server.env | {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": secrets.token_urlsafe(64)}
    return start_portal(parts="web", **shared), start_portal(parts="web", **shared)


@pytest.fixture
def bucket(s3_server: S3Server) -> Bucket:
    return s3_server.bucket()


@pytest.fixture
def here(machines: tuple[Portal, Portal]) -> Sender:
    return Sender(machines[0])


@pytest.fixture
def there(here: Sender, machines: tuple[Portal, Portal]) -> Sender:
    return here.at(machines[1])


def begin(sender: Sender, length: int) -> str:
    begun = sender.ask("POST", f"/uploads/nieuw/{sender.clip}/", b"", **{"Upload-Length": str(length)} | CUT)
    assert begun.status == 201, begun.status
    return begun.headers["Location"]


def send_rest(sender: Sender, url: str, content: bytes) -> None:
    """As a browser does it: once more from where the portal is, when another request still wrote what it had."""

    def is_in() -> bool:
        offset = sender.offset(url)
        try:
            answer = sender.ask("PATCH", url, content[offset:], **OFFSET_STREAM, **{"Upload-Offset": str(offset)})
        except ConnectionError:
            return False  # Refused while the body was still on its way.
        assert answer.status in {204, 409}, answer.status
        return answer.status == 204

    wait_until(is_in, "the rest", 60)


def sha256_of(bucket: Bucket, url: str) -> str:
    return hashlib.sha256(bucket.read(f"{url.strip('/')}/recording")).hexdigest()


def test_begun_on_one_machine_and_cut_anywhere_it_ends_on_the_other(
    here: Sender, there: Sender, bucket: Bucket
) -> None:
    url, dice, sent = begin(here, LENGTH), random.Random(11), 0
    for number in range(8):
        sender = (here, there)[number % 2]
        offset = sender.offset(url)
        assert offset <= sent
        after = dice.randint(0, LENGTH // 8)
        sender.cut(url, offset, CONTENT[offset:], after, hard=number % 3 == 2)
        sent = max(sent, offset + after)
    kept = wait_until(lambda: there.offset(url), "something that was kept", 10)
    assert kept > 0, "what came in before a cut is kept"

    send_rest(there, url, CONTENT)

    assert sha256_of(bucket, url) == hashlib.sha256(CONTENT).hexdigest()
    assert f"{url.strip('/')}/recording" not in bucket.unfinished()


def test_one_machine_takes_over_from_the_other(here: Sender, there: Sender, bucket: Bucket) -> None:
    url = begin(here, LENGTH)
    wrong = CONTENT[: PART + 1000] + b"X" * (LENGTH - PART - 1000)
    with here.stall(url, 0, wrong, PART + 100_000) as stalled:
        wait_until(lambda: there.offset(url) == PART, "the first part", 30)

        send_rest(there, url, CONTENT)
        stalled.sendall(wrong[PART + 100_000 :])
        answer = stalled.recv(65536).decode()

    assert re.match(r"HTTP/1.1 409 ", answer)
    assert "upload-overtaken: 1" in answer.lower()
    assert sha256_of(bucket, url) == hashlib.sha256(CONTENT).hexdigest()


def test_what_counted_outlives_a_machine_that_is_killed(
    here: Sender, there: Sender, machines: tuple[Portal, Portal], bucket: Bucket
) -> None:
    url = begin(here, LENGTH)
    send = {**OFFSET_STREAM, "Upload-Offset": "0"}
    with here.stall(url, 0, CONTENT, 2 * PART + 100_000):
        wait_until(lambda: there.offset(url) == 2 * PART, "two parts", 30)

        for pid in _workers(machines[0]):
            os.kill(pid, signal.SIGKILL)

    assert there.offset(url) == 2 * PART
    assert there.ask("PATCH", url, CONTENT[:10], **send).status == 409, "nothing that is in is sent again"
    send_rest(there, url, CONTENT)
    assert sha256_of(bucket, url) == hashlib.sha256(CONTENT).hexdigest()
    wait_until(lambda: machines[0].roles["granian worker"] == 2, "new workers", 30)


def test_memory_does_not_grow_with_the_recording(machines: tuple[Portal, Portal]) -> None:
    """Some small ones first, for what each worker loads once and keeps."""
    portal = machines[1]
    for _turn in range(6):
        small = Sender(portal)
        send_rest(small, begin(small, 2 * PART), CONTENT[: 2 * PART])
    before = _peaks(portal)
    content = random.Random(3).randbytes(16 * PART)

    large = Sender(portal)
    send_rest(large, begin(large, len(content)), content)

    grown = {pid: peak - before[pid] for pid, peak in _peaks(portal).items()}
    assert max(grown.values()) * 1024 < 3 * PART, f"{grown} KiB more, by one of {len(content) // 1024}"


def _workers(portal: Portal) -> list[int]:
    return [pid for pid, role in portal.processes.items() if role == "granian worker"]


def _peaks(portal: Portal) -> dict[int, int]:
    """The most memory that each worker has had, in KiB."""
    status = {pid: Path(f"/proc/{pid}/status").read_text() for pid in _workers(portal)}
    return {pid: int(re.findall(r"VmHWM:\s+(\d+)", text)[0]) for pid, text in status.items()}
