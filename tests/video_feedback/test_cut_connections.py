"""Uploads over raw sockets to the real server, cut anywhere (docs/security.md U1): what came in is not sent again."""

import hashlib
import http.client
import random
import socket
import struct
import time
from collections.abc import Callable
from contextlib import closing
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import Portal
from tests.tus import CUT

SEED = """
from tests.factories import make_group, make_member, make_session
from video_feedback.models import Clip
member = make_member(make_group(), "Marijke Hoekstra", school=None)
clips = [Clip.objects.create(owner=member, uploaded_by=member, title=f"Kring {number}") for number in range(%d)]
print("SEEDED", make_session(member.user), *(clip.pk for clip in clips))
"""
TOKEN = "a" * 32
LENGTH = 3_000_000


class Sender:
    """A browser that has logged in, down to the bytes, with so many fragments that wait for a recording."""

    def __init__(self, portal: Portal, clips: int = 1) -> None:
        session, *self.clips = portal.seed(SEED % clips)
        self.address = urlsplit(portal.url)
        self.uploads = Path(portal.env["NETWERKLEREN_VAR"]) / "uploads"
        self.headers = {
            "Host": self.address.netloc,
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Tus-Resumable": "1.0.0",
        }

    @property
    def clip(self) -> str:
        return self.clips[0]

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        with closing(http.client.HTTPConnection(str(self.address.hostname), self.address.port, timeout=30)) as line:
            line.request(method, url, body or None, self.headers | headers)
            answer = line.getresponse()
            answer.read()
        return answer

    def cut(self, url: str, offset: int, body: bytes, after: int, *, hard: bool) -> None:
        """Announces the whole body, sends `after` bytes of it, and is gone: politely, or as a phone in a tunnel."""
        connection = self.stall(url, offset, body, after)
        if hard:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        time.sleep(0.05)
        connection.close()

    def stall(self, url: str, offset: int, body: bytes, after: int) -> socket.socket:
        """Announces the whole body, sends `after` bytes of it, and waits."""
        headers = self.headers | {
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(body)),
            "Upload-Offset": str(offset),
        }
        lines = [f"PATCH {url} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        connection = socket.create_connection((self.address.hostname, self.address.port), timeout=30)
        connection.sendall("\r\n".join(lines).encode())
        connection.sendall(body[:after])
        return connection

    def at(self, portal: Portal) -> "Sender":
        """The same browser, as a proxy brings it to another machine."""
        other = copy(self)
        other.address = urlsplit(portal.url)
        other.headers = self.headers | {"Host": other.address.netloc}
        return other

    def offset(self, url: str) -> int:
        return int(self.ask("HEAD", url).headers["Upload-Offset"])


@pytest.fixture
def sender(start_portal: Callable[..., Portal]) -> Sender:
    return Sender(start_portal(parts="web"))


def test_cut_anywhere_and_carried_on_it_is_the_same_recording(sender: Sender) -> None:
    content = random.Random(7).randbytes(LENGTH)
    # One byte more is announced than comes, so that the recording is not converted and can be read here.
    begun = sender.ask("POST", f"/uploads/nieuw/{sender.clip}/", b"", **{"Upload-Length": str(LENGTH + 1)} | CUT)
    assert begun.status == 201, begun.status
    url, dice, sent = begun.headers["Location"], random.Random(11), 0

    for number in range(12):
        offset = sender.offset(url)
        assert offset <= sent
        after = dice.randint(0, 400_000)
        sender.cut(url, offset, content[offset:], after, hard=number % 2 == 1)
        sent = max(sent, offset + after)

    assert sender.offset(url) > 0, "what came in before a cut is kept"
    _carry_on(sender, url, content)
    assert sender.offset(url) == LENGTH
    assert _stored(sender, url) == hashlib.sha256(content).hexdigest()


def _carry_on(sender: Sender, url: str, content: bytes) -> None:
    """As a page does: asks how much is in, and once more where the last request that was cut still wrote after that."""
    for _turn in range(5):
        kept = sender.offset(url)
        status = sender.ask("PATCH", url, content[kept:], **_patch(kept)).status
        if status != 409:
            break
    assert status == 204


def _patch(offset: int) -> dict[str, str]:
    return {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}


def _stored(sender: Sender, url: str) -> str:
    recording = sender.uploads / url.strip("/").rpartition("/")[2]
    return hashlib.sha256(recording.read_bytes()).hexdigest()
