"""Rows that are held until the transaction ends: a service locks first, and then reads what it decides on."""

from typing import TypeVar

from django.db import models
from django.http import Http404

M = TypeVar("M", bound=models.Model)


def lock(row: M, *related: str) -> M:
    """The row as it is now, held; two writers come one after the other. `related` are fetched along, not held.

    One that went since the page was opened is missing, as for any page: raises Http404. Related rows are read in
    statements of their own: PostgreSQL, when it waited for the lock, would answer the new row with the *old* joined
    ones. Where a service holds more than one row, it takes them in this order, so that no two wait for each other:
    group, person, meeting, what hangs on those.
    """
    model: type[M] = type(row)
    held = model._default_manager.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise Http404
    if related:
        models.prefetch_related_objects([held], *related)
    return held
