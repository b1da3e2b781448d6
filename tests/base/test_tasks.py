"""Tasks: one that fails stops neither a request nor the work of another."""

import logging
import sqlite3
from typing import Any

import pytest
from django.db import transaction

from netwerkleren.base.models import TopicVersion
from netwerkleren.base.tasks import after_commit, sweep, sweepers


def test_a_sweeper_that_fails_keeps_no_other_from_its_work(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken() -> None:
        raise OSError("disk full")

    entries = [(1, "first", broken), (2, "second", lambda: done.append("second")), (3, "third", broken)]
    monkeypatch.setattr(sweepers, "_entries", entries)
    with pytest.raises(ExceptionGroup) as failed:
        sweep.call_local()

    assert done == ["second"]
    assert [str(each) for each in failed.value.exceptions] == ["disk full", "disk full"]
    assert sum("broken failed" in record.message for record in caplog.records) == 2


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_cannot_be_written_fails_nothing_that_was_done(caplog: pytest.LogCaptureFixture) -> None:
    def enqueue(_pk: str) -> Any:
        raise sqlite3.OperationalError("database is locked")

    with transaction.atomic():
        TopicVersion.objects.create(pk="meeting:1")
        after_commit(enqueue, "1")

    assert TopicVersion.objects.filter(pk="meeting:1").exists()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
