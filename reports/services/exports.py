"""The closing PDF: ordered by the coach, made by a worker, and gone when something in it is taken back."""

from django.db import transaction

from groups.models import Membership, NetworkGroup, user_of
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.tasks import after_commit

from .. import tasks
from ..models import BehaviourGraph, Export, ValueStory


@transaction.atomic
def order_export(*, actor: Actor, group: NetworkGroup, quote: str, quoted: str, going_on: str) -> Export:
    """Has the closing PDF made by a worker. While one is being made, that one is the answer."""
    NetworkGroup.objects.select_for_update().get(pk=group.pk)
    busy = Export.objects.filter(group=group).busy().first()
    if busy:
        return busy
    export = Export(group=group, made_by=user_of(actor), quote=quote, quoted=quoted, going_on=going_on)
    export.full_clean()
    export.save()
    audit.record(actor, "export.ordered", export, group_id=group.pk)
    after_commit(tasks.make_export, str(export.pk))
    return export


@transaction.atomic
def retry_export(*, actor: Actor, export: Export) -> None:
    NetworkGroup.objects.select_for_update().get(pk=export.group_id)
    if Export.objects.filter(group=export.group_id).busy().exists():
        return
    failed = Export.objects.filter(pk=export.pk, state=Export.State.FAILED)
    if failed.update(state=Export.State.QUEUED, attempts=0, lease_until=None, error="", step=""):
        after_commit(tasks.make_export, str(export.pk))


def withdraw_member(*, member: Membership) -> None:
    """Who leaves can no longer take anything back: what they shared goes along. Runs in the caller's transaction."""
    has_story = ValueStory.objects.filter(teller=member).for_pdf().exists()
    if has_story or BehaviourGraph.objects.filter(member=member, shared_at__isnull=False).exists():
        withdraw_exports(group=member.group)


def withdraw_exports(*, group: NetworkGroup) -> None:
    """A text or a line that was taken back is gone from the PDFs too; the coach makes a new one.

    One that is being made begins anew: its worker may have read it already, and finds that the row is not its own now.
    """
    # Nobody orders one, and no worker takes one up, before this is committed.
    NetworkGroup.objects.select_for_update().get(pk=group.pk)
    exports = Export.objects.filter(group=group)
    # In this order: what gets ready in between is outdated after all.
    exports.busy().update(state=Export.State.QUEUED, attempts=0, lease_until=None, step="")
    exports.filter(state=Export.State.READY).update(state=Export.State.OUTDATED)
    for export in exports.busy():
        after_commit(tasks.make_export, str(export.pk))
    for export in exports.with_needless_file():
        after_commit(tasks.remove_file, str(export.pk))
