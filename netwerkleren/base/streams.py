"""The streams of events: `GET /stroom/?topic=…&topic=…` says "<topic> <version>" at once, and at every change.

A plain ASGI app, which the process `live` of bin/serve runs where the database is PostgreSQL. It waits on one
connection for what `live.touch` says when a transaction has ended (`hearing.py`), and passes on a number, never
content, to who may still hear it. Where a topic goes by standing alone, those who listen are looked at together
(`standings.py`); who has moved, like anyone at another topic, is asked for anew (`listeners.py`). A stream that waits
holds no connection and no thread.

An empty event every quarter of a minute says that the line is whole, up to the database: it is sent when the process
has heard itself there. A page that hears none polls, as does one to which a stream is refused, for whichever reason.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar
from urllib.parse import parse_qs
from wsgiref.types import WSGIApplication

import psycopg
from django.db import DatabaseError

from . import live
from .hearing import Hearing
from .listeners import Gate, Listener, MayNotListen
from .standings import Standings

PATH = "/stroom/"
PULSE = 15.0
"""Seconds between two empty events: less than the minute after which a proxy takes a line for dead."""
LOOKED_AFTER = 4
"""Pulses between two looks at whether who listens still may, where nothing happens that would ask for it."""
LONGEST = 3600.0
"""Seconds until a stream ends, and its page opens another: then everything is asked anew."""
MOST_TOPICS = 12
MOST_STREAMS = 24
"""Of one account at once: more than anyone has pages in sight."""
OPENING_THREADS = 4
"""That let in who comes; together with what looks after who listens fewer than the pool has connections."""
EMPTY = b"data\n\n"

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"server", b"Netwerkleren"),
    (b"x-from-portal", b"1"),
]

T = TypeVar("T")
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)


class Stream(Listener):
    """What is to be sent stands in it until it is; of a topic the last version alone, however slow the line."""

    def __init__(self, headers: dict[str, str], topics: tuple[str, ...]) -> None:
        super().__init__(headers, topics)
        self.is_open = False
        self.missed: dict[str, int] = {}
        """What was said while the gate was being asked, which may have read an older version."""
        self._told: dict[str, int] = {}
        self._is_over = False
        self._is_pulse_due = False
        self._wakes = asyncio.Event()

    def open(self) -> None:
        self.is_open = True
        self._told = dict(self.known)
        self._wakes.set()

    def tell(self, topic: str, version: int) -> None:
        self.known[topic] = self._told[topic] = version
        self._wakes.set()

    def pulse(self) -> None:
        self._is_pulse_due = True
        self._wakes.set()

    def end(self) -> None:
        self._is_over = True
        self._wakes.set()

    async def next_lines(self) -> bytes:
        """Empty when it is over."""
        while not self._is_over:
            await self._wakes.wait()
            self._wakes.clear()
            told, self._told = self._told, {}
            is_pulse_due, self._is_pulse_due = self._is_pulse_due, False
            if told:
                return "".join(f"data:{topic} {version}\n\n" for topic, version in told.items()).encode()
            if is_pulse_due:
                return EMPTY
        return b""


class Streams:
    """The ASGI app. What it needs of an event loop begins at its first stream."""

    def __init__(self, portal: WSGIApplication) -> None:
        self._gate = Gate(portal)
        self._opening = ThreadPoolExecutor(OPENING_THREADS, "opening")
        self._looking = ThreadPoolExecutor(1, "looking")
        self._standings = Standings()
        self._hearing = Hearing(self._hear, self._catch_up)
        self._streams: set[Stream] = set()
        self._listening: dict[str, set[Stream]] = {}
        self._news: dict[str, int] = {}
        self._has_news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        topics = _topics_of(scope)
        if not topics:
            return await _refuse(send, 404)
        if not self._tasks:
            self._tasks = [asyncio.create_task(work()) for work in (self._hearing.run, self._pass_on, self._look_after)]
        stream = Stream(_headers_of(scope), topics)
        self._join(stream)
        try:
            await self._open(stream)
            await _send_all(stream, receive, send)
        except MayNotListen as refused:
            await _refuse(send, refused.status)
        finally:
            self._leave(stream)

    async def _open(self, stream: Stream) -> None:
        """Raises MayNotListen. It stands among those who listen before the gate reads a version, so none is missed."""
        if not await self._hearing.is_there():
            raise MayNotListen(503)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._opening, self._gate.open_to, stream)
        if sum(one.is_open and one.who == stream.who for one in self._streams) >= MOST_STREAMS:
            raise MayNotListen(429)
        stream.open()
        for topic, version in stream.missed.items():
            self._hear(topic, version)
        loop.call_later(LONGEST, stream.end)

    def _join(self, stream: Stream) -> None:
        self._streams.add(stream)
        for topic in stream.topics:
            self._listening.setdefault(topic, set()).add(stream)

    def _leave(self, stream: Stream) -> None:
        self._streams.discard(stream)
        for topic in stream.topics:
            self._listening[topic].discard(stream)
            if not self._listening[topic]:
                del self._listening[topic]

    def _hear(self, topic: str, version: int) -> None:
        for stream in self._listening.get(topic, ()):
            if stream.is_open:
                self._news[topic] = max(version, self._news.get(topic, 0))
                self._has_news.set()
            else:
                stream.missed[topic] = version

    async def _catch_up(self) -> None:
        """What was said while nobody heard it is looked up."""
        for topic, version in (await self._look(self._gate.versions_of, list(self._listening)) or {}).items():
            self._hear(topic, version)

    async def _pass_on(self) -> None:
        """One look at a time: what is said meanwhile goes together in the next."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            news, self._news = self._news, {}
            for topic, version in news.items():
                listening = self._listening.get(topic, ())
                behind = [stream for stream in listening if stream.is_open and stream.known[topic] < version]
                by_standing = live.topics[topic.partition(":")[0]].lets_in is not None
                unmoved = await self._unmoved(behind) if by_standing else set()
                for stream in unmoved:
                    stream.tell(topic, version)
                others = [stream for stream in behind if stream not in unmoved]
                for stream in await self._who_may(others, self._gate.still_open_to, others, topic):
                    stream.tell(topic, version)

    async def _look_after(self) -> None:
        """A pulse for all, and now and then a look at whether they may still be there."""
        for turn in count(1):
            await asyncio.sleep(PULSE)
            await self._look(self._gate.say, self._hearing.own_name)
            if await self._hearing.has_heard_itself():
                for stream in self._streams:
                    stream.pulse()
            there = [stream for stream in self._streams if stream.is_open]
            await self._look(self._gate.note_who_looks, there)
            if turn % LOOKED_AFTER == 0:
                unmoved = await self._unmoved(there)
                moved = [stream for stream in there if stream not in unmoved]
                await self._who_may(moved, self._gate.still_open_for_all, moved)

    async def _unmoved(self, streams: list[Stream]) -> set[Stream]:
        """Who stands where they stood; nobody where that cannot be said, so that each is asked for by the gate."""
        try:
            return await self._standings.unmoved(streams)
        except psycopg.Error as problem:
            log.warning("The streams cannot compare: %s", type(problem).__name__)
            return set()

    async def _who_may(self, streams: list[Stream], ask: Callable[..., list[Stream]], *given: Any) -> list[Stream]:
        """Ends those who may no longer; where nobody can be asked that is all of them, and their pages poll."""
        may = await self._look(ask, *given) or [] if streams else []
        for stream in set(streams).difference(may):
            stream.end()
        return may

    async def _look(self, work: Callable[..., T], *given: Any) -> T | None:
        """None where it fails, as when the database is away: what serves all must not end with one look."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._looking, work, *given)
        except DatabaseError as problem:
            log.warning("The streams cannot look: %s", type(problem).__name__)
        except Exception:
            log.exception("The streams cannot look")
        return None


async def _send_all(stream: Stream, receive: Receive, send: Send) -> None:
    """Until it is over, or the other side hangs up."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    hanging_up = asyncio.create_task(_until_gone(receive))
    hanging_up.add_done_callback(lambda _task: stream.end())
    try:
        while lines := await stream.next_lines():
            await send({"type": "http.response.body", "body": lines, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        hanging_up.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    """Without words: the page asks the poll, which has them."""
    headers = [*HEADERS[1:], (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _topics_of(scope: Scope) -> tuple[str, ...]:
    """None where it asks for no stream, or for more topics than a page has."""
    if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
        return ()
    asked = dict.fromkeys(parse_qs(scope["query_string"].decode("latin-1")).get("topic", []))
    return tuple(asked) if len(asked) <= MOST_TOPICS else ()


def _headers_of(scope: Scope) -> dict[str, str]:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return headers | {"remote-addr": (scope.get("client") or ("",))[0]}
