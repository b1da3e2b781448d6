"""Startvragen: answered by each deelnemer, opened by the coach, and what comes of the answers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import LearningGoal, Membership, NetworkGroup
from groups.services import learning_goals
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import BECOMES_WISH, TO_ARRANGE, Agreement, Half, Inventory, InventoryOpening, Meeting, Wish
from . import talk, wishes


@transaction.atomic
def save_answers(*, actor: Actor, member: Membership, version: str, **answers: str) -> Inventory:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    made, _created = Inventory.objects.get_or_create(member=member)
    inventory = lock(made, "member__group")
    if write_on_top(inventory, version, **answers):
        inventory.full_clean()
        inventory.save()
        _tell(inventory.member.group)
    return inventory


@transaction.atomic
def open_half(*, actor: Actor, group: NetworkGroup, half: str) -> None:
    """Opens a half before its onderdeel. It stays open."""
    if half not in Half.values:
        raise ValidationError(_("Kies welke vragen je opent."))
    InventoryOpening.objects.get_or_create(group=group, half=half)
    _tell(group)


@transaction.atomic
def make_goal(*, actor: Actor, inventory: Inventory) -> LearningGoal:
    """A leerdoel of one's own answer; the maatje sees it. Twice is once."""
    inventory = lock(inventory, "member")
    if not inventory.goal:
        raise ValidationError(_("Schrijf eerst op wat je wilt leren."))
    return learning_goals.add_learning_goal(actor=actor, membership=inventory.member, text=inventory.goal)


@transaction.atomic
def make_wishes(*, actor: Actor, inventory: Inventory, question: str, with_name: bool) -> list[Wish]:
    """Puts an answer on the list of wishes, a line a wish; equal ones are one. Only its owner puts a name beside it."""
    inventory = lock(inventory, "member__group")
    text = getattr(inventory, question) if question in BECOMES_WISH else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValidationError(_("Hier staat nog niets om te wensen."))
    member = inventory.member
    return [
        wishes.add_wish(
            actor=actor,
            group=member.group,
            kind=BECOMES_WISH[question],
            text=line,
            member=member if with_name else None,
        )
        for line in lines
    ]


@transaction.atomic
def arrange(*, actor: Actor, group: NetworkGroup, question: str, owner: Membership | None) -> Agreement:
    """Makes an afspraak of the introductie of what is "nog niet": `owner` sees to it. Twice is once."""
    meeting = group.meetings.filter(kind=Meeting.Kind.INTRODUCTION).exclude(state=Meeting.State.CANCELLED).first()
    if meeting is None:
        raise ValidationError(_("Er is geen introductie om dit bij af te spreken."))
    if question not in TO_ARRANGE:
        raise ValidationError(_("Kies wat jullie regelen."))
    text = str(TO_ARRANGE[question])
    lock(meeting)
    if (agreed := meeting.agreements.filter(text=text).first()) is not None:
        return agreed
    if owner is None:
        raise ValidationError(_("Kies wie dit regelt."))
    agreement = talk.add_agreement(actor=actor, meeting=meeting, text=text, owner=owner)
    _tell(group)
    return agreement


def _tell(group: NetworkGroup) -> None:
    live.touch(live.topic_of("inventory", group))
