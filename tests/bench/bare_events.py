"""A bare stream of events: what is said on the channel of a topic "bare:…" goes to everyone, and nobody is asked for.

An ASGI app, for granian as bin/serve starts the portal's own.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_listening: set[asyncio.Queue[bytes]] = set()
_tasks: list[asyncio.Task[None]] = []


async def _hear() -> None:
    where: Any = os.environ["DATABASE_URL"]
    async with await psycopg.AsyncConnection.connect(where, autocommit=True) as connection:
        await connection.execute("LISTEN live")
        async for said in connection.notifies():
            if said.payload.startswith("bare:"):
                for queue in _listening:
                    queue.put_nowait(f"data:{said.payload}\n\n".encode())


async def application(_scope: Any, _receive: Any, send: Send) -> None:
    if not _tasks:
        _tasks.append(asyncio.create_task(_hear()))
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    queue.put_nowait(b"data:\n\n")
    _listening.add(queue)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
