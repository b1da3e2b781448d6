"""People of a portal who send recordings, and a client for tus that costs as little as it can."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.servers import Portal
from tests.tus import CUT

TOKEN = "a" * 32
FILM = bytes.fromhex("00000018667479706d70343200000000") + b"mp42isom"
"""How an MP4 begins: what begins otherwise is refused."""

SEED = """
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Nobody logs in with it.
from tests.factories import make_group, make_member, make_session
from video_feedback.models import Clip
group, words = make_group(), []
for _person in range({people}):
    member = make_member(group, school=None)
    clips = [Clip.objects.create(owner=member, uploaded_by=member, title="Kring") for _clip in range({clips})]
    words.append(",".join([make_session(member.user), *(str(clip.pk) for clip in clips)]))
print("SEEDED", *words)
"""


@dataclass(frozen=True)
class Sender:
    """A member who is signed in, and the fragments that wait for a recording."""

    session: str
    clips: list[str]

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}

    @property
    def begin_paths(self) -> list[str]:
        """Where a new upload of each begins."""
        return [f"/uploads/nieuw/{clip}/" for clip in self.clips]

    @classmethod
    def of(cls, portal: Portal, *, people: int, clips: int) -> "list[Sender]":
        """So many people of one group, each with so many fragments."""
        words = portal.seed(SEED.format(people=people, clips=clips))
        return [cls(session, theirs) for session, *theirs in (word.split(",") for word in words)]


class Tus:
    """A client for tus 1.0 on one connection that stays open."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=120)
        self._headers = {"Tus-Resumable": "1.0.0", **(headers or {})}

    def begin(self, path: str, length: int) -> str:
        """The path of a new upload."""
        return urlsplit(self._ask("POST", path, {"Upload-Length": str(length), **CUT}, b"", 201)["Location"]).path

    def send(self, path: str, offset: int, piece: bytes | memoryview) -> None:
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        answer = self._ask("PATCH", path, headers, piece, 204)
        assert int(answer["Upload-Offset"]) == offset + len(piece)

    def close(self) -> None:
        self._connection.close()

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes | memoryview, status: int
    ) -> http.client.HTTPMessage:
        self._connection.request(method, path, body, self._headers | headers)
        answer = self._connection.getresponse()
        said = answer.read()
        assert answer.status == status, f"{method} {path}: {answer.status} {said[:200]!r}"
        return answer.headers
