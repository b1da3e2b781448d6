"""Making the whole traject: group, invitations and meetings, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from groups.addresses import Address
from groups.models import NetworkGroup
from groups.services import network_groups
from meetings.services import planning
from netwerkleren.base.access import Actor


def make_traject(
    *,
    actor: Actor,
    group_id: UUID,
    name: str,
    theme: str,
    theme_is_given: bool,
    people: Sequence[Address],
    introduction_at: datetime,
    network_count: int,
    dates: Sequence[datetime | None],
    place: str,
    publish: bool,
) -> NetworkGroup:
    """Makes the group `group_id`, all or nothing; asked again with the same id it answers the group that is there."""
    if (made := _made(actor, group_id)) is not None:
        return made
    try:
        with transaction.atomic():
            group = network_groups.create_group(
                actor=actor, name=name, theme=theme, theme_is_given=theme_is_given, people=people, pk=group_id
            )
            planning.plan_meetings(
                actor=actor,
                group=group,
                introduction_at=introduction_at,
                network_count=network_count,
                dates=dates,
                place=place,
            )
            if publish:
                network_groups.publish_group(actor=actor, group=group)
    except (IntegrityError, ValidationError):
        # Another click made it between the question and the answer.
        if (made := _made(actor, group_id)) is not None:
            return made
        raise
    return group


def _made(actor: Actor, group_id: UUID) -> NetworkGroup | None:
    return NetworkGroup.objects.led_by(actor).filter(pk=group_id).first()
