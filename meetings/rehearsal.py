"""What a change would do, told before it is made: it is made, read, and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from groups.models import Membership, NetworkGroup
from netwerkleren.base.models import OutgoingMail

from .models import ExpertInvitation, Meeting


@dataclass(frozen=True)
class Rehearsed:
    """Who would get mail, and which meetings would get another name: (as it is called, as it will be)."""

    participants: int
    coaches: int
    experts: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    is_draft: bool

    @property
    def has_mail(self) -> bool:
        return bool(self.participants or self.coaches or self.experts)


def rehearse(group: NetworkGroup, change: Callable[[], object]) -> Rehearsed:
    """Raises what `change` raises; nothing of it stays, and no mail goes."""
    with transaction.atomic():
        known = set(OutgoingMail.objects.filter(group_id=group.pk).values_list("pk", flat=True))
        before = _names(group)
        change()
        mails = OutgoingMail.objects.filter(group_id=group.pk).exclude(pk__in=known)
        about = {pk for pk in mails.values_list("about", flat=True) if pk}
        renamed = tuple((before[pk], name) for pk, name in _names(group).items() if before.get(pk, name) != name)
        roles = list(Membership.objects.filter(pk__in=about).values_list("role", flat=True))
        experts = ExpertInvitation.objects.filter(pk__in=about).values_list("expert__name", flat=True)
        found = Rehearsed(
            participants=roles.count(Membership.Role.PARTICIPANT),
            coaches=roles.count(Membership.Role.COACH),
            experts=tuple(experts),
            renamed=renamed,
            is_draft=group.is_draft,
        )
        transaction.set_rollback(True)
    return found


def rehearse_if_it_can(group: NetworkGroup, change: Callable[[], object]) -> Rehearsed | None:
    """For a page on which nobody pressed anything yet: None when it would be refused, which the press then says."""
    try:
        return rehearse(group, change)
    except ValidationError:
        # No press to answer: there is nothing to foresee.
        return None


def _names(group: NetworkGroup) -> dict[UUID, str]:
    """Of those that take place."""
    shown = Meeting.objects.of_group(group).not_cancelled().select_related("topic")
    return {meeting.pk: meeting.number_name for meeting in shown}
