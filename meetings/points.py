"""Where higher apps plug into meetings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, Point

from .leading import Leading, lead_in
from .models import AgendaItem, Meeting
from .timeline import Run


@dataclass(frozen=True)
class Readiness:
    """One row of who is ready: a name, the deadline, and the memberships that are in.

    Those in `passed` said "deze keer niet": a normal answer, and nothing waits for them.
    """

    label: str
    deadline: datetime | None
    done: frozenset[UUID]
    passed: frozenset[UUID] = frozenset()
    field: str = ""
    """The field of the meeting that holds the deadline, where who is not ready may be reminded."""


meeting_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.meeting_panels")
"""Blocks on the page of a meeting, beside the agenda."""

agenda_tools: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.agenda_tools")
"""The tool of the onderdeel that is on now: in "Bijeenkomst leiden", where `leading_of(item)` says that it is there and
the tool is the thing itself, and on the phones that follow, where it leads to it."""

meeting_facts: Point[Callable[[Meeting], Fact | None]] = Point("meetings.meeting_facts")
"""Lines of the coach's checklist that the portal ticks by itself."""

meeting_readiness: Point[Callable[[Meeting], Readiness | None]] = Point("meetings.meeting_readiness")
"""For the coach only: who has handed something in for this meeting."""

meeting_ended: Point[Callable[[Meeting, Actor], None]] = Point("meetings.meeting_ended")
"""Reactions when the coach ends a meeting, in the same transaction."""

meeting_cancelled: Point[Callable[[Meeting, Actor, bool], None]] = Point("meetings.meeting_cancelled")
"""Reactions when a meeting does not take place, in the same transaction: what was handed in for it finds another place.
True when the coach chose that it goes to the next netwerkbijeenkomst."""

meeting_leaves: Point[Callable[[Meeting], str | None]] = Point("meetings.meeting_leaves")
"""In words what waits in a meeting and would lose its place with it; the coach chooses where that goes."""

meeting_reopened: Point[Callable[[Meeting, Actor], None]] = Point("meetings.meeting_reopened")
"""Reactions when an ended or cancelled meeting is open again, in the same transaction: the way back of those two."""

expert_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.expert_panels")
"""Blocks on the expert's page (the leervragen)."""

screen_panels: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.screen_panels")
"""What the beamer shows of the onderdeel that is on now: big, without a button, fit for every eye in the room."""


def tools_of(
    point: Point[Callable[[AgendaItem, Actor], Panel | None]],
    meeting: Meeting,
    run: Run | None,
    actor: Actor,
    leading: Leading | None = None,
) -> list[Panel]:
    """What all apps show of the onderdeel that is on now; `leading` is the look at Leiden for which they do."""
    if run is None:
        return []
    # The item knows its meeting with all facts, so that no panel asks for it again.
    run.current.meeting = meeting
    if leading is not None:
        lead_in(run.current, leading)
    return point.collect(run.current, actor)
