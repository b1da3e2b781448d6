"""Rows that are held until the transaction ends: a service locks first, and then reads what it decides on."""

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def lock(row: M, *related: str) -> M:
    """The row as it is now, held; two writers come one after the other. `related` are fetched along, not held.

    Raises the model's DoesNotExist when it is gone. Related rows are read in statements of their own: PostgreSQL, when
    it waited for the lock, would answer the new row with the *old* joined ones.
    """
    model: type[M] = type(row)
    held = model._default_manager.select_for_update().get(pk=row.pk)
    if related:
        models.prefetch_related_objects([held], *related)
    return held
