"""Where those stand who listen to a stream: one statement for all of them, whether there are ten or two hundred.

A standing is a digest of what stands in a session and of all that the rights of its account hang on beside the row in
question (`standing` in `points.py`). Whose is the same as when the gate let them in need not be asked for anew.
"""

from collections.abc import Collection
from functools import cache
from typing import Any, Protocol

import psycopg
from django.db import connection, connections

from .points import standing
from .sessions import SessionStore


class SignedIn(Protocol):
    @property
    def session_key(self) -> str: ...

    account: str
    standing: str | None


def address() -> dict[str, Any]:
    """Of the database, without what Django adds for connections of its own."""
    own = ("cursor_factory", "context", "prepare_threshold")
    return {name: value for name, value in connections["default"].get_connection_params().items() if name not in own}


def standing_of(session_key: str, account: str) -> str | None:
    """Of one who comes in; None for whose session or account is gone."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [[session_key], [account]])
        found: list[tuple[str, str | None]] = cursor.fetchall()
    return found[0][1] if found else None


class Standings:
    """On one connection for the whole process, which is made anew when it breaks."""

    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def unmoved(self, listeners: Collection[SignedIn]) -> set[Any]:
        """Who is signed in, and stands where they stood. Raises psycopg.Error."""
        signed_in = [listener for listener in listeners if listener.standing]
        if not signed_in:
            return set()
        asked = [[one.session_key for one in signed_in], [one.account for one in signed_in]]
        now = dict(await self._ask(asked))
        return {listener for listener in signed_in if listener.standing == now.get(listener.session_key)}

    async def _ask(self, asked: list[list[str]]) -> list[tuple[str, str | None]]:
        if self._connection is None or self._connection.broken:
            self._connection = await psycopg.AsyncConnection.connect(**address(), autocommit=True)
        cursor = await self._connection.execute(_statement(), asked)
        return await cursor.fetchall()


@cache
def _statement() -> str:
    sessions = SessionStore.get_model_class()._meta.db_table
    rights = " || ".join(f"({subquery})" for subquery in standing.collect())
    return f"""
        SELECT session_key, md5(session_data || {rights})
        FROM unnest(%s::text[], %s::uuid[]) AS listener (session_key, account) JOIN {sessions} USING (session_key)
        WHERE expire_date > now()
    """  # noqa: S608, for only names of our own stand in it
