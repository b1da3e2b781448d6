"""Texts that were stored before there was one door for text: made as that door makes them (`text.py`)."""

from django.apps.registry import Apps
from django.db import IntegrityError, models, transaction

from .text import one_line, plain

ONE_LINE = 200
"""As `groups.models.lengths.LINE`: a column of no more letters holds one line."""


def clean_texts(apps: Apps, label: str) -> None:
    """Cleans every text column of an app, for its migration; a row in which nothing changes is not written.

    What a constraint refuses, such as two names that differ in what nobody sees, stays as it is: a person decides.
    """
    for model in apps.get_app_config(label).get_models():
        _clean(model)


def _clean(model: type[models.Model]) -> None:
    doors = {
        field.attname: one_line if (field.max_length or ONE_LINE + 1) <= ONE_LINE else plain
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.primary_key
    }
    if not doors:
        return
    rows = model._base_manager.order_by("pk").values_list("pk", *doors)
    # All are read before one is written: SQLite may show a row that moved in an index a second time.
    found = []
    for pk, *texts in rows.iterator():
        clean = {name: doors[name](text) for name, text in zip(doors, texts, strict=True) if text}
        changed = {name: text for name, text in clean.items() if text != texts[list(doors).index(name)]}
        if changed:
            found.append((pk, changed))
    for pk, changed in found:
        for name, text in changed.items():
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{name: text})
            except IntegrityError:
                continue
