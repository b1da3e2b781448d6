"""Mail of a group that did not arrive: its coach sends it again, or lets it be."""

from django.db import transaction

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.mail import let_be, resend
from netwerkleren.base.models import OutgoingMail

from ..models import NetworkGroup


@transaction.atomic
def resend_mail(*, actor: Actor, group: NetworkGroup, mail: OutgoingMail) -> bool:
    """False when it is on its way already, or arrived."""
    if not resend(mail):
        return False
    audit.record(actor, "mail.resent", mail, group_id=group.pk)
    return True


@transaction.atomic
def let_mail_be(*, actor: Actor, group: NetworkGroup, mail: OutgoingMail) -> bool:
    """Takes it off the list. False when it was not on it."""
    if not let_be(mail):
        return False
    audit.record(actor, "mail.let_be", mail, group_id=group.pk)
    return True
