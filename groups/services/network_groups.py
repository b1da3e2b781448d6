"""The group itself: made as a draft, named, published."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..addresses import Address
from ..models import Membership, NetworkGroup, user_of
from ..points import group_published
from . import inviting


@transaction.atomic
def create_group(
    *,
    actor: Actor,
    name: str,
    theme: str = "",
    theme_is_given: bool = False,
    people: Iterable[Address] = (),
    pk: UUID | None = None,
) -> NetworkGroup:
    """Makes a draft that `actor` leads, with an invitation ready for each of `people`. No mail goes out.

    A caller that may ask twice (a double click) gives the same `pk` twice: the second is a ValidationError.
    """
    group = NetworkGroup(name=name, theme=theme, theme_is_given=theme_is_given)
    if pk is not None:
        group.pk = pk
    group.full_clean()
    group.save(force_insert=True)
    Membership.objects.create(user=user_of(actor), group=group, role=Membership.Role.COACH)
    inviting.add_invitations(actor=actor, group=group, people=people)
    audit.record(actor, "group.created", group, group_id=group.pk)
    return group


@transaction.atomic
def change_group(
    *, actor: Actor, group: NetworkGroup, name: str, theme: str, theme_is_given: bool, version: str
) -> NetworkGroup:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    group = lock(group)
    if write_on_top(group, version, name=name, theme=theme, theme_is_given=theme_is_given):
        group.full_clean()
        group.save(update_fields=["name", "theme", "theme_is_given"])
    return group


@transaction.atomic
def publish_group(*, actor: Actor, group: NetworkGroup) -> bool:
    """Opens the group to its people and mails every invitation that waits. A second click changes nothing: False."""
    now = timezone.now()
    if not NetworkGroup.objects.filter(pk=group.pk, published_at__isnull=True).update(published_at=now):
        return False
    group.published_at = now
    inviting.send_waiting_invitations(actor=actor, group=group)
    for reaction in group_published:
        reaction(group, actor)
    audit.record(actor, "group.published", group, group_id=group.pk)
    return True
