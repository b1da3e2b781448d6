"""Once a minute: takes up again what a crash left, and what never reached the queue."""

from netwerkleren.base.models import LeasedQuerySet

from . import tasks
from .models import Export


def sweep_exports() -> None:
    for export in Export.objects.with_needless_file():
        tasks.remove_file(str(export.pk))
    busy = Export.objects.busy()
    queued: LeasedQuerySet[Export] = busy.filter(lease_until__isnull=True)
    for pk in (queued | busy.lease_expired()).values_list("pk", flat=True):
        tasks.make_export(str(pk))
