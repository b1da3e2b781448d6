"""What the Scherm shows of the Oogst: who sits with whom, and the lines that members share with the group.

What was told stays with the two, and who shares no line is not named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from meetings.models import AgendaItem
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .interviews import protocol
from .lines.moments import moments_of, points_of
from .lines.screen import wall_picture
from .models import BehaviourGraph, Interview, Protocol


@dataclass(frozen=True)
class Table:
    """Who sits together: first names, in twos, and once in threes."""

    names: tuple[str, ...]


def tables_of(interviews: Iterable[Interview]) -> list[Table]:
    """Everyone once: who asks, or is asked by, someone at a table sits there too."""
    tables: list[dict[UUID, str]] = []
    for interview in interviews:
        both = [interview.teller, *([interview.interviewer] if interview.interviewer else [])]
        people = {member.pk: member.user.first_name for member in both}
        joined = [table for table in tables if table.keys() & people.keys()]
        together = {key: name for table in [*joined, people] for key, name in table.items()}
        tables = [table for table in tables if table not in joined] + [together]
    return [Table(tuple(table.values())) for table in tables]


def tables(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the waardecreatieverhalen: who sits with whom, and the parts of the talk with their minutes."""
    if item.kind != AgendaItem.Kind.STORIES:
        return None
    group = item.meeting.group
    found = tables_of(Interview.objects.of_group(group))
    plan = protocol.plan_of(Protocol.objects.filter(group=group).first())
    return Panel("reports/_screen_tables.html", {"tables": found, "parts": plan.now, "minutes": plan.minutes})


def lines(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the gedragspatroongrafiek: the shared lines over each other, and what to talk about."""
    if item.kind != AgendaItem.Kind.GRAPH:
        return None
    graphs = list(BehaviourGraph.objects.shared_in(item.meeting.group))
    drawn = [(graph.member.user.first_name, points_of(graph)) for graph in graphs]
    picture = wall_picture(moments_of(item.meeting.group), drawn) if drawn else None
    return Panel("reports/_screen_lines.html", {"picture": picture})
