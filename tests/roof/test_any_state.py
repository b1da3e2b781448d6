"""Every service, in every state that its rows can be in: it does its thing, or refuses in words; never a fault."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404

from netwerkleren.base.conflicts import WrittenMeanwhile
from tests.roof.calls import CALLS
from tests.roof.scene import Scene, make_scene
from tests.roof.states import ALSO_ABOVE, FLOORS, ITS_OWN, KNOWN, Change
from video_feedback.room import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]

REFUSALS = (ValidationError, PermissionDenied, Http404, WrittenMeanwhile, Refused)
APPS = (*FLOORS, "netwerkleren.method", "netwerkleren.roof.planning")


def _services() -> Iterator[str]:
    for app in APPS:
        package = import_module(f"{app}.services")
        for module in iter_modules(package.__path__):
            source = import_module(f"{package.__name__}.{module.name}")
            for name, function in inspect.getmembers(source, inspect.isfunction):
                if function.__module__ == source.__name__ and not name.startswith("_"):
                    yield f"{app}.{module.name}.{name}"


def test_every_service_is_called() -> None:
    assert sorted(CALLS) == sorted(_services())


def _fault(name: str, scene: Scene) -> str | None:
    """What went wrong, where it is no refusal; nothing of the call stays."""
    try:
        with transaction.atomic():
            try:
                CALLS[name](scene)
                connection.check_constraints()
            except REFUSALS:
                pass
            transaction.set_rollback(True)
    except Exception as fault:
        return f"{name}: {fault!r}"
    return None


def _each(states: dict[str, dict[str, Change]]) -> list[tuple[str, str]]:
    return [(floor, state) for floor, named in states.items() for state in named]


@pytest.mark.parametrize(("floor", "state"), _each(ALSO_ABOVE) + _each(ITS_OWN))
def test_a_service_does_its_thing_or_refuses_in_words(floor: str, state: str) -> None:
    before = make_scene()
    is_seen_above = state in ALSO_ABOVE[floor]
    (ALSO_ABOVE if is_seen_above else ITS_OWN)[floor][state]()
    now = before.as_it_is_now()
    calls = [(name, rows) for name in CALLS if name.startswith(floor) for rows in (before, now)]
    if is_seen_above:
        calls += [(name, now) for name in CALLS if floor in KNOWN.get(name.split(".")[0], FLOORS)]

    faults = [_fault(name, rows) for name, rows in calls]

    assert list(filter(None, faults)) == []
