"""What the two that keep recordings have in common: one as files, one in a bucket."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Overtaken(Exception):
    """A newer request carries this upload on, or there is nothing left to carry on."""


class StoreAway(Exception):
    """The store of recordings does not answer, or not as it should: another try later may fare better."""


class WritingTurn(Protocol):
    """One request's turn to write. Its methods raise Overtaken once another request has the turn."""

    @property
    def offset(self) -> int:
        """Bytes that are in, also those that are not yet for good."""

    def append(self, piece: bytes) -> None: ...

    def keep(self) -> None:
        """All that is in stays, also what came with a checksum that had to be waited for."""

    def drop(self) -> None:
        """Throws away what this turn brought. Only of a turn that is unsure."""

    def head(self) -> bytes:
        """The first bytes of the recording, `media.HEAD` of them when so many are in.

        Only of a turn that began before those were in.
        """


class Recording(Protocol):
    """The bytes of one upload."""

    @property
    def offset(self) -> int:
        """Bytes that are in for good; 0 where there is no recording."""

    def begin(self) -> None:
        """Makes the empty recording; nobody else may read it."""

    def is_there(self) -> bool: ...

    def taking_turn(self, *, unsure: bool = False) -> AbstractContextManager[WritingTurn]:
        """The turn to write, taken from whoever had it. Raises Overtaken when there is nothing to write in.

        When it ends, what came in stays. `unsure`: it counts only after `keep`, and else goes.
        """

    def finish(self) -> None:
        """All bytes are in: from now on they are there for good, and can be fetched. May run twice, also at once."""

    def fetch(self, folder: Path, on_piece: Callable[[], None]) -> Path:
        """The finished recording as a file, in `folder` when it has to be brought here.

        Meanwhile `on_piece` is called every few seconds; what it raises ends the bringing.
        """

    def forget(self) -> None:
        """Takes all of it away. Call it when its row is gone: what fails now, the sweeper finds by that."""
