"""Making the closing PDF: what the worker does with an export that it has claimed. Knows no queue.

The state is on the export's row, so that a killed worker loses nothing.
"""

import logging
from threading import Lock
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.faults import what_is_missing
from netwerkleren.base.leases import LEASE, kept_alive

from ..models import Export
from .documents import closing_document
from .facts import closing_facts

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3

_one_at_a_time = Lock()
"""The lease that the row has and the one that we hold change together: by it we know that the row is still ours."""


def make_claimed(*, export: Export) -> None:
    """Makes the file, or writes down why not. `export` comes as it was just after its claim."""
    if export.attempts > MAX_ATTEMPTS:
        _finish(export, Export.State.FAILED, error=_("Het maken werd een paar keer onderbroken."))
        return
    try:
        with kept_alive(lambda: _renew(export)):
            _make(export)
    except Exception as problem:
        if what_is_missing(problem):
            # Room or the database: the lease lapses, and the sweeper tries again by itself.
            logger.exception("Export %s has to wait", export.pk)
            return
        # A fault of ours: the next attempt would fail the same way, so a person decides about trying again.
        logger.exception("Export %s could not be made", export.pk)
        _finish(export, Export.State.FAILED, error=_("Er ging iets mis bij het opmaken van de bladzijden."))
        raise


def _make(export: Export) -> None:
    _tell(export, _("We zoeken alles bij elkaar."))
    facts = closing_facts(export.group)
    _tell(export, _("We tekenen de lijnen en maken de bladzijden op."))
    document = closing_document(export, facts)
    storage = export.file.storage
    if export.file:
        # What an attempt that was cut off left behind.
        storage.delete(str(export.file.name))
    name = f"exports/{uuid4()}.pdf"
    # The row knows of the file before the file is there: no crash leaves one that nobody knows of.
    if not _change(export, file=name):
        return
    storage.save(name, ContentFile(document.pdf))
    if not _finish(export, Export.State.READY, pages=document.pages):
        storage.delete(name)


def _change(export: Export, **changes: object) -> bool:
    """False when another worker took the row over, or something in it is taken back. A lease is given once."""
    with _one_at_a_time:
        ours = Export.objects.filter(pk=export.pk, state=Export.State.RUNNING, lease_until=export.lease_until)
        return ours.update(**changes) == 1


def _renew(export: Export) -> bool:
    until = timezone.now() + LEASE
    with _one_at_a_time:
        ours = Export.objects.filter(pk=export.pk, state=Export.State.RUNNING, lease_until=export.lease_until)
        if ours.update(lease_until=until) == 0:
            return False
        export.lease_until = until
    return True


def _tell(export: Export, step: str) -> None:
    _change(export, step=step)


def _finish(export: Export, state: Export.State, **changes: object) -> bool:
    """False when the row is no longer ours; then nothing is changed."""
    return _change(export, state=state, lease_until=None, step="", **changes)


def remove_needless_file(*, export: Export) -> None:
    """Takes the file away, and then its name off the row. May run twice."""
    export.file.storage.delete(str(export.file.name))
    Export.objects.filter(pk=export.pk, file=export.file.name).update(file="")
