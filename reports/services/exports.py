"""The closing PDF: ordered by the coach, made by a worker, and gone when something in it is taken back."""

from uuid import UUID

from django.db import transaction

from groups.models import Membership, NetworkGroup, user_of
from leervragen.models import Tried
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once
from netwerkleren.base.tasks import after_commit

from .. import tasks
from ..models import BehaviourGraph, Export, ValueStory
from ..models.made import MadePdfQuerySet
from . import editions


@transaction.atomic
def order_export(*, actor: Actor, group: NetworkGroup, key: UUID, version: str, **texts: str) -> Export:
    """Has the closing PDF made by a worker. `key` is the form's: posted twice it makes one PDF.

    While one is being made, that one is the answer; when it is to get other texts, it begins anew with those. They were
    written on top of `version`, the texts of the last PDF. Raises WrittenMeanwhile when that has others now.
    """
    lock(group)
    latest = Export.objects.filter(group=group).first() or Export(group=group)
    is_new = write_on_top(latest, version, **texts)
    if latest.is_busy and not latest._state.adding:
        if is_new:
            latest.full_clean(exclude=["made_by"])
            latest.save(update_fields=list(texts))
            _begin_anew(Export.objects.filter(pk=latest.pk))
        return latest
    export, created = make_once(Export, key=key, by="made_by", group=group, made_by=user_of(actor), **texts)
    if created:
        audit.record(actor, "export.ordered", export, group_id=group.pk)
        after_commit(tasks.make_export, str(export.pk))
    return export


@transaction.atomic
def retry_export(*, actor: Actor, export: Export) -> None:
    lock(export.group)
    if Export.objects.filter(group=export.group_id).busy().exists():
        return
    failed = Export.objects.filter(pk=export.pk, state=Export.State.FAILED)
    if failed.update(state=Export.State.QUEUED, attempts=0, lease_until=None, error="", step=""):
        after_commit(tasks.make_export, str(export.pk))


def withdraw_member(*, member: Membership) -> None:
    """Who leaves can no longer take anything back: what they shared goes along. Runs in the caller's transaction."""
    has_story = ValueStory.objects.filter(teller=member).for_pdf().exists()
    has_tried = Tried.objects.filter(leervraag__author=member, is_shared=True).exists()
    if has_story or has_tried or BehaviourGraph.objects.filter(member=member, shared_at__isnull=False).exists():
        withdraw_exports(group=member.group)


def withdraw_exports(*, group: NetworkGroup) -> None:
    """A text or a line that was taken back is gone from the PDFs too; the coach makes a new one.

    One that is being made begins anew: its worker may have read it already, and finds that the row is not its own now.
    """
    # Nobody orders one, and no worker takes one up, before this is committed.
    lock(group)
    exports = Export.objects.filter(group=group)
    # In this order: what gets ready in between is outdated after all.
    _begin_anew(exports.busy())
    exports.filter(state=Export.State.READY).update(state=Export.State.OUTDATED)
    for export in exports.with_needless_file():
        after_commit(tasks.remove_file, str(export.pk))
    editions.withdraw_editions(group=group)


def _begin_anew(busy: MadePdfQuerySet[Export]) -> None:
    """A worker that has one of these already finds that the row is not its own now."""
    busy.update(state=Export.State.QUEUED, attempts=0, lease_until=None, step="")
    for export in busy:
        after_commit(tasks.make_export, str(export.pk))
