"""Points: in order, each function once, and lent to a test."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured

from netwerkleren.base.extend import Named, Point


def _shout() -> str:
    return "hoi!"


def _whisper() -> str:
    return "hoi"


def _silent() -> None:
    return None


@pytest.fixture
def point() -> Point[Callable[[], str | None]]:
    return Point("tests.greetings")


def test_it_runs_in_the_order_given_and_leaves_out_who_has_nothing_to_say(
    point: Point[Callable[[], str | None]],
) -> None:
    point.register(_shout, order=30)
    point.register(_silent, order=20)
    point.register(_whisper, order=10)
    assert list(point) == [_whisper, _silent, _shout]
    assert point.collect() == ["hoi", "hoi!"]


def test_a_function_that_stands_there_is_refused_by_name(point: Point[Callable[[], str | None]]) -> None:
    point.register(_shout, order=10)
    with pytest.raises(ImproperlyConfigured, match=r"tests\.base\.test_extend\._shout .* twice on tests\.greetings"):
        point.register(_shout, order=20)
    with pytest.raises(ImproperlyConfigured), point.temporarily(_shout):
        pass
    assert list(point) == [_shout]


def test_what_is_registered_temporarily_is_gone_after_a_failure_too(point: Point[Callable[[], str | None]]) -> None:
    point.register(_shout, order=20)
    with pytest.raises(ZeroDivisionError), point.temporarily(_whisper, order=10):
        assert list(point) == [_whisper, _shout]
        _ = 1 / 0
    assert list(point) == [_shout]


def test_a_name_is_given_once_and_an_unknown_one_is_said() -> None:
    colours: Named[str] = Named("tests.colours")
    colours.register("lucht", "blauw")
    with pytest.raises(ImproperlyConfigured, match=r"lucht is registered twice on tests\.colours"):
        colours.register("lucht", "grijs")
    with colours.temporarily("gras", "groen"):
        assert (list(colours), colours["gras"]) == (["lucht", "gras"], "groen")
    with pytest.raises(LookupError, match=r"'gras' is not registered on tests\.colours"):
        colours["gras"]
    assert ("gras" in colours, colours["lucht"]) == (False, "blauw")
