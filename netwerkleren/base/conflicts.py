"""Someone else wrote meanwhile: the one way to say so, for texts, moves and choices alike (docs/security.md F3)."""

import hashlib
import json
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
