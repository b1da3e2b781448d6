"""The same form posted twice makes one thing: the form carries the key that the new row gets."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)


def make_once(model: type[M], *, key: UUID, by: str, **values: Any) -> tuple[M, bool]:
    """Creates the row with `key` as its id, or finds the one that an earlier post made. True when it is new.

    `by` names the one of `values` that says who made it: a key of someone else's row makes nothing. Call it inside a
    transaction.
    """
    row = model(pk=key, **values)
    # Whether the key is taken is asked below, in one statement that two posts at once cannot both win.
    row.full_clean(exclude=["id"], validate_constraints=False)
    row, created = model._default_manager.get_or_create(pk=key, defaults=values)
    if not created and getattr(row, f"{by}_id") != values[by].pk:
        raise ValidationError(_("Dit formulier is al eens gebruikt. Laad de bladzijde opnieuw."))
    return row, created
