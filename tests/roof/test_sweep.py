"""What all sweepers together ask, four times a minute, while there is nothing to do."""

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.points import sweepers
from tests.video_feedback.factories import make_clip

A_MORNING = dt.datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""At which mail goes and people are reminded: by night there is less to ask."""


def test_a_sweep_with_nothing_to_do_asks_28_queries_and_writes_nothing(
    participant: Membership, meeting: Meeting
) -> None:
    asked: list[str] = []

    def note(execute: object, sql: str, *arguments: object) -> object:
        asked.append(sql)
        return execute(sql, *arguments)  # type: ignore[operator]

    with time_machine.travel(A_MORNING, tick=False):
        make_clip(participant)
        for sweeper in sweepers:
            sweeper()
        with connection.execute_wrapper(note):
            for sweeper in sweepers:
                sweeper()
    assert len(asked) == 28
    assert {sql.lstrip("(").split()[0] for sql in asked} == {"SELECT"}
