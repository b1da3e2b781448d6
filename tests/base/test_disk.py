"""The reserve of the disk, and what says so where a write fails for want of room (docs/security.md F2)."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from netwerkleren.base import disk
from netwerkleren.base.faults import Missing, what_is_missing
from netwerkleren.base.storage import ReservingStorage
from netwerkleren.base.tasks import _QueueFile


def test_what_would_eat_into_the_reserve_is_refused_as_on_a_full_disk(settings: Settings, tmp_path: Path) -> None:
    settings.DISK_RESERVE = 0
    disk.keep_reserve(1, folder=tmp_path / "not" / "there" / "yet")

    settings.DISK_RESERVE = 10**18
    with pytest.raises(OSError, match="No space left") as refused:
        disk.keep_reserve(1, folder=tmp_path)
    assert refused.value.errno == errno.ENOSPC


class HalfWritten(ContentFile[bytes]):
    def chunks(self, chunk_size: int | None = None) -> Any:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_nothing_stays_of_a_file_that_the_store_had_no_room_for(settings: Settings, tmp_path: Path) -> None:
    store = ReservingStorage(location=tmp_path)
    with pytest.raises(OSError, match="No space left"):
        store.save("exports/a.pdf", HalfWritten(b"half and half"))
    assert store.listdir("exports") == ([], [])

    settings.DISK_RESERVE = 10**18
    with pytest.raises(OSError, match="No space left"):
        store.save("exports/b.pdf", ContentFile(b"whole"))
    assert store.listdir("exports") == ([], [])


def caused_by(cause: Exception, words: str) -> OperationalError:
    problem = OperationalError(words)
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    "problem",
    [
        caused_by(psycopg.errors.DiskFull("kon bestand niet uitbreiden"), "kon bestand niet uitbreiden"),
        caused_by(sqlite3.OperationalError("database or disk is full"), "database or disk is full"),
    ],
    ids=["PostgreSQL in Dutch", "SQLite"],
)
def test_a_database_without_room_is_told_from_one_that_is_away(problem: OperationalError) -> None:
    assert what_is_missing(problem) is Missing.DISK


def test_other_words_on_a_disk_that_is_full_mean_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    assert what_is_missing(OperationalError("disk I/O error")) is Missing.DATABASE
    monkeypatch.setattr(disk, "NEXT_TO_NOTHING", 10**18)
    assert what_is_missing(OperationalError("disk I/O error")) is Missing.DISK


def without_room(execute: Any, sql: str, *arguments: Any) -> Any:
    """The database as it is on a full disk: it reads and does not write."""
    if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("database or disk is full")
    return execute(sql, *arguments)


@contextmanager
def sqlite_that(pragma: str, usual: str) -> Iterator[None]:
    """The database itself fails, in its own words."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is no file of ours")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {usual}")


@pytest.mark.django_db(transaction=True)
def test_a_cache_that_cannot_write_says_so() -> None:
    with sqlite_that("max_page_count=1", "max_page_count=1073741823"):
        with pytest.raises(OperationalError, match="database or disk is full"):
            cache.set("limit", "x" * 1024**2)
        with pytest.raises(OperationalError, match="database or disk is full"):
            cache.add("limit", "x" * 1024**2)

    assert cache.add("limit", 1)
    assert not cache.add("limit", 2)
    assert cache.get("limit") == 1


@pytest.mark.django_db(transaction=True)
def test_who_logs_in_while_nothing_can_be_written_does_not_hear_of_haste() -> None:
    fields = {"login": "marijke@school.example", "password": "een-lang-wachtwoord"}
    with sqlite_that("query_only=ON", "query_only=OFF"):
        response = Client(raise_request_exception=False).post("/account/login/", fields)

    assert (response.status_code, "Het portaal kan er even niet bij" in response.content.decode()) == (503, True)
    assert "te veel achter elkaar" not in response.content.decode()


def test_a_queue_that_could_not_be_written_lets_go_of_its_lock(tmp_path: Path) -> None:
    queue = _QueueFile("mail", filename=str(tmp_path / "queue.db"))
    other = _QueueFile("mail", filename=str(tmp_path / "queue.db"), timeout=0.1)
    queue.conn.execute("pragma foreign_keys=on")
    with pytest.raises(sqlite3.IntegrityError), queue.db(commit=True) as cursor:
        # It fails at the commit, as a write does for which the disk has no room.
        cursor.execute("create table a (id integer primary key)")
        cursor.execute("create table b (a references a (id) deferrable initially deferred)")
        cursor.execute("insert into b values (1)")

    other.enqueue(b"task")
    assert queue.queue_size() == 1
