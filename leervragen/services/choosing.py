"""In Controleren: which questions are not for today, and which lie together; several at once."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile

from ..board import blocks_of
from ..held import check_not_held
from ..models import Leervraag
from . import boards, laying

State = Leervraag.State
Chosen = list[tuple[UUID, int]]
"""The key of each strip, with the version of it that the chooser saw."""


@transaction.atomic
def choose_several(*, actor: Actor, meeting: Meeting, chosen: Chosen, not_today: bool) -> int:
    """The chosen questions, each with its group, are not for today, or are after all. Answers how many; they stay where
    they lie, so a question that was moved meanwhile is no reason to ask again.
    """
    boards.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    keys = {key for key, _version in chosen}
    blocks = blocks_of(meeting.leervragen.in_order())
    strips = [strip.pk for block in blocks if keys & {one.pk for one in block.strips} for strip in block.strips]
    count = Leervraag.objects.filter(pk__in=strips).update(not_today=not_today)
    boards.touch(meeting=meeting)
    return count


@transaction.atomic
def lay_together(*, actor: Actor, meeting: Meeting, chosen: Chosen, number: int | None = None) -> None:
    """The chosen questions, each with its group, become one group: beside the first that lies on the meetlat, else on
    `number`. Raises WrittenMeanwhile when one of them was moved since.
    """
    boards.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    blocks = blocks_of(meeting.leervragen.in_order())
    now = {strip.pk: (strip, block) for block in blocks for strip in block.strips}
    for key, version in chosen:
        if key not in now or now[key][0].version != version:
            raise WrittenMeanwhile(now[key][0] if key in now else None)
    keys = {key for key, _version in chosen}
    together = [block for block in blocks if keys & {one.pk for one in block.strips}]
    if len(together) < 2:
        raise ValidationError({"chosen": _("Kies twee vragen of meer.")})
    if any(block.first.state not in (State.LAID, State.TRAY) for block in together):
        raise ValidationError({"chosen": _("Kies vragen die op de meetlat of op de stapel liggen.")})
    base = next((block for block in together if block.first.state == State.LAID), None)
    if base is None:
        if number is None:
            raise ValidationError(
                {"number": _("Deze vragen liggen nog op de stapel. Kies op welk getal ze samen gaan.")}
            )
        base = together[0]
        laying.lay_strip(actor=actor, strip=base.first, version=base.first.version, number=number)
    for strip in [strip for block in together if block is not base for strip in block.strips]:
        laying.group_strips(actor=actor, strip=strip, version=strip.version, beside=base.first)
