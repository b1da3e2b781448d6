"""A recording that comes in at whichever machine, and lies in the bucket.

Whole parts go into a multipart upload. What is left when a body ends is an object of its own, the rest, with which the
next turn begins. The row says what counts: its turn, the numbers of the parts, the name of the rest, and how many bytes
that makes. Each change of it asks that the turn is still the same, and nothing in the bucket that counts is written
over, since each part gets a number and each rest a name that no other turn has. So what an older request still sends
changes nothing, from whichever machine; and a crash loses what was not acknowledged, and nothing else.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID, uuid4

from django.conf import settings

from netwerkleren.base.connections import let_go_of_database

from ..media import HEAD
from . import bucket
from .turns import Overtaken, StoreAway

PART = 5 * 1024 * 1024
"""Bytes; the least that a part may have that is not the last, and of 10,000 parts the largest recording takes 410."""
MOST_PARTS = 10_000
KEEP_EVERY = 20.0
"""Seconds. So much of a slow line's work is lost at most when its connection dies without a word."""
HEARTBEAT = 5.0
"""Seconds between two calls of `on_piece`."""


class Row(Protocol):
    """What the `Upload` of a recording says of it."""

    pk: UUID
    length: int
    in_bucket: bool
    turn: int
    multipart: str
    parts: list[int]
    tried: int
    rest: str
    received: int

    @property
    def path(self) -> Path: ...

    def take_turn(self) -> int:
        """The next turn; the row then says what it is now. Raises Overtaken when it is gone."""

    def note(self, turn: int, **facts: object) -> bool:
        """Writes these down as long as it is this turn; False when it is not, or the row is gone."""


class InBucket:
    """A `Recording`."""

    def __init__(self, row: Row) -> None:
        self._row = row
        # Now, for a row that was deleted no longer knows its key.
        self._folder = bucket.folder_of(row.pk)

    @property
    def offset(self) -> int:
        return self._row.received

    def begin(self) -> None:
        """Nothing is made before there are bytes."""

    def is_there(self) -> bool:
        return True

    @contextmanager
    def taking_turn(self, *, unsure: bool = False) -> Iterator["TurnInBucket"]:
        with ExitStack() as ends:
            turn = TurnInBucket(self._row, self._folder, ends, unsure=unsure)
            try:
                yield turn
            except (Overtaken, StoreAway):
                raise
            except BaseException:
                turn.end()
                raise
            turn.end()

    def finish(self) -> None:
        row, key = self._row, _key_of(self._folder)
        if not row.multipart:
            return  # All of it is less than a part: the rest.
        try:
            if bucket.size_of(key) != row.length:
                bucket.complete_multipart(key, row.multipart, row.parts)
        except bucket.Gone:
            # Another may have completed it just now.
            if bucket.size_of(key) != row.length:
                raise _lost(row, row.turn) from None

    def fetch(self, folder: Path, on_piece: Callable[[], None]) -> Path:
        key, path, told = _key_of(self._folder), folder / "recording", time.monotonic()
        if bucket.size_of(key) is None:
            key = f"{self._folder}{self._row.rest}"  # All of it is less than a part.
        try:
            with path.open("xb") as file:
                for piece in bucket.pieces_of(key):
                    file.write(piece)
                    if time.monotonic() - told > HEARTBEAT:
                        on_piece()
                        told = time.monotonic()
        except bucket.Gone:
            raise StoreAway("The recording is not there.") from None
        if path.stat().st_size != self._row.length:
            raise StoreAway("The recording did not come whole.")
        return path

    def forget(self) -> None:
        try:
            bucket.erase(self._folder)
        except StoreAway:
            return  # Said in the log, and the sweeper comes by.


class TurnInBucket:
    """A `WritingTurn`. What is no whole part yet lies in a file without a name, so that it takes no memory."""

    def __init__(self, row: Row, folder: str, ends: ExitStack, *, unsure: bool) -> None:
        self._number = row.take_turn()
        self._row, self._folder, self._ends, self._unsure = row, folder, ends, unsure
        self._begin_at_row()

    def _begin_at_row(self) -> None:
        self._offset, self._parts = self._row.received, list(self._row.parts)
        self._head = b""
        self._file: IO[bytes] | None = None
        self._in_file = 0
        self._kept_at = time.monotonic()

    @property
    def offset(self) -> int:
        return self._offset

    def append(self, piece: bytes) -> None:
        self._opened()
        left = memoryview(piece)
        while left:
            written = self._write(left[: PART - self._in_file])
            self._offset += written
            left = left[written:]
            if self._in_file == PART:
                self._send_part()
        if not self._unsure and time.monotonic() - self._kept_at > KEEP_EVERY:
            self.keep()

    def keep(self) -> None:
        self._unsure = False
        if self._offset == self._row.received:
            return
        is_last = bool(self._parts) and self._offset == self._row.length
        if self._in_file == PART or (self._in_file and is_last):
            self._send_part()
        elif self._in_file:
            rest, file = uuid4().hex, self._from_start()
            bucket.put(f"{self._folder}{rest}", file)
            file.seek(self._in_file)
            self._note(rest)
        else:
            self._note()

    def drop(self) -> None:
        """What was sent of it counts nowhere, and goes with the multipart upload."""
        self._begin_at_row()

    def head(self) -> bytes:
        self._opened()
        return self._head

    def end(self) -> None:
        if not self._unsure:
            self.keep()

    def _opened(self) -> IO[bytes]:
        """The file, which begins with what the turn before left."""
        if self._file is not None:
            return self._file
        # Without a buffer: of what a full disk did not take nothing is counted.
        nameless = tempfile.TemporaryFile(dir=settings.UPLOAD_DIR, buffering=0)  # noqa: SIM115  # It ends with the turn.
        self._file = self._ends.enter_context(nameless)
        try:
            if self._row.rest:
                for piece in bucket.pieces_of(f"{self._folder}{self._row.rest}"):
                    left = memoryview(piece)
                    while left:
                        left = left[self._write(left) :]
        except bucket.Gone:
            raise _lost(self._row, self._number) from None
        return self._file

    def _write(self, piece: memoryview) -> int:
        """How much of it was written."""
        written = self._opened().write(piece)
        self._in_file += written
        if not self._parts and len(self._head) < HEAD:
            self._head += bytes(piece[: min(written, HEAD - len(self._head))])
        return written

    def _from_start(self) -> IO[bytes]:
        file = self._opened()
        file.seek(0)
        return file

    def _send_part(self) -> None:
        row, key = self._row, _key_of(self._folder)
        if not row.multipart:
            multipart = bucket.begin_multipart(key)
            if not row.note(self._number, multipart=multipart):
                with suppress(StoreAway):
                    bucket.abort_multipart(key, multipart)
                raise Overtaken
        number = row.tried + 1
        # Given out before it is used: the next turn takes another one, whatever becomes of this.
        if number > MOST_PARTS or not row.note(self._number, tried=number):
            raise _lost(row, self._number)
        try:
            bucket.put_part(key, row.multipart, number, self._from_start())
        except bucket.Gone:
            raise _lost(row, self._number) from None
        self._parts.append(number)
        self._from_start().truncate(0)
        self._in_file = 0
        if not self._unsure:
            self._note()

    def _note(self, rest: str = "") -> None:
        """From here on it counts."""
        before = self._row.rest
        if not self._row.note(self._number, parts=[*self._parts], received=self._offset, rest=rest):
            self._erase_rest(rest)
            raise Overtaken
        self._erase_rest(before)
        self._kept_at = time.monotonic()
        let_go_of_database()

    def _erase_rest(self, rest: str) -> None:
        if rest:
            with suppress(StoreAway):  # It does not count, and goes at last with all of the upload.
                bucket.delete(f"{self._folder}{rest}")


def _key_of(folder: str) -> str:
    return f"{folder}recording"


def _lost(row: Row, turn: int) -> Exception:
    """The bucket no longer has what the row says, or no room for more of it: the sender begins anew.

    Overtaken when that is because another request has the turn, or the upload ended.
    """
    anew: dict[str, Any] = {"received": 0, "parts": [], "rest": "", "multipart": "", "tried": 0}
    return StoreAway("The recording begins anew.") if row.note(turn, **anew) else Overtaken()
