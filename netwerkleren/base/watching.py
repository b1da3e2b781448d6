"""How many people have a page with a live topic open now. It leaves no row of anyone: a mark in the cache that all
processes share, which ends by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

AGAIN = timedelta(seconds=20)
"""A page asks twice a second, or its stream goes on; its mark is written no more often than this, by each process."""
LASTS = 2 * AGAIN
_MOST_REMEMBERED = 10_000

_written: dict[str, datetime] = {}


def note(topic: str, account: object) -> None:
    """The account with this key has a page with this topic open."""
    mark, now = _mark(topic, account), timezone.now()
    if mark in _written and now - AGAIN < _written[mark] <= now:
        return
    if len(_written) >= _MOST_REMEMBERED:
        _written.clear()
    _written[mark] = now
    try:
        cache.set(mark, True, timeout=LASTS.total_seconds())
    except DatabaseError:
        # The page goes on: a disk that is full can be read, and who watches is no reason to stop watching.
        return


def who(topic: str, people: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these accounts have it open, or had a moment ago: to be counted. One query."""
    marks = {_mark(topic, pk): pk for pk in people}
    return frozenset(marks[mark] for mark in cache.get_many(marks))


def _mark(topic: str, pk: object) -> str:
    # No key of a person stands in the cache.
    return "watching:" + sha256(f"{topic}\n{pk}".encode()).hexdigest()
