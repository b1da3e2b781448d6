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

from ..agendas import standard_agenda
from ..models import AgendaItem, Meeting

MOST_ITEMS = 40


def touch(meeting: Meeting) -> None:
    """Whoever follows the meeting sees the change."""
    live.touch(live.topic_of("meeting", meeting))


def locked(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def item_of(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """The onderdeel as it is now. Raises ValidationError when someone took it off the agenda."""
    found = meeting.agenda.filter(pk=item.pk).first()
    if found is None:
        raise ValidationError(_("“%(title)s” staat niet meer op de agenda."), params={"title": item.title})
    return found


@transaction.atomic
def add_item(actor: Actor, *, meeting: Meeting, key: UUID, **fields: Any) -> AgendaItem:
    """Adds an onderdeel of our own before the last one. `key` comes with the form: sending it twice adds one."""
    meeting = locked(meeting)
    items = list(meeting.agenda.all())
    if existing := next((item for item in items if item.pk == key), None):
        return existing
    if len(items) >= MOST_ITEMS:
        raise ValidationError(_("Er passen hoogstens %(most)d onderdelen op een agenda."), params={"most": MOST_ITEMS})
    item = AgendaItem(pk=key, meeting=meeting, position=len(items) + 1, **fields)
    item.full_clean()
    item.save(force_insert=True)
    items.insert(max(len(items) - 1, 0), item)
    number_anew(items)
    touch(meeting)
    return item


@transaction.atomic
def change_item(actor: Actor, *, item: AgendaItem, **fields: Any) -> AgendaItem:
    meeting = locked(item.meeting)
    item = item_of(meeting, item)
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean()
    item.save(update_fields=list(fields))
    touch(meeting)
    return item


@transaction.atomic
def move_item(actor: Actor, *, item: AgendaItem, position: int) -> None:
    """To this place in the order, counted from 1; beyond an end is at that end. Twice the same is once."""
    meeting = locked(item.meeting)
    item = item_of(meeting, item)
    items = list(meeting.agenda.all())
    items.remove(item)
    items.insert(min(max(position - 1, 0), len(items)), item)
    number_anew(items)
    touch(meeting)


@transaction.atomic
def remove_item(actor: Actor, *, item: AgendaItem) -> None:
    """Takes an onderdeel off the agenda; the one that is on now stays."""
    meeting = locked(item.meeting)
    item = item_of(meeting, item)
    if meeting.current_item_id == item.pk:
        raise ValidationError(_("Dit onderdeel is nu bezig. Ga eerst naar het volgende."))
    item.delete()
    number_anew(list(meeting.agenda.all()))
    touch(meeting)


@transaction.atomic
def reset_agenda(actor: Actor, *, meeting: Meeting) -> None:
    """Back to the standard agenda of its kind; not once the meeting has begun."""
    meeting = locked(meeting)
    if meeting.started_at is not None:
        raise ValidationError(_("De bijeenkomst is al begonnen. De agenda van nu blijft staan."))
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(standard_agenda(meeting))
    touch(meeting)


def number_anew(items: list[AgendaItem]) -> None:
    """Gives the onderdelen positions 1, 2, … in this order, by way of numbers that no row has."""
    above = max((item.position for item in items), default=0)
    for start in (above + 1, 1):
        for position, item in enumerate(items, start=start):
            AgendaItem.objects.filter(pk=item.pk).update(position=position)
