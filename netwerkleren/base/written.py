"""Queries of which the SQL is written once a process, for pages that ask them at every request.

    @written_once
    def notes_of(meeting: UUID, writers: list[UUID]) -> QuerySet[Note]:
        return Note.objects.filter(meeting=meeting, writer__in=writers).select_related("writer")

    for note in notes_of(meeting.pk, writers): ...

Django writes a query out anew each time it is asked. That took a page with a gate over several tables half of its
time, and many times what the database needed to answer. Here the same QuerySet is written for stand-ins, the first
time; after that only the values are put in their places, and the database is asked. So nothing that it answers is
kept, and whatever rule it holds, such as that of a gate, has one home: the QuerySet.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import cycle
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
R = TypeVar("R")

MOST_SHAPES = 64
"""Of one query: lists of another length make another text."""

GIVEN_BY: dict[type, models.Field[Any, Any]] = {
    UUID: models.UUIDField(),
    datetime: models.DateTimeField(),
    int: models.IntegerField(),
    str: models.TextField(),
}
"""How a value of each of these is given to the database."""
_NUMBERS = cycle(range(10_007, 32_003, 7))
"""That fit in every field: of one that does not, Django leaves out the condition."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")


def written_once(write: Callable[P, "QuerySet[Any, R]"]) -> Callable[P, list[R]]:
    """The rows of the QuerySet that this function makes of keys, moments, words and numbers, or lists of them.

    The function may only put the values in the query. It must not decide on them, but for how long a list is, nor on
    anything else that changes, such as what time it is: that comes in as a value. As far as that can be seen it is
    refused, the first time.
    """
    written: dict[Hashable, _Text | None] = {}

    @wraps(write)
    def rows(*values: P.args, **named: P.kwargs) -> list[R]:
        if named:
            raise TypeError(f"{write.__qualname__} is written for values in their order")
        shape = (connection.vendor, *map(_shape_of, values))
        try:
            text = written[shape]
        except KeyError:
            if len(written) >= MOST_SHAPES:
                written.clear()
            text = written[shape] = _text_of(write, values)
        return [] if text is None else text.rows_for(values)

    return rows


def _shape_of(value: Any) -> Any:
    """Values of one shape stand in the same places of the same text."""
    if isinstance(value, list | tuple):
        return tuple(map(_shape_of, value))
    kind = str if isinstance(value, str) else type(value)  # A bool is an int, and None is written in another way.
    if kind not in GIVEN_BY:
        raise TypeError(f"a query that is written once takes no {kind.__name__}")
    return kind


def _flat(values: Sequence[Any]) -> list[Any]:
    return [one for value in values for one in (_flat(value) if isinstance(value, list | tuple) else [value])]


def _for_database(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)  # Also of one of the choices of a field, or a text that is safe.
    return GIVEN_BY[type(value)].get_db_prep_value(value, connection, prepared=False)


@dataclass(frozen=True)
class _Text:
    """The query as it was written; `places` says of each of its parameters which value it is, or None for its own."""

    queryset: "QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]

    def rows_for(self, values: Sequence[Any]) -> list[Any]:
        given = [_for_database(value) for value in _flat(values)]
        params = tuple(
            [own if place is None else given[place] for own, place in zip(self.params, self.places, strict=True)]
        )
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_named: (self.sql, params)
        query: Any = _twin(self.queryset.query)
        query.get_compiler = lambda *_args, **_named: compiler
        asked: Any = _twin(self.queryset)
        asked._query = query
        return list(asked)


def _twin(thing: Any) -> Any:
    """A copy of the thing itself, and of nothing in it: to `copy` a QuerySet is to ask it."""
    twin = object.__new__(type(thing))
    vars(twin).update(vars(thing))
    return twin


def _text_of(write: Callable[..., "QuerySet[Any, Any]"], values: Sequence[Any]) -> _Text | None:
    """None where no row can meet it, as with an empty list."""
    first, second = _write(write, values), _write(write, values)
    if first is None or second is None:
        return None
    text, places = first
    other, places_of_other = second
    same = [a == b for a, b, place in zip(text.params, other.params, places, strict=False) if place is None]
    if (text.sql, places) != (other.sql, places_of_other) or not all(same):
        raise ImproperlyConfigured(f"{write.__qualname__} is not the same query twice")
    # With an empty list Django leaves out what no row can meet, and the lists that stand there with it.
    has_empty = any(isinstance(value, list | tuple) and not _flat(value) for value in values)
    asked = [not has_empty or not isinstance(value, list | tuple) for value in values for _one in _flat([value])]
    if not {number for number, is_asked in enumerate(asked) if is_asked} <= set(places):
        raise ImproperlyConfigured(f"{write.__qualname__} leaves a value out, or makes another of it")
    for own, place in zip(text.params, places, strict=True):
        if place is None and (isinstance(own, date) or (isinstance(own, str) and _MOMENT.match(own))):
            raise ImproperlyConfigured(f"{write.__qualname__} holds a moment that does not move on")
    return text


def _write(
    write: Callable[..., "QuerySet[Any, Any]"], values: Sequence[Any]
) -> tuple[_Text, tuple[int | None, ...]] | None:
    stand_ins = _stand_ins(values)
    queryset = write(*stand_ins)
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    known = {_for_database(one): number for number, one in enumerate(_flat(stand_ins))}
    places = tuple(known.get(param) if isinstance(param, Hashable) else None for param in params)
    return _Text(queryset, compiler, sql, tuple(params), places), places


def _stand_ins(values: Sequence[Any]) -> list[Any]:
    """Values of the same shape that stand nowhere else."""
    return [_stand_ins(value) if isinstance(value, list | tuple) else _stand_in(value) for value in values]


def _stand_in(value: Any) -> Any:
    if isinstance(value, str):
        return f"a word {uuid4()}"
    if isinstance(value, datetime):
        return datetime(1700, 1, 1, tzinfo=UTC) + timedelta(seconds=uuid4().int % 10**9)
    return uuid4() if isinstance(value, UUID) else next(_NUMBERS)
