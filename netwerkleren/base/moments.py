"""What many ask at the same moment, and is the same for all of them: made once, while the others wait for it.

After a change on a live page everyone in the room asks for its fragment within half a second. What is kept here is of
one version of a topic, in the memory of one process, and for a moment only. No gate is behind it: a view asks its
gates of each request first, and its key names all that makes the answer of one reader another than that of the next.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")

A_MOMENT = 2.0
"""Seconds: what is read over again at once, and no more."""
MOST_MOMENTS = 200


class Moments(Generic[T]):
    """Answers by key, each made by the first who asks."""

    def __init__(self, *, lasts: float = A_MOMENT, most: int = MOST_MOMENTS) -> None:
        self._lasts, self._most = lasts, most
        self._lock = Lock()
        self._made: OrderedDict[Hashable, _Made[T]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave who asked first. What it raises it raises to each, who then tries by itself."""
        with self._lock:
            made = self._made.get(key)
            if made is None or monotonic() - made.begun > self._lasts:
                made = self._made[key] = _Made()
                self._made.move_to_end(key)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made.get(make)


class _Made(Generic[T]):
    def __init__(self) -> None:
        self.begun = monotonic()
        self._lock = Lock()
        self._found: list[T] = []

    def get(self, make: Callable[[], T]) -> T:
        with self._lock:
            if not self._found:
                self._found.append(make())
        return self._found[0]
