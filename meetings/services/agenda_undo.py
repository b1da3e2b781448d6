"""Putting back what one did to an agenda, as long as nobody touched that since."""

from datetime import time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import AgendaChange, AgendaItem, Meeting, facts_of
from . import agenda_items

Kind = AgendaChange.Kind


@transaction.atomic
def undo_change(*, actor: Actor, meeting: Meeting, change: int) -> None:
    """Puts back what this change did; one that was put back already is done. It has to be the actor's own.

    Another's later change of the same onderdeel stands in its way: then nothing is done, and the refusal says whose.
    """
    meeting = lock(meeting)
    meeting.check_agenda_open()
    mine = meeting.agenda_changes.filter(pk=change, by=actor.pk).first()
    if mine is None:
        return
    later = meeting.agenda_changes.filter(pk__gt=mine.pk).select_related("by").order_by("-pk")
    for other in later:
        if other.touched & mine.touched:
            raise ValidationError(
                _("%(name)s veranderde dit daarna nog. Er is niets teruggezet."),
                params={"name": str(other.by) if other.by and other.by_id != actor.pk else _("Jij")},
            )
    items = {str(item.pk): item for item in meeting.agenda.all()}
    _check_untouched(mine, items, meeting)
    order = list(items)
    for facts in mine.after:
        if facts["id"] not in {before["id"] for before in mine.before}:
            order.remove(facts["id"])
            items.pop(facts["id"]).delete()
    for facts in mine.before:
        _put_back(mine, facts, items, order, meeting)
    agenda_items.number_anew(actor=actor, items=[items[key] for key in order])
    mine.delete()
    live.touch(live.topic_of("meeting", meeting))


def _check_untouched(mine: AgendaChange, items: dict[str, AgendaItem], meeting: Meeting) -> None:
    """What leaves no change of the agenda, such as leading, may have touched it too."""
    for facts in mine.after:
        item = items.get(facts["id"])
        stands = item and (facts_of(item) == facts or mine.kind == Kind.MOVED)
        has_begun = item and item.started_at is not None
        if not stands or has_begun:
            raise ValidationError(_("Dit is intussen veranderd of begonnen. Er is niets teruggezet."))
    if mine.kind == Kind.REPLACED and (meeting.started_at or len(items) != len(mine.after)):
        raise ValidationError(_("De agenda is intussen veranderd. Er is niets teruggezet."))
    if len(items) - len(mine.after) + len(mine.before) > agenda_items.MOST_ITEMS:
        raise ValidationError(
            _("Er passen hoogstens %(most)d onderdelen op een agenda."), params={"most": agenda_items.MOST_ITEMS}
        )


def _put_back(
    mine: AgendaChange, facts: dict[str, Any], items: dict[str, AgendaItem], order: list[str], meeting: Meeting
) -> None:
    key, follows = facts["id"], facts.get("follows")
    item = items.get(key)
    if mine.kind != Kind.MOVED or item is None:
        above = max((other.position for other in items.values()), default=0)
        item = item or AgendaItem(pk=UUID(key), meeting=meeting, position=above + 1)
        fixed = facts["fixed_start"]
        for name in ("kind", "title", "minutes", "means", "purpose"):
            setattr(item, name, facts[name])
        item.fixed_start = time.fromisoformat(fixed) if fixed else None
        item.save()
        items[key] = item
    if "place" in facts:
        if key in order:
            order.remove(key)
        order.insert(order.index(follows) + 1 if follows in order else facts["place"], key)
