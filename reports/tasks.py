"""The tasks of the closing PDF: make it, remove its file. What they do knows no queue: `closing/making.py`."""

from uuid import UUID

from netwerkleren.base import disk
from netwerkleren.base.leases import LEASE
from netwerkleren.base.tasks import background, mail_queue

from .closing import making
from .models import Export


@background(mail_queue)
def make_export(pk: str) -> None:
    """Makes the PDF of one export. Running it twice makes one file. On a full disk it waits for the sweeper."""
    if disk.has_room() and Export.objects.busy().claim(UUID(pk), lease=LEASE, state=Export.State.RUNNING):
        making.make_claimed(export=Export.objects.select_related("group").get(pk=pk))


@background(mail_queue)
def remove_file(pk: str) -> None:
    """Deletes the file of a PDF that is no longer valid. Running it twice is fine."""
    for export in Export.objects.filter(pk=pk).with_needless_file():
        making.remove_needless_file(export=export)
