"""Making the closing PDF: what the worker does with an export that it has claimed. Knows no queue.

The state is on the export's row, so that a killed worker loses nothing.
"""

import logging
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Export
from .documents import closing_document
from .facts import closing_facts

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 3


def make_claimed(*, export: Export) -> None:
    """Makes the file, or writes down why not. `export` comes as it was just after its claim."""
    if export.attempts > MAX_ATTEMPTS:
        _finish(export, Export.State.FAILED, error=_("Het maken werd een paar keer onderbroken."))
        return
    try:
        _make(export)
    except Exception:
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
    if not _ours(export).update(file=name):
        return
    storage.save(name, ContentFile(document.pdf))
    if not _finish(export, Export.State.READY, pages=document.pages):
        storage.delete(name)


def _ours(export: Export) -> QuerySet[Export]:
    """The row, until another worker takes it over or something in it is taken back. A lease is given once."""
    return Export.objects.filter(pk=export.pk, state=Export.State.RUNNING, lease_until=export.lease_until)


def _tell(export: Export, step: str) -> None:
    _ours(export).update(step=step)


def _finish(export: Export, state: Export.State, **changes: object) -> bool:
    """False when the row is no longer ours; then nothing is changed."""
    return _ours(export).update(state=state, lease_until=None, step="", **changes) == 1


def remove_needless_file(*, export: Export) -> None:
    """Takes the file away, and then its name off the row. May run twice."""
    export.file.storage.delete(str(export.file.name))
    Export.objects.filter(pk=export.pk, file=export.file.name).update(file="")
