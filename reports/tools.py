"""The tools of the Oogst in "Bijeenkomst leiden", and what leads to them on the phones that follow."""

from typing import Any

from groups.models import NetworkGroup
from groups.rules import membership_of
from meetings.leading import leading_of
from meetings.models import AgendaItem
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .interviews.pairing import at_tables
from .lines.moments import moments_of, points_of
from .lines.screen import pictures
from .models import BehaviourGraph, Interview

HARVEST_SHEETS = ("css/reports.css",)


def interviews_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In Leiden, at the waardecreatieverhalen: who asks whom, and the way to the interview."""
    if item.kind != AgendaItem.Kind.STORIES:
        return None
    group = item.meeting.group
    tables = at_tables(Interview.objects.of_group(group))
    return Panel(
        "reports/_interviews_tool.html",
        {"group": group, "tables": tables, "membership": membership_of(actor, group)},
        css=HARVEST_SHEETS,
    )


def lines_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the gedragspatroongrafiek: the ways to one's line and to the group's; on Leiden the shared lines too."""
    if item.kind != AgendaItem.Kind.GRAPH:
        return None
    group = item.meeting.group
    membership = membership_of(actor, group)
    has_line = leading_of(item) is None and BehaviourGraph.objects.filter(member=membership).exists()
    context = {"group": group, "membership": membership, "has_line": has_line}
    if leading_of(item) is not None:
        context |= _shared_lines(group)
    return Panel("reports/_lines_tool.html", context, css=HARVEST_SHEETS)


def _shared_lines(group: NetworkGroup) -> dict[str, Any]:
    """Over each other, as the page of the group's lines has them; None while nobody shared one."""
    graphs = list(BehaviourGraph.objects.shared_in(group))
    if not graphs:
        return {"pictures": None}
    lines = [(graph.member.name, points_of(graph)) for graph in graphs]
    return {"pictures": pictures(moments_of(group), lines, named=True)}
