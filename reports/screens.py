"""What the Scherm shows of the Oogst: who sits with whom, and the lines that members share with the group.

What was told stays with the two, and who shares no line is not named.
"""

from meetings.models import AgendaItem
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .interviews.conversation import plan_in
from .interviews.pairing import at_tables
from .lines.moments import moments_of, points_of
from .lines.screen import wall_picture
from .models import BehaviourGraph, Interview, Protocol


def tables(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the waardecreatieverhalen: who sits with whom, and the parts of the talk with their minutes."""
    if item.kind != AgendaItem.Kind.STORIES:
        return None
    group = item.meeting.group
    found = at_tables(Interview.objects.of_group(group))
    plan = plan_in(group.pk, Protocol.objects.filter(group=group).first())
    return Panel("reports/_screen_tables.html", {"tables": found, "parts": plan.now, "minutes": plan.minutes})


def lines(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the gedragspatroongrafiek: the shared lines over each other, and what to talk about."""
    if item.kind != AgendaItem.Kind.GRAPH:
        return None
    graphs = list(BehaviourGraph.objects.shared_in(item.meeting.group))
    drawn = [(graph.member.user.first_name, points_of(graph)) for graph in graphs]
    picture = wall_picture(moments_of(item.meeting.group), drawn) if drawn else None
    return Panel("reports/_screen_lines.html", {"picture": picture})
