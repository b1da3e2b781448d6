"""A group that is closed: what was written can be read, and nothing of it changes (docs/architecture.md)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor

from .models import NetworkGroup, User, memberships_of

ABOVE = (
    "group",
    "membership",
    "meeting",
    "member",
    "owner",
    "author",
    "teller",
    "giver",
    "observer",
    "wish",
    "leervraag",
    "meetlat",
    "clip",
    "feedback",
    "interview",
    "door",
)
"""By which names a row points to what it belongs to, up to its group."""


def why_it_stays(actor: Actor, obj: Any) -> str | None:
    """The sentence for who would change a row of a group that is closed. For its members it asks nothing."""
    group_id = _group_id_of(obj)
    if group_id is None or not _is_closed(actor, group_id):
        return None
    return _("Deze groep is afgesloten. Je kunt alles nog lezen. Een coach kan haar heropenen.")


def _group_id_of(obj: Any) -> UUID | None:
    if isinstance(obj, NetworkGroup):
        return obj.pk
    found: UUID | None = getattr(obj, "group_id", None)
    if found is not None:
        return found
    # An account is of no one group, whatever points to it on the way.
    above = (getattr(obj, name, None) for name in ABOVE)
    return next((_group_id_of(row) for row in above if row is not None and not isinstance(row, User)), None)


def _is_closed(actor: Actor, group_id: UUID) -> bool:
    own = next((own for own in memberships_of(actor) if own.group_id == group_id), None)
    if own is not None:
        return own.group.closed_at is not None
    return NetworkGroup.objects.filter(pk=group_id, closed_at__isnull=False).exists()
