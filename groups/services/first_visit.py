"""The first visit of who joined: three small steps, each taken or skipped once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import FIRST_STEPS, Membership


@transaction.atomic
def finish_step(*, actor: Actor, membership: Membership, step: str) -> None:
    """Taken or skipped: it does not come back. Raises ValidationError for a step that there is not."""
    if step not in FIRST_STEPS:
        raise ValidationError(_("Deze stap bestaat niet."))
    Membership.objects.filter(pk=membership.pk).update(**{FIRST_STEPS[step]: True})


@transaction.atomic
def write_first_thought(*, actor: Actor, membership: Membership, first_thought: str, version: str) -> Membership:
    """Saves what was written on top of `version`; nothing written is a step skipped, or taken back.

    Raises WrittenMeanwhile when something else stands there now.
    """
    membership = lock(membership)
    write_on_top(membership, version, first_thought=first_thought)
    membership.thought_step_done = True
    membership.full_clean()
    membership.save(update_fields=["first_thought", "thought_step_done"])
    return membership
