""" "Bedoel je …?": asking the asker what a question means, and the asker who has read it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base.access import Actor
from netwerkleren.base.once import make_once

from ..models import Clarification, Leervraag


@transaction.atomic
def ask_what_is_meant(*, actor: Actor, key: UUID, leervraag: Leervraag, text: str) -> Clarification:
    """Puts "Bedoel je …?" to the asker alone. `key` is the form's: posted twice it is asked once."""
    writer = membership_of(actor, leervraag)
    if writer is None:
        raise PermissionDenied(_("Je zit niet meer in deze groep."))
    if not Leervraag.objects.current().filter(pk=leervraag.pk).exists():
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    row, _created = make_once(Clarification, key=key, by="writer", leervraag=leervraag, writer=writer, text=text)
    return row


@transaction.atomic
def put_aside(*, actor: Actor, clarification: Clarification) -> None:
    """The asker has read it, and it is gone. Twice is once."""
    Clarification.objects.filter(pk=clarification.pk).delete()
