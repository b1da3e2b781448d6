"""An account that its owner ends. What the group made together stays, under "Oud-deelnemer" (docs/security.md P4)."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.models import OutgoingMail

from ..models import FactorReset, Invitation, LearningGoal, Membership, NetworkGroup, OwnDevice, User, user_of
from ..points import account_deleted, account_held, member_left
from . import pairing

NOBODYS_DOMAIN = "oud-deelnemer.invalid"
"""Of an account that was deleted: no mail can go there (RFC 2606)."""


@transaction.atomic
def delete_account(*, actor: Actor) -> str:
    """The account of the actor. Its row stays without a name, an address or a way in, so that what hangs on it does.

    Answers the address that it had, for the mail that confirms it: after this nothing knows it any more.

    Raises ValidationError with a sentence when something has to be done first.
    """
    mine = Membership.objects.filter(user=user_of(actor).pk)
    # Nobody is paired with, or asked as maatje, who is leaving.
    for group in NetworkGroup.objects.filter(memberships__in=mine).order_by("pk"):
        lock(group)
    user = lock(user_of(actor))
    if reasons := account_held.collect(user):
        raise ValidationError(reasons)
    address = user.email
    for membership in mine.select_related("user", "group"):
        _leave(membership, actor)
    for reaction in account_deleted:
        reaction(user, actor)
    LearningGoal.objects.filter(membership__in=mine).delete()
    Invitation.objects.filter(email__iexact=address).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)
    FactorReset.objects.filter(user=user).delete()
    OutgoingMail.objects.filter(recipient__iexact=address).delete()
    for rows in (EmailAddress, Authenticator, UserSession):
        rows.objects.filter(user=user).delete()
    OwnDevice.objects.filter(user=user).delete()
    _throw_away_drafts(actor, mine)
    _forget(user)
    audit.record(actor, "account.deleted", user)
    return address


def _leave(membership: Membership, actor: Actor) -> None:
    was_there = membership.left is None
    if was_there:
        membership.left = timezone.now()
        Membership.objects.filter(pk=membership.pk).update(left=membership.left)
        pairing.leave_pair(membership=membership)
        for reaction in member_left:
            reaction(membership, actor)
    Membership.objects.filter(wished_maatje=membership).update(wished_maatje=None)
    Membership.objects.filter(pk=membership.pk).update(school=None, discipline="", wished_maatje=None, first_thought="")


def _throw_away_drafts(actor: Actor, mine: QuerySet[Membership]) -> None:
    """Of a draft nobody else knows: without its coach the addresses in it would stay where nobody can reach them."""
    alone = NetworkGroup.objects.filter(memberships__in=mine, published_at=None)
    for group in alone.exclude(memberships__in=Membership.objects.current()):
        audit.record(actor, "group.deleted", group, group_id=group.pk)
        group.delete()


def _forget(user: User) -> None:
    photo, storage = user.photo.name, user.photo.storage
    user.name, user.photo, user.email = _("Oud-deelnemer"), "", f"{user.pk}@{NOBODYS_DOMAIN}"
    user.telephone = ""
    user.is_active = user.is_coach = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    if photo:
        transaction.on_commit(partial(storage.delete, photo))
