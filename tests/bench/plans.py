"""How PostgreSQL reads what an answer asks: which tables it goes through whole. Runs in the portal's shell."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.bench.clones import growing_tables

Asked = list[tuple[str, Any]]


@contextmanager
def asking() -> Iterator[Asked]:
    """The queries of the block, each with its parameters, as they are asked."""
    asked: Asked = []

    def note(execute: Callable[..., object], sql: str, params: Any, many: bool, context: object) -> object:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def say_what_is_read_whole(session: str, pages: dict[str, str]) -> None:
    """Prints by page, as JSON: each growing table that one of its queries reads whole, with that query."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    tables = growing_tables()
    found = {}
    for page, path in pages.items():
        with asking() as asked:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        answer.close()
        found[page] = read_whole(asked, tables)
    print(json.dumps(found))


def read_whole(asked: Asked, tables: set[str]) -> list[tuple[str, str]]:
    """Of the SELECTs, each that goes through one of the tables from begin to end: (table, the query)."""
    found = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            if sql.startswith("SELECT"):
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                answer = cursor.fetchone()[0]
                plan = json.loads(answer) if isinstance(answer, str) else answer
                found += [(table, sql) for table in _scanned(plan[0]["Plan"]) if table in tables]
    return found


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    """A scan of a whole index counts too: it reads as many rows."""
    is_whole_index = node["Node Type"] in {"Index Scan", "Index Only Scan", "Bitmap Index Scan"} and (
        "Index Cond" not in node
    )
    if node["Node Type"] == "Seq Scan" or (is_whole_index and "Relation Name" in node):
        yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from _scanned(below)
