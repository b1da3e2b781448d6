"""The people of a meeting whose pages follow it, on one thread: each in the words of the page's own module."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.servers import Portal, wait_until

SEED = """
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Nobody logs in with it.
from leervragen.models import Leervraag
from meetings.models import Meeting
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("De zaal")
coach = make_member(group, coach=True)
members = [make_member(group, school=None) for _person in range({people})]
meeting = make_meeting(group, position=1, state=Meeting.State.RUNNING)
for member in members[:{strips}]:
    Leervraag.objects.create(meeting=meeting, author=member, text="Hoe begin ik een kringgesprek?")
strip = Leervraag.objects.filter(meeting=meeting).first()
print("SEEDED", meeting.pk, strip.pk, make_session(coach.user), *(make_session(member.user) for member in members))
"""
QUICK, QUIET, LIVELY = 0.5, 2.0, 60.0
"""Seconds, as in static/js/shared/live-rules.js."""


@dataclass(frozen=True)
class Room:
    meeting: str
    strip: str
    coach: str
    sessions: list[str]

    @classmethod
    def of(cls, portal: Portal, *, people: int, strips: int) -> "Room":
        """A running meeting with so many deelnemers, each with a session, of whom some asked a question."""
        meeting, strip, coach, *sessions = portal.seed(SEED.format(people=people, strips=strips))
        return cls(meeting, strip, coach, sessions)

    @property
    def topic(self) -> str:
        return f"meetlat:{self.meeting}"


@dataclass
class Seen:
    """Which versions came when, to each of them, and what went wrong."""

    at: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    open: int = 0
    bytes_in: int = 0

    def note(self, who: str, version: int) -> None:
        self.at.setdefault(who, []).append((version, perf_counter()))

    def has_all(self, version: int, people: int) -> bool:
        return len(self._times_of(version)) == people

    def delays(self, version: int, since: float) -> list[float]:
        """Seconds until each of them saw this version, or a later one at once."""
        return [max(at - since, 0) for at in self._times_of(version)]

    def _times_of(self, version: int) -> list[float]:
        found = [next((at for seen, at in came if seen >= version), None) for came in list(self.at.values())]
        return [at for at in found if at is not None]


@contextmanager
def together(works: list[Any]) -> Iterator[None]:
    """While these coroutines run, on a loop of their own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    tasks = [asyncio.run_coroutine_threadsafe(work, loop) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
        loop.close()


async def listen(port: int, topic: str, session: str, seen: Seen) -> None:
    """A stream, until it ends."""
    path = f"/stroom/?{urlencode({'topic': topic})}"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            seen.errors.append(f"a stream was answered: {head!r}")
            return
        first = True
        while piece := await reader.read(4096):
            if first:
                seen.open += 1
            else:
                seen.bytes_in += len(piece)
                for line in piece.split(b"\n"):
                    if line.startswith(b"data:") and line.strip() != b"data:":
                        seen.note(session, int(line.rpartition(b" ")[2]))
            first = False
    except OSError as problem:
        seen.errors.append(f"a stream broke: {problem!r}")
    finally:
        writer.close()


async def follow(portal: Portal, room: Room, session: str, seen: Seen, *, begins_after: float) -> None:
    """What static/js/shared/follow.js and a live region do on the page of the meetlat, where there is no stream."""
    await asyncio.sleep(begins_after)
    line = _Line(portal.url, session, seen)
    page, topic = f"/bijeenkomsten/{room.meeting}/meetlat/", room.topic
    version, tag, last = 0, "", perf_counter()
    try:
        while True:
            status, headers, body = await line.ask(f"/live/{topic}/", {"If-None-Match": f'"{version}"'})
            if status == 200 and (newest := json.loads(body)["version"]) > version:
                own = {"HX-Request": "true"} | ({"If-None-Match": tag} if tag else {})
                status, headers, _html = await line.ask(page, own)
                tag = headers.get("etag", tag)
                if status in (200, 304):  # It may have been in what came before, too.
                    seen.note(session, newest)
                version, last = newest, perf_counter()
            if status not in (200, 304):
                seen.errors.append(f"someone who polls was answered {status}")
            seen.open += 1
            await asyncio.sleep(QUICK if perf_counter() - last < LIVELY else QUIET)
    except (OSError, EOFError, ValueError) as problem:
        seen.errors.append(f"someone who polls met {problem!r}")
    finally:
        line.close()


class _Line:
    """A connection that stays open, as a browser's."""

    def __init__(self, url: str, session: str, seen: Seen) -> None:
        self._address, self._session, self._seen = urlsplit(url), session, seen
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._address.hostname, self._address.port)
        own = {"Host": "127.0.0.1", "Cookie": f"sessionid={self._session}", "Sec-Fetch-Mode": "cors"} | headers
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items()), "", ""]
        self._writer.write("\r\n".join(lines).encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").strip().split("\r\n")
        told = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        body = b""
        if told.get("transfer-encoding") == "chunked":
            while size := int(await self._reader.readline(), 16):
                body += (await self._reader.readexactly(size + 2))[:-2]
            await self._reader.readline()
        elif "content-length" in told:
            body = await self._reader.readexactly(int(told["content-length"]))
        self._seen.bytes_in += len(head) + len(body)
        return int(first.split()[1]), told, body

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def all_there(seen: Seen, people: int) -> None:
    wait_until(lambda: seen.open >= people or seen.errors, f"{people} who listen, not {seen.open}", 60)
    assert seen.errors == [], seen.errors[:3]
