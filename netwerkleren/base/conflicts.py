"""Someone else wrote meanwhile: the one way to say so, for texts, facts, moves and choices (docs/security.md F3)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any


class WrittenMeanwhile(Exception):
    """Nothing was saved: something newer stands there than what the writer saw.

    `current` is what stands there now (a row, a board, a dict of texts): whoever shows the conflict needs no second
    read, which could find a third text.
    """

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current


def version_of(*texts: str) -> str:
    """Which texts one started from, in 16 letters: two that read the same are the same version."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]


def version_of_facts(row: Any, names: Iterable[str]) -> str:
    """`version_of` for what is no text alone: dates, numbers, ticks and rows that stand in the same form."""
    return version_of(*(_as_text(getattr(row, name)) for name in names))


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "" if value is None else str(getattr(value, "pk", value))


def write_on_top(row: Any, version: str, *, stands: str | None = None, **facts: Any) -> bool:
    """Sets `facts` on a row that the service holds; False when they stand there already, however often they are sent.

    Raises WrittenMeanwhile(row) when the writer started from another version than the row has. `stands` is that version
    where the row's own `version` counts something else. Saves nothing.
    """
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    if (row.version if stands is None else stands) != version:
        raise WrittenMeanwhile(row)
    for name, value in facts.items():
        setattr(row, name, value)
    return True
