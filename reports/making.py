"""Making a PDF: what the worker does with a row that it has claimed. Knows no queue.

The state is on the row, so that a killed worker loses nothing.
"""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.faults import what_is_missing
from netwerkleren.base.leases import LEASE, kept_alive
from netwerkleren.base.pdf import RenderedPdf

from .models import MadePdf

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3

_one_at_a_time = Lock()
"""The lease that the row has and the one that we hold change together: by it we know that the row is still ours."""

Tell = Callable[[str], None]
"""Says in a few words, to who waits, what is done now."""


def make_claimed(*, row: MadePdf, render: Callable[[Any, Tell], RenderedPdf], when_ready: Callable[[], None]) -> bool:
    """Makes the file, or writes down why not. `row` comes as it was just after its claim. True when it is ready.

    `when_ready` writes down who is told of it, in the transaction in which it is ready: no crash comes in between.
    """
    if row.attempts > MAX_ATTEMPTS:
        _finish(row, MadePdf.State.FAILED, error=_("Het maken werd een paar keer onderbroken."))
        return False
    try:
        with kept_alive(lambda: _renew(row)):
            return _make(row, render, when_ready)
    except Exception as problem:
        if what_is_missing(problem):
            # Room or the database: the lease lapses, and the sweeper tries again by itself.
            logger.exception("%s has to wait", row)
            return False
        # A fault of ours: the next attempt would fail the same way, so a person decides about trying again.
        logger.exception("%s could not be made", row)
        _finish(row, MadePdf.State.FAILED, error=_("Er ging iets mis bij het opmaken van de bladzijden."))
        raise


def _make(row: MadePdf, render: Callable[[Any, Tell], RenderedPdf], when_ready: Callable[[], None]) -> bool:
    document = render(row, lambda step: _tell(row, step))
    storage = row.file.storage
    if row.file:
        # What an attempt that was cut off left behind.
        storage.delete(str(row.file.name))
    name = f"exports/{uuid4()}.pdf"
    # The row knows of the file before the file is there: no crash leaves one that nobody knows of.
    if not _change(row, file=name):
        return False
    storage.save(name, ContentFile(document.pdf))
    with transaction.atomic():
        if _finish(row, MadePdf.State.READY, pages=document.pages):
            when_ready()
            return True
    storage.delete(name)
    return False


def _rows(row: MadePdf) -> QuerySet[Any]:
    """The row, for as long as it is ours."""
    ours: QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk, state=MadePdf.State.RUNNING)
    return ours.filter(lease_until=row.lease_until)


def _change(row: MadePdf, **changes: object) -> bool:
    """False when another worker took the row over, or something in it is taken back. A lease is given once."""
    with _one_at_a_time:
        return _rows(row).update(**changes) == 1


def _renew(row: MadePdf) -> bool:
    until = timezone.now() + LEASE
    with _one_at_a_time:
        if _rows(row).update(lease_until=until) == 0:
            return False
        row.lease_until = until
    return True


def _tell(row: MadePdf, step: str) -> None:
    _change(row, step=step)


def _finish(row: MadePdf, state: str, **changes: object) -> bool:
    """False when the row is no longer ours; then nothing is changed."""
    return _change(row, state=state, lease_until=None, step="", **changes)


def remove_needless_file(*, row: MadePdf) -> None:
    """Takes the file away, and then its name off the row. May run twice."""
    row.file.storage.delete(str(row.file.name))
    type(row)._default_manager.filter(pk=row.pk, file=row.file.name).update(file="")
