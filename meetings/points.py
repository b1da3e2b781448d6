"""Where higher apps plug into meetings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, Point, ToDo

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

harvest_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.harvest_panels")
"""First on the page of a meeting that was held: one's own question, and what came out of the others."""

after_tasks: Point[Callable[[Meeting, Actor], ToDo | None]] = Point("meetings.after_tasks")
"""What waits for the coach on the evening of a meeting that was held, each one tap; None once it is done."""

look_back_parts: Point[Callable[[Meeting, Actor, bool], Panel | None]] = Point("meetings.look_back_parts")
"""A part of looking back that a higher app asks about, with its own form; True when it is to stand open."""

agenda_tools: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.agenda_tools")
"""The tool of the onderdeel that is on now: in "Bijeenkomst leiden", where `leading_of(item)` says that it is there and
the tool is the thing itself, and on the phones that follow, where it leads to it."""

by_the_way: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.by_the_way")
"""What stays at hand in "Bijeenkomst leiden" besides a note and an afspraak, each a fold of its own. Its template has
the `people` of the page."""

meeting_facts: Point[Callable[[Meeting], Fact | None]] = Point("meetings.meeting_facts")
"""Lines of the coach's checklist that the portal ticks by itself."""

line_addresses: Point[Callable[[Meeting], Mapping[str, str]]] = Point("meetings.line_addresses")
"""For a line of the checklist that a person ticks, by its key, the address of the page that it is about."""

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

paper_entry: Point[Callable[[Meeting], str]] = Point("meetings.paper_entry")
"""Where a meeting that was held on paper is filled in: the address of the page."""

questions_became: Point[Callable[[Meeting], str]] = Point("meetings.questions_became")
"""In words, with numbers and without names, what became of the questions of a meeting: for its expert."""

expert_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.expert_panels")
"""Blocks on the expert's page (the leervragen)."""

screen_panels: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.screen_panels")
"""What the beamer shows of the onderdeel that is on now: big, without a button, fit for every eye in the room."""

shown_now: Point[Callable[[AgendaItem, Actor], Panel | None]] = Point("meetings.shown_now")
"""What someone put on the beamer for a moment: it takes the place of what the onderdeel shows."""

item_opened: Point[Callable[[Meeting], None]] = Point("meetings.item_opened")
"""Reactions when an onderdeel begins, or is begun again, in the same transaction: what was there for the one before
makes way.
"""

phone_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.phone_panels")
"""What the phone that follows a running meeting asks of, or shows to, its owner alone."""


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
