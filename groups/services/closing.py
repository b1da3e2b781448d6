"""The end of a group: closed after its traject and opened again, or a draft that is thrown away."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..models import NetworkGroup, user_of
from ..points import group_held


@transaction.atomic
def close_group(*, actor: Actor, group: NetworkGroup) -> bool:
    """What was written can still be read; another's footage cannot be seen from the next request on.

    Nobody is invited, paired or filmed any more, and open invitations end. Every member is told. A second click
    changes nothing: False. Raises ValidationError while something is still to come.
    """
    group = lock(group)
    if group.is_draft:
        raise ValidationError(_("Deze groep is nog een concept. Je kunt haar weggooien."))
    if group.closed_at is not None:
        return False
    if reasons := group_held.collect(group):
        raise ValidationError(reasons)
    group.closed_at = timezone.now()
    group.save(update_fields=["closed_at"])
    group.invitations.unanswered().update(revoked_at=group.closed_at)
    _tell("groups.closed", actor, group, group.closed_at)
    audit.record(actor, "group.closed", group, group_id=group.pk)
    return True


@transaction.atomic
def reopen_group(*, actor: Actor, group: NetworkGroup) -> bool:
    """As it was, but for the invitations that ended and the footage that was erased meanwhile. Every member is told."""
    group = lock(group)
    if group.closed_at is None:
        return False
    closed_at, group.closed_at = group.closed_at, None
    group.save(update_fields=["closed_at"])
    _tell("groups.reopened", actor, group, closed_at)
    audit.record(actor, "group.reopened", group, group_id=group.pk)
    return True


@transaction.atomic
def delete_draft(*, actor: Actor, group: NetworkGroup) -> None:
    """Everything of it goes. Nobody ever had a mail of it, so nobody is told."""
    group = lock(group)
    if not group.is_draft:
        raise ValidationError(_("Deze groep is gepubliceerd. Sluit haar af in plaats van haar weg te gooien."))
    if reasons := group_held.collect(group):
        raise ValidationError(reasons)
    audit.record(actor, "group.deleted", group, group_id=group.pk)
    group.delete()


def _tell(kind: str, actor: Actor, group: NetworkGroup, closed_at: datetime) -> None:
    for membership in group.memberships.current().select_related("user"):
        queue_mail(
            kind,
            to=membership.user.email,
            about=membership.pk,
            group_id=group.pk,
            by=user_of(actor).pk,
            closed_at=closed_at.isoformat(),  # to the microsecond, which JSON would cut off
        )
