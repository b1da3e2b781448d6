"""A small part of `bin/bench slow`: a crowd on slow lines keeps nobody from a page, and loses nothing itself
(docs/security.md F0)."""

import os
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import psycopg
import pytest
import requests

from tests.bench.crowd import Crowd
from tests.servers import Portal, wait_until

pytestmark = pytest.mark.on_postgresql

HALF_SENT, STALLED, SLOW = 20, 20, 4
"""More bodies than PostgreSQL's pool of 8 in each of two processes, or 16 threads, could hold."""


@pytest.fixture
def slow_portal(start_portal: Callable[..., Portal]) -> Portal:
    """On the database that this run of the tests is about; without the worker that would convert what arrived."""
    env = {}
    if server := os.environ.get("TEST_DATABASE_URL"):
        database = f"slow_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        env["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{database}"
    return start_portal(parts="web", **env)


def test_slow_clients_keep_nobody_from_a_page_and_their_recordings_arrive_whole(slow_portal: Portal) -> None:
    crowd = Crowd.of(slow_portal, half_sent=HALF_SENT, stalled=STALLED, slow=SLOW, speed=64_000, seconds=4)
    who = crowd.slow[0].sender
    before, waits = slow_portal.processes, []

    with crowd.standing():
        assert crowd.in_hand == STALLED + SLOW, "each body is being read"
        while not crowd.is_done and not crowd.faults:
            begun = perf_counter()
            page = requests.get(f"{slow_portal.url}/", headers=who.headers, timeout=10)
            waits.append(perf_counter() - begun)
            assert (page.status_code, page.url) == (200, f"{slow_portal.url}/"), "signed in, and no error"
        wait_until(lambda: crowd.in_hand == STALLED, "the end of the slow ones alone", 5)

    assert crowd.faults == []
    assert len(waits) > 5
    assert sorted(waits)[len(waits) // 2] < 1, "a frozen portal answers in no second"
    assert crowd.whole == SLOW
    assert slow_portal.processes == before
