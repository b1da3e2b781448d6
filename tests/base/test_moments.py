"""What many ask at one moment is made once, for that moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from netwerkleren.base import moments
from netwerkleren.base.moments import Moments


def test_ten_who_ask_at_once_get_what_the_first_made() -> None:
    made, all_there = [], Barrier(10)
    kept: Moments[str] = Moments()

    def ask() -> str:
        all_there.wait(10)
        return kept.get("board", lambda: made.append(1) or "made")  # type: ignore[func-returns-value]

    with ThreadPoolExecutor(10) as people:
        assert {future.result() for future in [people.submit(ask) for _one in range(10)]} == {"made"}
    assert len(made) == 1


def test_another_key_waits_for_nobody() -> None:
    kept: Moments[str] = Moments()
    begun, goes_on = Event(), Event()

    def slow() -> str:
        begun.set()
        goes_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as people:
        first = people.submit(kept.get, "one", slow)
        begun.wait(10)
        assert kept.get("two", lambda: "quick") == "quick"
        goes_on.set()
        assert first.result() == "slow"


def test_it_is_kept_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(moments, "monotonic", lambda: now)
    kept: Moments[int] = Moments(lasts=2)
    assert kept.get("board", lambda: 1) == 1
    now = 102.0
    assert kept.get("board", lambda: 2) == 1
    now = 102.1
    assert kept.get("board", lambda: 3) == 3


def test_a_failure_is_not_kept() -> None:
    kept: Moments[int] = Moments()
    with pytest.raises(ZeroDivisionError):
        kept.get("board", lambda: 1 // 0)
    assert kept.get("board", lambda: 2) == 2


def test_of_many_keys_the_oldest_go() -> None:
    kept: Moments[int] = Moments(most=3)
    for key in range(4):
        kept.get(key, lambda: 1)
    assert [kept.get(key, lambda: 2) for key in (3, 2, 1, 0)] == [1, 1, 1, 2]
