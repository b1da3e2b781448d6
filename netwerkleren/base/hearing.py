"""The one connection of a process that waits for what is said on the channel of `live.py`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import uuid4

import psycopg

from .live import CHANNEL
from .standings import address

PAUSE_BEFORE_ANOTHER = 1.0
"""Seconds before a connection that broke is made anew."""
HEARS_ITSELF_WITHIN = 5.0
"""Seconds in which the process must hear itself; longer, and the connection is taken for dead."""

log = logging.getLogger(__name__)


class Hearing:
    """Runs until its task ends. `heard` gets each topic with its version; `missed` is awaited when a connection is new,
    since what was said before it was heard by nobody."""

    def __init__(self, heard: Callable[[str, int], None], missed: Callable[[], Awaitable[None]]) -> None:
        self.own_name = uuid4().hex
        """What the process says on the channel to hear whether it hears."""
        self._heard = heard
        self._missed = missed
        self._is_there = asyncio.Event()
        self._heard_itself = asyncio.Event()
        self._line: asyncio.Task[None] | None = None

    async def run(self) -> None:
        while True:
            self._line = asyncio.create_task(self._listen())
            await asyncio.wait([self._line])
            self._is_there.clear()
            problem = None if self._line.cancelled() else self._line.exception()
            log.warning("The streams hear nothing for a while: %s", type(problem).__name__ if problem else "deaf")
            await asyncio.sleep(PAUSE_BEFORE_ANOTHER)

    async def is_there(self) -> bool:
        """Whether changes are heard now, or within a moment."""
        return await _comes(self._is_there)

    async def has_heard_itself(self) -> bool:
        """After it said its own name: whether that came back. If not, the connection is given up."""
        came = await _comes(self._heard_itself)
        self._heard_itself.clear()
        if not came and self._line is not None:
            self._line.cancel()
        return came

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(**address(), autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            await self._missed()
            self._is_there.set()
            async for said in connection.notifies():
                topic, _, version = said.payload.partition(" ")
                if version:
                    self._heard(topic, int(version))
                elif topic == self.own_name:
                    self._heard_itself.set()


async def _comes(event: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(event.wait(), HEARS_ITSELF_WITHIN)
    except TimeoutError:
        return False
    return True
