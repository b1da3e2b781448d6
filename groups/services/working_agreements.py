""" "Zo werken wij": the lines that the group agreed on."""

from django.db import transaction

from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import NetworkGroup, WorkingAgreement


@transaction.atomic
def add_working_agreement(*, actor: Actor, group: NetworkGroup, text: str) -> WorkingAgreement:
    """Adds a line to "Zo werken wij"; the same line twice is one."""
    lock(group)  # two posts at once come one after the other
    if (same := group.working_agreements.filter(text=text).first()) is not None:
        return same
    agreement = WorkingAgreement(group=group, text=text)
    agreement.full_clean()
    agreement.save()
    return agreement


@transaction.atomic
def remove_working_agreement(*, actor: Actor, agreement: WorkingAgreement) -> None:
    agreement.delete()
