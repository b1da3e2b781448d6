"""Takes up again what a crash left, and what never reached the queue."""

from netwerkleren.base.models import LeasedQuerySet

from . import tasks
from .closing import making
from .models import Export


def remove_files() -> None:
    """Here and now, since it makes room: a queue on a full disk could not be asked to."""
    for export in Export.objects.with_needless_file():
        making.remove_needless_file(export=export)


def sweep_exports() -> None:
    busy = Export.objects.busy()
    queued: LeasedQuerySet[Export] = busy.filter(lease_until__isnull=True)
    for pk in (queued | busy.lease_expired()).values_list("pk", flat=True):
        tasks.make_export(str(pk))
