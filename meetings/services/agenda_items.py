"""The agenda: add, change, move and remove onderdelen, or go back to the standard. Positions run 1, 2, … .

Every write holds the row of the meeting, as leading does, and reads the onderdelen under it: two who change the agenda
at once, or one while another leads, each find what the other left.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..agendas import standard_agenda
from ..models import AgendaItem, Meeting

MOST_ITEMS = 40


@transaction.atomic
def add_item(*, actor: Actor, meeting: Meeting, key: UUID, **fields: Any) -> AgendaItem:
    """Adds an onderdeel of our own before the last one. `key` comes with the form: sending it twice adds one."""
    meeting = lock(meeting)
    items = list(meeting.agenda.all())
    if existing := next((item for item in items if item.pk == key), None):
        return existing
    if len(items) >= MOST_ITEMS:
        raise ValidationError(_("Er passen hoogstens %(most)d onderdelen op een agenda."), params={"most": MOST_ITEMS})
    item = AgendaItem(pk=key, meeting=meeting, position=len(items) + 1, **fields)
    item.full_clean()
    item.save(force_insert=True)
    items.insert(max(len(items) - 1, 0), item)
    number_anew(actor=actor, items=items)
    live.touch(live.topic_of("meeting", meeting))
    return item


@transaction.atomic
def change_item(*, actor: Actor, item: AgendaItem, version: str, **fields: Any) -> AgendaItem:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    meeting = lock(item.meeting)
    item = meeting.agenda.fresh(item)
    if write_on_top(item, version, **fields):
        item.full_clean()
        item.save(update_fields=list(fields))
        live.touch(live.topic_of("meeting", meeting))
    return item


@transaction.atomic
def move_item(*, actor: Actor, item: AgendaItem, position: int) -> None:
    """To this place in the order, counted from 1; beyond an end is at that end. Twice the same is once."""
    meeting = lock(item.meeting)
    item = meeting.agenda.fresh(item)
    items = list(meeting.agenda.all())
    items.remove(item)
    items.insert(min(max(position - 1, 0), len(items)), item)
    number_anew(actor=actor, items=items)
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def remove_item(*, actor: Actor, item: AgendaItem) -> None:
    """Takes an onderdeel off the agenda; the one that is on now stays."""
    meeting = lock(item.meeting)
    item = meeting.agenda.fresh(item)
    if meeting.current_item_id == item.pk:
        raise ValidationError(_("Dit onderdeel is nu bezig. Ga eerst naar het volgende."))
    item.delete()
    number_anew(actor=actor, items=list(meeting.agenda.all()))
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def reset_agenda(*, actor: Actor, meeting: Meeting) -> None:
    """Back to the standard agenda of its kind; not once the meeting has begun."""
    meeting = lock(meeting)
    if meeting.started_at is not None:
        raise ValidationError(_("De bijeenkomst is al begonnen. De agenda van nu blijft staan."))
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(standard_agenda(meeting))
    live.touch(live.topic_of("meeting", meeting))


def number_anew(*, actor: Actor, items: list[AgendaItem]) -> None:
    """Gives the onderdelen positions 1, 2, … in this order, by way of numbers that no row has."""
    above = max((item.position for item in items), default=0)
    for start in (above + 1, 1):
        for position, item in enumerate(items, start=start):
            AgendaItem.objects.filter(pk=item.pk).update(position=position)
