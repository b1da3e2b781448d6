"""The package `rules`, with types: a predicate says whether an actor may, and combines with `&`, `|` and `~`."""

from collections.abc import Callable
from typing import Any, Protocol, cast

import rules

_rules: Any = rules  # It has no types; here it gets them, once.


class Predicate(Protocol):
    """Asked without a row (`obj` is None) it says no."""

    def __call__(self, actor: Any, obj: Any = None) -> bool: ...
    def __and__(self, other: "Predicate") -> "Predicate": ...
    def __or__(self, other: "Predicate") -> "Predicate": ...
    def __invert__(self) -> "Predicate": ...


def predicate(test: Callable[..., bool]) -> Predicate:
    """Makes a predicate of `test(actor, obj=None)`."""
    return cast(Predicate, _rules.predicate(test))


def permit(need: str, by: Predicate) -> None:
    """`<app>.<verb>_<noun>` is for whoever the predicate says. A permission is decided once."""
    _rules.add_perm(need, by)


def has_perm(need: str, actor: Any, obj: Any = None) -> bool:
    """Gate 2 by itself. A permission that nobody decided on is for nobody."""
    return bool(_rules.has_perm(need, actor, obj))
