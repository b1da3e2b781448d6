"""A recording that comes in as a file of this machine. Paths only.

The size of the file says how much is in, so a crash between bytes and database cannot make it lie. Beside it lies the
turn: the number of the request that writes. A lock is held for one piece at a time, and dies with its process.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..media import HEAD
from .turns import Overtaken


def turn_path(path: Path) -> Path:
    """Where the turn of the recording at `path` is kept."""
    return path.with_name(f"{path.name}.turn")


class OnDisk:
    """A `Recording`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def offset(self) -> int:
        try:
            size = self._path.stat().st_size
            _number, unsure_from = _read(turn_path(self._path).read_bytes())
        except FileNotFoundError:
            return 0
        return size if unsure_from is None else min(size, unsure_from)

    def begin(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for made in (self._path, turn_path(self._path)):
            os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def is_there(self) -> bool:
        return self._path.exists()

    @contextmanager
    def taking_turn(self, *, unsure: bool = False) -> Iterator["TurnOnDisk"]:
        """What an earlier turn left unsure goes first."""
        try:
            data = os.open(self._path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            raise Overtaken from None
        turn = os.open(turn_path(self._path), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            with _locked(turn):
                number, unsure_from = _read(os.pread(turn, 64, 0))
                if unsure_from is not None:
                    os.ftruncate(data, min(unsure_from, os.fstat(data).st_size))
                start = os.fstat(data).st_size
                _write(turn, number + 1, start if unsure else None)
            yield TurnOnDisk(data, turn, number + 1, start)
            # The system begins to write it down now, so that at the last byte not all is still to be flushed.
            os.posix_fadvise(data, start, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(data)
            os.close(turn)

    def finish(self) -> None:
        descriptor = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def fetch(self, folder: Path, on_piece: Callable[[], None]) -> Path:
        return self._path

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)
        turn_path(self._path).unlink(missing_ok=True)


class TurnOnDisk:
    """A `WritingTurn`: `data` and `turn` are open files, and the turn began at `start`."""

    def __init__(self, data: int, turn: int, number: int, start: int) -> None:
        self._data, self._turn, self._number, self._start = data, turn, number, start

    @property
    def offset(self) -> int:
        return os.fstat(self._data).st_size

    def append(self, piece: bytes) -> None:
        with self._held():
            left = memoryview(piece)
            while left:
                left = left[os.write(self._data, left) :]

    def keep(self) -> None:
        with self._held():
            _write(self._turn, self._number, None)

    def drop(self) -> None:
        with self._held():
            os.ftruncate(self._data, self._start)

    def head(self) -> bytes:
        return os.pread(self._data, HEAD, 0)

    @contextmanager
    def _held(self) -> Iterator[None]:
        with _locked(self._turn):
            if _read(os.pread(self._turn, 64, 0))[0] != self._number:
                raise Overtaken
            yield


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
