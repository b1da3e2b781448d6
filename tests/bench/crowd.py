"""A crowd on slow lines, on one thread beside whoever measures: half-sent headers, bodies that stall, slow uploads."""

import asyncio
import hashlib
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.senders import FILM, Sender, Tus
from tests.servers import Portal, wait_until

STALLED = 20 * 1024**2
"""Bytes that a stalled body announces; of the first of them all but `BEGUN` never come."""
BEGUN = 100_000
TICK = 0.1
"""Seconds between two sips of a slow upload."""


@dataclass(frozen=True)
class Recording:
    """A fresh upload of this sender, of which nothing is in yet."""

    sender: Sender
    path: str
    length: int


@dataclass
class Crowd:
    portal: Portal
    half_sent: int
    stalled: list[Recording]
    slow: list[Recording]
    speed: int
    """Bytes a second of a slow upload."""

    arrived: dict[str, str] = field(default_factory=dict)
    """By path of a slow upload that was taken, the sha256 of what was sent."""
    faults: list[str] = field(default_factory=list)
    """What any of them met with."""
    _open_headers: int = 0

    @classmethod
    def of(cls, portal: Portal, *, half_sent: int, stalled: int, slow: int, speed: int, seconds: int) -> "Crowd":
        """Of people who each send two bodies that stall and one slow recording, which lasts so many seconds."""
        senders = Sender.of(portal, people=max(slow, -(-stalled // 2)), clips=3)
        stalling = [(sender, path) for sender in senders for path in sender.begin_paths[:2]]
        slowly = [(sender, sender.begin_paths[2]) for sender in senders]
        return cls(
            portal,
            half_sent,
            [_begin(portal, sender, path, STALLED) for sender, path in stalling[:stalled]],
            [_begin(portal, sender, path, speed * seconds) for sender, path in slowly[:slow]],
            speed,
        )

    @property
    def in_hand(self) -> int:
        """Bodies that the portal is reading: each is a request whose place is locked (video_feedback/crowding.py)."""
        busy = Path(self.portal.env["NETWERKLEREN_VAR"]) / "busy"
        places = {path.stat().st_ino for path in busy.glob("*/*")}
        locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
        # "1: FLOCK ADVISORY READ <pid> <device>:<inode> 0 EOF"; one that only waits has "->" behind its number.
        held = [int(words[5].rpartition(":")[2]) for words in locks if words[1] == "FLOCK" and words[3] == "READ"]
        return sum(inode in places for inode in held)

    @property
    def is_there(self) -> bool:
        """Whether all have come in, and none is done yet."""
        return self._open_headers == self.half_sent and self.in_hand == len(self.stalled) + len(self.slow)

    @property
    def is_done(self) -> bool:
        return len(self.arrived) == len(self.slow)

    @property
    def whole(self) -> int:
        """Of the slow uploads, how many lie there just as they were sent."""
        folder = Path(self.portal.env["NETWERKLEREN_VAR"]) / "uploads"
        names = {path: path.strip("/").rpartition("/")[2] for path in self.arrived}
        return sum(_hash_of(folder / name) == self.arrived[path] for path, name in names.items())

    @contextmanager
    def standing(self) -> Iterator[None]:
        """While they are all at it; AssertionError when the portal did not take them all in hand."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        every = [self._half_send() for _one in range(self.half_sent)]
        every += [self._stall(recording) for recording in self.stalled]
        every += [self._send(recording) for recording in self.slow]
        tasks = [asyncio.run_coroutine_threadsafe(one, loop) for one in every]
        try:
            wait_until(lambda: self.is_there or self.faults, f"all in hand, not {self.in_hand} and {self.faults}", 15)
            yield
        finally:
            for task in tasks:
                task.cancel()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
            loop.close()

    async def _half_send(self) -> None:
        """Opens another when the portal hangs up on the one."""
        while True:
            async with self._line() as (reader, writer):
                writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
                self._open_headers += 1
                try:
                    await reader.read()
                finally:
                    self._open_headers -= 1

    async def _stall(self, recording: Recording) -> None:
        async with self._line() as (reader, writer):
            writer.write(_head(recording) + FILM + bytes(BEGUN - len(FILM)))
            self.faults.append(f"a stalled body was answered: {(await reader.read(400))!r}")

    async def _send(self, recording: Recording) -> None:
        content = FILM + random.Random(recording.path).randbytes(recording.length - len(FILM))
        async with self._line() as (reader, writer):
            writer.write(_head(recording))
            sip = int(self.speed * TICK)
            begun = asyncio.get_running_loop().time()
            for number, start in enumerate(range(0, len(content), sip), 1):
                writer.write(content[start : start + sip])
                await writer.drain()
                await asyncio.sleep(max(begun + number * TICK - asyncio.get_running_loop().time(), 0))
            answer = await reader.readuntil(b"\r\n\r\n")
            if answer.startswith(b"HTTP/1.1 204"):
                self.arrived[recording.path] = hashlib.sha256(content).hexdigest()
            else:
                self.faults.append(f"a slow upload was answered: {answer!r}")

    def _line(self) -> "_Line":
        return _Line(self.portal.url, self.faults)


class _Line:
    """A connection to the portal; what breaks it is a fault."""

    def __init__(self, url: str, faults: list[str]) -> None:
        self._address, self._faults = urlsplit(url), faults

    async def __aenter__(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, self._writer = await asyncio.open_connection(self._address.hostname, self._address.port)
        return reader, self._writer

    async def __aexit__(self, kind: type[BaseException] | None, problem: BaseException | None, _trace: object) -> bool:
        self._writer.close()
        if isinstance(problem, OSError | EOFError):
            self._faults.append(f"a line broke: {problem!r}")
            return True
        return False


def _begin(portal: Portal, sender: Sender, path: str, length: int) -> Recording:
    tus = Tus(portal.url, sender.headers)
    try:
        return Recording(sender, tus.begin(path, length), length)
    finally:
        tus.close()


def _head(recording: Recording) -> bytes:
    headers = recording.sender.headers | {
        "Host": "127.0.0.1",
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(recording.length),
        "Upload-Offset": "0",
    }
    lines = [f"PATCH {recording.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
