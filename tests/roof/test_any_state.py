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
from tests.roof.states import FLOORS, KNOWN, STATES

pytestmark = pytest.mark.django_db

REFUSALS = (ValidationError, PermissionDenied, Http404, WrittenMeanwhile)
APPS = (*FLOORS, "netwerkleren.roof.planning")


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


@pytest.mark.parametrize(("floor", "state"), [(floor, state) for floor, states in STATES.items() for state in states])
def test_a_service_does_its_thing_or_refuses_in_words(floor: str, state: str) -> None:
    before = make_scene()
    STATES[floor][state]()
    now = before.as_it_is_now()
    its_own = [(name, rows) for name in CALLS if name.startswith(floor) for rows in (before, now)]
    of_floors_above = [(name, now) for name in CALLS if floor in KNOWN.get(name.split(".")[0], FLOORS)]

    faults = [_fault(name, rows) for name, rows in its_own + of_floors_above]

    assert list(filter(None, faults)) == []
