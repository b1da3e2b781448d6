"""Making the closing PDF: the state is on the export's row, so that a killed worker loses nothing."""

import logging
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from netwerkleren.base.models import LeasedQuerySet
from netwerkleren.base.tasks import mail_queue, sweepers

from .models import Export

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 3


@mail_queue.task()
def make_export(pk: str) -> None:
    """Makes the PDF of one export. Running it twice makes one file."""
    if not Export.objects.busy().claim(UUID(pk), lease=LEASE, state=Export.State.RUNNING):
        return
    export = Export.objects.select_related("group").get(pk=pk)
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
    from .documents import closing_document
    from .statistics import closing_facts

    _tell(export, _("We zoeken alles bij elkaar."))
    facts = closing_facts(export.group)
    _tell(export, _("We tekenen de lijnen en maken de bladzijden op."))
    document = closing_document(export, facts)
    name = f"exports/{export.pk}.pdf"
    storage = export.file.storage
    # What an attempt that was cut off left behind.
    storage.delete(name)
    _finish(export, Export.State.READY, file=storage.save(name, ContentFile(document.pdf)), pages=document.pages)


def _tell(export: Export, step: str) -> None:
    Export.objects.filter(pk=export.pk).update(step=step)


def _finish(export: Export, state: Export.State, **changes: object) -> None:
    Export.objects.filter(pk=export.pk).update(state=state, lease_until=None, step="", **changes)


def sweep_exports() -> None:
    """Takes up again what a crash left, and what never reached the queue."""
    busy = Export.objects.busy()
    queued: LeasedQuerySet[Export] = busy.filter(lease_until__isnull=True)
    for pk in (queued | busy.lease_expired()).values_list("pk", flat=True):
        make_export(str(pk))


sweepers.register(sweep_exports)
