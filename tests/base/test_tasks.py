"""Tasks: one that fails stops neither a request nor the work of another."""

import logging
import sqlite3
from typing import Any

import pytest
from django.db import transaction

from netwerkleren.base import tasks
from netwerkleren.base.models import TopicVersion
from netwerkleren.base.points import sweepers
from netwerkleren.base.tasks import after_commit, sweep


def test_a_sweeper_that_fails_keeps_no_other_from_its_work(db: None, caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def broken() -> None:
        raise OSError("disk full")

    def broken_too() -> None:
        raise OSError("no route to host")

    with (
        sweepers.temporarily(broken, order=1),
        sweepers.temporarily(lambda: done.append("second"), order=2),
        sweepers.temporarily(broken_too, order=3),
        pytest.raises(ExceptionGroup) as failed,
    ):
        sweep()

    assert done == ["second"]
    assert [str(each) for each in failed.value.exceptions] == ["disk full", "no route to host"]
    failures = [record.message.rpartition(".")[2] for record in caplog.records]
    assert failures == ["broken failed", "broken_too failed"]


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_cannot_be_written_fails_nothing_that_was_done(caplog: pytest.LogCaptureFixture) -> None:
    def enqueue(_pk: str) -> Any:
        raise sqlite3.OperationalError("database is locked")

    with transaction.atomic():
        TopicVersion.objects.create(pk="meeting:1")
        after_commit(enqueue, "1")

    assert TopicVersion.objects.filter(pk="meeting:1").exists()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_the_sweep_goes_on_after_one_that_failed_and_needs_no_queue(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns: list[str] = []

    class End(BaseException):
        pass

    def broken() -> None:
        turns.append("a turn")
        if len(turns) == 3:
            raise End
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(tasks, "SWEEP_EVERY", 0)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    with sweepers.temporarily(broken, order=1), pytest.raises(End):
        tasks._sweep_on()

    assert len(turns) == 3
    assert [record.message for record in caplog.records if "not complete" in record.message] == [
        "A sweep was not complete: sweep (1 sub-exception)"
    ] * 2
