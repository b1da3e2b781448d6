"""Mijn lijn, and the moments that lines are drawn over."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..lines.moments import moments_of, write_moments
from ..models import BehaviourGraph, GraphMoment, GraphPoint, LinesTalk
from . import exports


@dataclass(frozen=True)
class DrawnPoint:
    """Where a line goes at a moment: a height from 0 to 100, or None for "niet geweest", with a word on why."""

    value: int | None
    note: str = ""


@transaction.atomic
def save_line(*, actor: Actor, member: Membership, points: Mapping[UUID, DrawnPoint]) -> BehaviourGraph:
    """Replaces the points of the member's line. Moments that are not in `points` are not drawn (yet)."""
    made, _created = BehaviourGraph.objects.get_or_create(member=member)
    graph = lock(made)
    before = _drawn(graph)
    shown = {moment.pk: moment for moment in moments_of(member.group)}
    moments = {pk: moment for pk, moment in shown.items() if pk in points}
    write_moments(list(moments.values()))
    # Held, so that none of them is removed before the points are written.
    there = set(GraphMoment.objects.select_for_update().filter(pk__in=moments).values_list("pk", flat=True))
    # Points at what the coach took out, or cancelled, stay as they are, for when it comes back.
    graph.points.filter(moment__in=shown).delete()
    written = [
        GraphPoint(graph=graph, moment=moment, value=points[pk].value, note=points[pk].note)
        for pk, moment in moments.items()
        if pk in there
    ]
    for point in written:
        point.full_clean(exclude=["graph", "moment"])
    GraphPoint.objects.bulk_create(written)
    graph.saved_at = timezone.now()
    graph.save(update_fields=["saved_at"])
    if graph.shared_at and _drawn(graph) != before:
        exports.withdraw_exports(group=member.group)
    return graph


def _drawn(graph: BehaviourGraph) -> set[tuple[UUID, int | None, str]]:
    return set(graph.points.filter(moment__hidden=False).values_list("moment", "value", "note"))


@transaction.atomic
def share_line(*, actor: Actor, graph: BehaviourGraph, shared: bool) -> None:
    graph = lock(graph, "member__group")
    if shared == (graph.shared_at is not None):
        return
    graph.shared_at = timezone.now() if shared else None
    graph.save(update_fields=["shared_at"])
    audit.record(actor, "line.shared" if shared else "line.withdrawn", graph, group_id=graph.member.group_id)
    if not shared:
        exports.withdraw_exports(group=graph.member.group)


@transaction.atomic
def add_moment(
    *, actor: Actor, group: NetworkGroup, key: UUID, kind: str, label: str, after: Meeting | None
) -> GraphMoment:
    """`key` is the form's: posted twice it makes one moment."""
    values = {"group": group, "kind": kind, "label": label, "after": after}
    # MadePdf of the group's id too, so that no key is the id of a meeting, or of another group's moment.
    made_of = uuid5(group.pk, str(key))
    GraphMoment(pk=made_of, **values).full_clean(validate_unique=False)
    moment, _created = GraphMoment.objects.get_or_create(pk=made_of, defaults=values)
    return moment


@transaction.atomic
def remove_moment(*, actor: Actor, moment: GraphMoment) -> None:
    """Removes what the coach added, as long as nobody drew on it. The moment of a meeting can only be hidden."""
    locked = GraphMoment.objects.select_for_update().filter(pk=moment.pk, meeting=None).first()
    if locked and locked.points.exists():
        raise ValidationError(_("Iemand heeft dit moment al in de lijn. Haal het uit de grafiek, dan blijft het punt."))
    if locked:
        locked.delete()


@transaction.atomic
def show_moment(*, actor: Actor, moment: GraphMoment, shown: bool) -> None:
    """Takes a moment out of the lines, or puts it back with the points that it had."""
    write_moments([moment])
    GraphMoment.objects.filter(pk=moment.pk).update(hidden=not shown)


@transaction.atomic
def become_scribe_of_lines(*, actor: Actor, group: NetworkGroup) -> LinesTalk:
    """ "Ik schrijf". Someone else may take over at any time."""
    talk = _held_talk(group)
    talk.scribe = membership_of(actor, group)
    talk.save(update_fields=["scribe"])
    return talk


@transaction.atomic
def save_talk(*, actor: Actor, group: NetworkGroup, seen: str, meaning: str, what_now: str, version: str) -> LinesTalk:
    """What the group says, written on top of `version`. Raises WrittenMeanwhile when other words stand there now."""
    talk = _held_talk(group)
    if write_on_top(talk, version, seen=seen, meaning=meaning, what_now=what_now):
        talk.scribe = talk.scribe or membership_of(actor, group)
        talk.saved_at = timezone.now()
        talk.full_clean()
        talk.save()
    return talk


def _held_talk(group: NetworkGroup) -> LinesTalk:
    made, _created = LinesTalk.objects.get_or_create(group=group)
    return lock(made)
