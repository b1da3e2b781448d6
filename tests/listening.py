"""A page's stream of events, as a test holds it open."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from netwerkleren.base.streams import PATH


class Line:
    """A stream that was asked for; `status` says whether it came."""

    def __init__(self, port: int, session: str, *topics: str, patience: float = 10) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        cookies = {"Cookie": f"sessionid={session}"} if session else {}
        self._connection.request("GET", f"{PATH}?{urlencode([('topic', topic) for topic in topics])}", headers=cookies)
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self.headers = self._answer.headers

    def next(self) -> str | None:
        """What it says next, "" for a pulse; None when it has ended. TimeoutError when nothing comes."""
        try:
            while line := self._answer.readline().decode():
                if line.startswith("data"):
                    return line.strip().removeprefix("data").removeprefix(":")
        except (http.client.HTTPException, ConnectionError):
            return None
        return None

    def close(self) -> None:
        self._answer.close()
        self._connection.close()


def status_of(port: int, session: str, *topics: str) -> int:
    """Whether this stream is given."""
    line = Line(port, session, *topics)
    line.close()
    return line.status


@contextmanager
def lines(port: int, sessions: list[str], *topics: str) -> Iterator[list[Line]]:
    """A stream for each session, after what it says first."""
    opened: list[Line] = []
    try:
        for session in sessions:
            opened.append(Line(port, session, *topics))
            for _topic in topics:
                opened[-1].next()
        yield opened
    finally:
        for line in opened:
            line.close()
