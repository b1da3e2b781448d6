"""The tasks of the PDFs: make one, remove its file. What they do knows no queue: `making.py`."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from netwerkleren.base import disk
from netwerkleren.base.leases import LEASE
from netwerkleren.base.mail import queue_mail
from netwerkleren.base.tasks import background, mail_queue

from . import making
from .closing.documents import render_export
from .editions import render_edition
from .models import Edition, Export, MadePdf

EXPORT_READY, EDITION_READY = "reports.export_ready", "reports.edition_ready"
TOLD_AFTER = timedelta(minutes=2)
"""Who waits for a PDF has it by then, and gets no mail."""


@background(mail_queue)
def make_export(pk: str) -> None:
    """Makes the PDF of one export. Running it twice makes one file. On a full disk it waits for the sweeper."""
    if disk.has_room() and Export.objects.busy().claim(UUID(pk), lease=LEASE, state=MadePdf.State.RUNNING):
        export = Export.objects.select_related("group", "made_by").get(pk=pk)
        to = export.made_by.email if export.made_by else ""
        making.make_claimed(row=export, render=render_export, when_ready=lambda: _tell(EXPORT_READY, export, to))


@background(mail_queue)
def make_edition(pk: str) -> None:
    """The same of the edition of one member."""
    if disk.has_room() and Edition.objects.busy().claim(UUID(pk), lease=LEASE, state=MadePdf.State.RUNNING):
        edition = Edition.objects.select_related("group", "member__user").get(pk=pk)
        to = edition.member.user.email
        making.make_claimed(row=edition, render=render_edition, when_ready=lambda: _tell(EDITION_READY, edition, to))


def _tell(kind: str, row: Export | Edition, to: str) -> None:
    """Once each time that it is ready: again when it was made anew, after something in it was taken back."""
    if to:
        queue_mail(kind, to=to, about=row.pk, group_id=row.group_id, send_after=timezone.now() + TOLD_AFTER)


@background(mail_queue)
def remove_file(pk: str) -> None:
    """Deletes the file of a PDF that is no longer valid. Running it twice is fine."""
    for export in Export.objects.filter(pk=pk).with_needless_file():
        making.remove_needless_file(row=export)
    for edition in Edition.objects.filter(pk=pk).with_needless_file():
        making.remove_needless_file(row=edition)
