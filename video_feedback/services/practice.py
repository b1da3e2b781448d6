"""A first top, on the oefenfragment."""

from django.db import transaction

from groups.models import Membership
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import PracticeTop


@transaction.atomic
def give_practice_top(*, actor: Actor, membership: Membership, start_ms: int, text: str, version: str) -> PracticeTop:
    """The one top of this member, or another in its place. Raises WrittenMeanwhile as every text does."""
    membership = lock(membership)  # two posts at once come one after the other
    top = PracticeTop.objects.filter(giver=membership).first() or PracticeTop(giver=membership)
    if write_on_top(top, version, start_ms=start_ms, text=text):
        top.full_clean()
        top.save()
        live.touch(live.topic_of("practice", membership.group))
    return top
