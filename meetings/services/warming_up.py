"""The two lines before the talk: off until who leads asks for them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Evaluation, Meeting, WarmUp


@transaction.atomic
def ask_first(*, actor: Actor, meeting: Meeting, asked: bool) -> None:
    """The phones ask for two lines, or no longer; what was written stays."""
    Evaluation.objects.update_or_create(meeting=meeting, defaults={"asks_first": asked})
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def save_warm_up(
    *, actor: Actor, meeting: Meeting, member: Membership, went_well: str, otherwise: str, version: str
) -> WarmUp:
    """One's own two lines, written on top of `version`. Raises WrittenMeanwhile when others stand there now."""
    lock(meeting)
    if not Evaluation.objects.filter(meeting=meeting, asks_first=True).exists():
        raise ValidationError(_("Dit wordt nu niet gevraagd. Zeg het straks in het gesprek."))
    made, _created = WarmUp.objects.get_or_create(meeting=meeting, member=member)
    own = lock(made)
    if write_on_top(own, version, went_well=went_well, otherwise=otherwise):
        own.full_clean()
        own.save()
    return own
