"""What other rows say of each row of a query, for in an `annotate()` or a `filter()`.

    Meeting.objects.annotate(handout_count=count_beside(Handout, meeting=F("pk")))

It is what Django's `Exists` and `Subquery` are for, where rows are only compared: theirs is built, cloned and written
out anew at each request, which cost a page ten times as much as this, and more than the database took to answer it.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Value
from django.db.models.sql.compiler import SQLCompiler


class _Beside(Func):
    """`(SELECT what FROM table WHERE column = value AND … then)`; a value is one, an `F` of the query, or None."""

    def __init__(
        self, model: type[models.Model], what: str, then: str, field: models.Field[Any, Any], equal: dict[str, Any]
    ) -> None:
        compared, self.empty = {}, []
        for name, value in equal.items():
            of = model._meta.get_field(name)
            column = str(of.column)  # type: ignore[union-attr]  # of a field in a table
            if value is None:
                self.empty.append(column)
            else:
                target: Any = getattr(of, "target_field", of)
                compared[column] = value if isinstance(value, F) else Value(value, output_field=target)
        self.table, self.columns, self.what, self.then = model._meta.db_table, list(compared), what, then
        super().__init__(*compared.values(), output_field=field)

    def as_sql(  # type: ignore[override]  # A `Func` also takes a template, which nobody gives this one.
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        quoted = connection.ops.quote_name
        said = [f"beside.{quoted(column)} IS NULL" for column in self.empty]
        params: list[Any] = []
        for column, expression in zip(self.columns, self.get_source_expressions(), strict=True):
            sql, own = compiler.compile(expression)
            said.append(f"beside.{quoted(column)} = {sql}")
            params += own
        where = " AND ".join(said)
        return f"{self.what} FROM {quoted(self.table)} beside WHERE {where}{self.then})", tuple(params)


def exists_beside(model: type[models.Model], **equal: Any) -> Func:
    """Whether there is a row of this model of which all this is true."""
    return _Beside(model, "EXISTS(SELECT 1", "", models.BooleanField(), equal)


def count_beside(model: type[models.Model], **equal: Any) -> Func:
    """How many there are."""
    return _Beside(model, "(SELECT COUNT(*)", "", models.IntegerField(), equal)


def sum_beside(model: type[models.Model], field: str, **equal: Any) -> Func:
    """What they have together of this field of numbers; 0 where there are none."""
    return _Beside(model, f'(SELECT COALESCE(SUM(beside."{field}"), 0)', "", models.IntegerField(), equal)


def latest_beside(model: type[models.Model], field: str, *, by: str, **equal: Any) -> Func:
    """This field of the one with the most of `by`; None where there are none."""
    found = model._meta.get_field(field).clone()  # type: ignore[union-attr]  # of a field in a table
    return _Beside(model, f'(SELECT beside."{field}"', f' ORDER BY beside."{by}" DESC LIMIT 1', found, equal)
