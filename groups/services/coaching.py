"""Who leads a group: another coach beside the first, and a coach who steps back (docs/domain.md#people)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..models import Membership, user_of
from ..points import member_left
from . import pairing, second_factor


@transaction.atomic
def make_coach(*, actor: Actor, membership: Membership) -> bool:
    """A member leads the group too, with all that a coach of it may. A second click changes nothing: False.

    Who becomes coach is told by mail, and is nobody's maatje any more. It gives no right to make other groups.
    """
    lock(membership.group)  # nobody is paired with, or asked as maatje, who becomes coach
    row = lock(membership, "user")
    if row.left is not None:
        raise ValidationError(_("%(name)s zit niet meer in de groep.") % {"name": row.name})
    if row.is_coach:
        return False
    Membership.objects.filter(pk=row.pk).update(role=Membership.Role.COACH)
    become_coach(membership=row)
    queue_mail("groups.made_coach", to=row.user.email, about=row.pk, group_id=row.group_id, by=user_of(actor).pk)
    audit.record(actor, "member.made_coach", row, group_id=row.group_id)
    return True


def become_coach(*, membership: Membership) -> None:
    """What goes with it for who leads a group from now on: no maatje, and a second step at login."""
    Membership.objects.filter(wished_maatje=membership).update(wished_maatje=None)
    Membership.objects.filter(pk=membership.pk).update(wished_maatje=None)
    pairing.leave_pair(membership=membership)
    second_factor.ask_new_coach(user=membership.user)


@transaction.atomic
def step_back(*, actor: Actor, membership: Membership, leave: bool) -> bool:
    """A coach goes on as deelnemer, or with `leave` not at all. A second click changes nothing: False.

    Raises ValidationError for the only coach: a group is never without one.
    """
    lock(membership.group)  # of two coaches who step back at once the second one stays
    row = lock(membership, "user", "group")
    if not row.is_coach or row.left is not None:
        return False
    others = Membership.objects.current().coaches().filter(group=row.group).exclude(pk=row.pk)
    if not others.exists():
        raise ValidationError(_("Je bent de enige coach van deze groep. Maak eerst iemand anders coach."))
    row.role, row.left = Membership.Role.PARTICIPANT, timezone.now() if leave else None
    Membership.objects.filter(pk=row.pk).update(role=row.role, left=row.left)
    if leave:
        for reaction in member_left:
            reaction(row, actor)
    for other in others.select_related("user"):
        queue_mail("groups.coach_stepped_back", to=other.user.email, about=other.pk, group_id=row.group_id, who=row.pk)
    audit.record(actor, "member.stepped_back", row, group_id=row.group_id)
    return True
