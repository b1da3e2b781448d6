"""The address of an account: changed by its owner alone, and once the new mailbox confirmed it (docs/security.md L4).

`User.email` is what counts: login, mail and invitations read nothing else. The new address waits in a row of allauth's
`EmailAddress`, which otherwise has one row an account, with the same address.
"""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail, send_elsewhere

from ..models import Invitation, User, user_of
from . import inviting


@transaction.atomic
def ask_for_address(*, actor: Actor, email: str) -> EmailAddress:
    """The address waits until its mailbox confirms it. The present one is told, while its owner can still stop it."""
    user = lock(user_of(actor))
    forget_waiting_address(actor=user)  # and with it every link that was mailed for it
    waiting: EmailAddress = EmailAddress.objects.create(user=user, email=email.lower())
    queue_mail("groups.address_asked", to=user.email, about=user.pk)
    audit.record(user, "address.asked", user)
    return waiting


@transaction.atomic
def confirm_address(*, actor: Actor, address: EmailAddress) -> bool:
    """The address that waited is the account's from now on, and nothing leads to the one that it had.

    False when it waits no longer, belongs to another account, or was asked for by another than who confirms.
    """
    user = lock(user_of(actor))
    waiting = EmailAddress.objects.filter(pk=address.pk, user=user, verified=False).first()
    if waiting is None:
        return False
    old = user.email
    try:
        with transaction.atomic():
            _move(user, waiting)
    except IntegrityError:
        # It became another's between the asking and the answer.
        return False
    _take_along(old, user.email)
    for recipient in (old, user.email):
        queue_mail("groups.address_changed", to=recipient, about=user.pk, is_old=recipient == old)
    audit.record(user, "address.changed", user)
    return True


@transaction.atomic
def forget_waiting_address(*, actor: Actor) -> None:
    """On a new password: whoever asked for another address may be why it was chosen."""
    EmailAddress.objects.filter(user_id=user_of(actor).pk, verified=False).delete()


def _move(user: User, waiting: EmailAddress) -> None:
    EmailAddress.objects.filter(user=user).exclude(pk=waiting.pk).delete()
    waiting.verified = waiting.primary = True
    waiting.save()
    user.email = waiting.email
    user.save(update_fields=["email"])


def _take_along(old: str, new: str) -> None:
    """What was on its way to the old address: mail that waits or did not arrive, and places that were offered."""
    send_elsewhere(old=old, new=new)
    for invitation in Invitation.objects.unaccepted().filter(email__iexact=old).select_related("group"):
        inviting.readdress_invitation(invitation=invitation, email=new)
