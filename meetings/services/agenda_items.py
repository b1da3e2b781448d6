"""The agenda: add, change, move and remove onderdelen, or put another agenda in its place. Positions run 1, 2, … .

Every write holds the row of the meeting, as leading does, and reads the onderdelen under it: two who change the agenda
at once, or one while another leads, each find what the other left. Each leaves an `AgendaChange`, by which its coach
can put it back (`agenda_undo`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.locks import lock

from ..agendas import missing_parts, standard_agenda
from ..models import AgendaChange, AgendaItem, Meeting, facts_of, placed_facts
from . import agenda_changes

Kind = AgendaChange.Kind
MOST_ITEMS = 40


class Typed(NamedTuple):
    """Minutes, and the version of the onderdeel that they were typed on."""

    minutes: int
    version: str


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held. Refuses when it is over: what was done stays as it was."""
    meeting = lock(meeting)
    meeting.check_agenda_open()
    return meeting


@transaction.atomic
def add_item(*, actor: Actor, meeting: Meeting, key: UUID, **fields: Any) -> AgendaItem:
    """Adds an onderdeel before the last one. `key` comes with the form: sending it twice adds one."""
    meeting = _held(meeting)
    items = list(meeting.agenda.all())
    if existing := next((item for item in items if item.pk == key), None):
        return existing
    return _insert(meeting, actor, items, AgendaItem(pk=key, **fields), at=max(len(items) - 1, 0))


@transaction.atomic
def restore_part(*, actor: Actor, meeting: Meeting, kind: str) -> AgendaItem:
    """Puts back an onderdeel that the method has in this kind of meeting, where the standard has it."""
    meeting = _held(meeting)
    items = list(meeting.agenda.all())
    part = next((part for part in missing_parts(meeting, items) if part.kind == kind), None)
    if part is None:
        existing = next((item for item in items if item.kind == kind), None)
        if existing is None:
            raise ValidationError(_("Dit onderdeel hoort niet bij deze bijeenkomst."))
        return existing
    order = [item.kind for item in standard_agenda(meeting)]
    earlier = set(order[: order.index(part.kind)]) - {AgendaItem.Kind.BREAK}
    at = max((place for place, item in enumerate(items, start=1) if item.kind in earlier), default=0)
    return _insert(meeting, actor, items, part, at=at)


def _insert(meeting: Meeting, actor: Actor, items: list[AgendaItem], item: AgendaItem, *, at: int) -> AgendaItem:
    if len(items) >= MOST_ITEMS:
        raise ValidationError(_("Er passen hoogstens %(most)d onderdelen op een agenda."), params={"most": MOST_ITEMS})
    item.meeting, item.position = meeting, len(items) + 1
    item.full_clean()
    item.save(force_insert=True)
    items.insert(at, item)
    number_anew(actor=actor, items=items)
    agenda_changes.record_change(actor=actor, meeting=meeting, kind=Kind.ADDED, item=item, after=[facts_of(item)])
    live.touch(live.topic_of("meeting", meeting))
    return item


@transaction.atomic
def change_item(*, actor: Actor, item: AgendaItem, version: str, **fields: Any) -> AgendaItem:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    meeting = _held(item.meeting)
    item = meeting.agenda.fresh(item)
    before = facts_of(item)
    if write_on_top(item, version, **fields):
        if item.is_done:
            raise ValidationError(_("“%(title)s” is al geweest."), params={"title": before["title"]})
        item.full_clean()
        item.save(update_fields=list(fields))
        agenda_changes.record_change(
            actor=actor,
            meeting=meeting,
            kind=AgendaChange.kind_of(before, facts_of(item)),
            item=item,
            before=[before],
            after=[facts_of(item)],
        )
        live.touch(live.topic_of("meeting", meeting))
    return item


@transaction.atomic
def retime_items(*, actor: Actor, meeting: Meeting, typed: Mapping[UUID, Typed]) -> None:
    """The minutes that were typed for some onderdelen, each on top of its version; all or none."""
    for item in meeting.agenda.filter(pk__in=typed):
        minutes, version = typed[item.pk]
        if minutes != item.minutes:
            item.meeting = meeting
            change_item(actor=actor, item=item, version=version, minutes=minutes)


@transaction.atomic
def move_item(*, actor: Actor, item: AgendaItem, position: int, seen: int | None = None) -> None:
    """To this place in the order, counted from 1; beyond an end is at that end. Twice the same is once.

    `seen` is the place that its mover saw it at: raises WrittenMeanwhile when it lies elsewhere now. None is for who
    was shown none.
    """
    meeting = _held(item.meeting)
    item = meeting.agenda.fresh(item)
    items = list(meeting.agenda.all())
    to = min(max(position, 1), len(items))
    if to == item.position:
        return
    if seen is not None and seen != item.position:
        raise WrittenMeanwhile(item)
    if item.started_at is not None:
        raise ValidationError(_("“%(title)s” is al begonnen, en blijft waar het staat."), params={"title": item.title})
    before = placed_facts(items, [item])
    items.remove(item)
    items.insert(to - 1, item)
    number_anew(actor=actor, items=items)
    after = [facts_of(item)]
    agenda_changes.record_change(
        actor=actor, meeting=meeting, kind=Kind.MOVED, item=item, value=str(to), before=before, after=after
    )
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def remove_item(*, actor: Actor, item: AgendaItem, version: str | None = None) -> None:
    """Takes an onderdeel off the agenda; the one that is on now stays, and so does what has been.

    `version` is the one that its remover saw: raises WrittenMeanwhile when another stands there now. None is for who
    was shown none.
    """
    meeting = _held(item.meeting)
    item = meeting.agenda.fresh(item)
    if version is not None and version != item.version:
        raise WrittenMeanwhile(item)
    if meeting.current_item_id == item.pk:
        raise ValidationError(_("Dit onderdeel is nu bezig. Ga eerst naar het volgende."))
    if item.is_done:
        raise ValidationError(_("“%(title)s” is al geweest."), params={"title": item.title})
    items = list(meeting.agenda.all())
    before = placed_facts(items, [item])
    agenda_changes.record_change(actor=actor, meeting=meeting, kind=Kind.REMOVED, item=item, before=before)
    item.delete()
    number_anew(actor=actor, items=list(meeting.agenda.all()))
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def reset_agenda(*, actor: Actor, meeting: Meeting) -> None:
    """Back to the standard agenda of its kind; not once the meeting has begun."""
    replace_agenda(actor=actor, meeting=meeting, items=standard_agenda(meeting))


@transaction.atomic
def replace_agenda(*, actor: Actor, meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    """These onderdelen, not saved yet, in the place of all; not once the meeting has begun. Twice the same is once."""
    meeting = _held(meeting)
    if meeting.started_at is not None:
        raise ValidationError(_("De bijeenkomst is al begonnen. De agenda van nu blijft staan."))
    old = list(meeting.agenda.all())
    new = list(items)[:MOST_ITEMS]
    if [{**facts_of(item), "id": ""} for item in old] == [{**facts_of(item), "id": ""} for item in new]:
        return
    before = placed_facts(old, old)
    meeting.agenda.all().delete()
    for position, item in enumerate(new, start=1):
        item.meeting, item.position = meeting, position
    AgendaItem.objects.bulk_create(new)
    after = [facts_of(item) for item in new]
    agenda_changes.record_change(actor=actor, meeting=meeting, kind=Kind.REPLACED, before=before, after=after)
    live.touch(live.topic_of("meeting", meeting))


def number_anew(*, actor: Actor, items: list[AgendaItem]) -> None:
    """Gives the onderdelen positions 1, 2, … in this order, by way of numbers that no row has."""
    above = max((item.position for item in items), default=0)
    for start in (above + 1, 1):
        for position, item in enumerate(items, start=start):
            AgendaItem.objects.filter(pk=item.pk).update(position=position)
