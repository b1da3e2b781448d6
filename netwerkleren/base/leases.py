"""A worker keeps what it works on, for as long as it works: a short lease, renewed from beside the work.

So what a killed worker had in hand is free within half a minute, and what a living one has is never taken from it,
however long it works. That work which hangs ends is for the limits of the work itself.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
BEATS = 5
"""How often it is renewed within its own length, so that a busy database may let one or two go by."""


@contextmanager
def kept_alive(renew: Callable[[], bool]) -> Iterator[None]:
    """While the block runs, `renew` is called well within each LEASE. It writes the next lease, if the row is ours.

    It runs on a thread of its own, with a connection of its own, until it answers that the row is no longer ours.
    """
    if connection.in_atomic_block:
        # Nobody else sees the claim before it is committed, so nobody takes the row over.
        yield
        return
    ended = Event()
    heart = Thread(target=_beat, args=(renew, ended), name="lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def _beat(renew: Callable[[], bool], ended: Event) -> None:
    try:
        while not ended.wait(LEASE.total_seconds() / BEATS):
            try:
                if not renew():
                    return
            except DatabaseError:
                # Away, or full: the next time, perhaps. Until then the lease may lapse, and its worker finds out.
                logger.exception("A lease could not be renewed")
                connection.close()
    finally:
        connection.close()
