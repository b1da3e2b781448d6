"""The bytes of a recording as they come in: whose turn it is to write them, and how many there are. Paths only.

The size of the file says how much is in, so a crash between bytes and database cannot make it lie. Beside it lies the
turn: the number of the request that writes. A newer request takes the next number, and what an older one still brings
is thrown away; so a connection that died, which a server may notice minutes later, locks nobody out. A lock is held for
one piece at a time, and dies with its process.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Overtaken(Exception):
    """A newer request carries this upload on, or there is nothing left to carry on."""


def turn_path(path: Path) -> Path:
    """Where the turn of the recording at `path` is kept."""
    return path.with_name(f"{path.name}.turn")


def begin(path: Path) -> None:
    """Makes the empty recording; nobody else may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in (path, turn_path(path)):
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    turn_path(path).unlink(missing_ok=True)


def offset_of(path: Path) -> int:
    """Bytes that are in for good; 0 where there is no recording."""
    try:
        size = path.stat().st_size
        _number, unsure_from = _read(turn_path(path).read_bytes())
    except FileNotFoundError:
        return 0
    return size if unsure_from is None else min(size, unsure_from)


class WritingTurn:
    """One request's turn to write. Its methods raise Overtaken once another request has the turn."""

    def __init__(self, data: int, turn: int, number: int) -> None:
        self._data, self._turn, self._number = data, turn, number

    @property
    def offset(self) -> int:
        return os.fstat(self._data).st_size

    def append(self, piece: bytes) -> None:
        with self._held():
            left = memoryview(piece)
            while left:
                left = left[os.write(self._data, left) :]

    def drop_from(self, offset: int) -> None:
        """Throws away what came after `offset`."""
        with self._held():
            os.ftruncate(self._data, offset)

    def is_sure(self) -> None:
        """All that is in stays, also what came with a checksum that had to be waited for."""
        with self._held():
            _write(self._turn, self._number, None)

    @contextmanager
    def _held(self) -> Iterator[None]:
        with _locked(self._turn):
            if _read(os.pread(self._turn, 64, 0))[0] != self._number:
                raise Overtaken
            yield


@contextmanager
def taking_turn(path: Path, *, unsure: bool = False) -> Iterator[WritingTurn]:
    """The turn to write in the recording at `path`, taken from whoever had it.

    `unsure`: what is appended counts only after `is_sure`. What an earlier turn left unsure goes first.
    """
    try:
        data = os.open(path, os.O_WRONLY | os.O_APPEND)
    except FileNotFoundError:
        raise Overtaken from None
    turn = os.open(turn_path(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with _locked(turn):
            number, unsure_from = _read(os.pread(turn, 64, 0))
            if unsure_from is not None:
                os.ftruncate(data, min(unsure_from, os.fstat(data).st_size))
            _write(turn, number + 1, os.fstat(data).st_size if unsure else None)
        yield WritingTurn(data, turn, number + 1)
    finally:
        os.close(data)
        os.close(turn)


@contextmanager
def _locked(turn: int) -> Iterator[None]:
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(turn, fcntl.LOCK_UN)


def _read(text: bytes) -> tuple[int, int | None]:
    """The number of the turn, and from where on the bytes are unsure."""
    number, *unsure_from = (int(word) for word in text.decode().split() or ["0"])
    return number, unsure_from[0] if unsure_from else None


def _write(turn: int, number: int, unsure_from: int | None) -> None:
    text = f"{number}" if unsure_from is None else f"{number} {unsure_from}"
    # Of one length, so that nothing of an earlier turn stands behind it.
    os.pwrite(turn, text.ljust(63).encode() + b"\n", 0)
