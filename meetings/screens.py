"""What the Scherm shows of a meeting (docs/domain.md 3): a page for the room, read from the back of it.

Whoever looks, it shows what every member may see and nothing else: no text of one person alone, nobody who has not
done something, no film. So it asks nothing of an actor but the gates of the rows; one without an account may see it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils import timezone

from groups.models import name_columns
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .doors import poster_of
from .icebreakers import icebreaker_of
from .models import AgendaItem, Agreement, ExpertInvitation, Meeting, agenda_of
from .points import screen_panels, shown_now, tools_of
from .timeline import AgendaBlock, Run, plan_of, run_of

Kind = AgendaItem.Kind

ROW_WIDTH = 93.0
"""Of the onderdelen along the bottom, in the unit of the sheet: a hundredth of the width of the picture."""
LETTER = 0.95
"""A letter of a name there, at the size that is read from the back of the room."""
ICONS = {
    Kind.START: "users-round",
    Kind.LEARNING: "lightbulb",
    Kind.TALENT: "star",
    Kind.PITCH: "graduation-cap",
    Kind.BREAK: "coffee",
    Kind.MEETLAT: "ruler",
    Kind.ANSWERING: "messages-square",
    Kind.VIDEO: "video",
    Kind.PREPARATION: "list-todo",
    Kind.EVALUATION: "message-circle",
    Kind.STORIES: "notebook-pen",
    Kind.GRAPH: "chart-spline",
    Kind.CLOSING: "flag",
    Kind.OTHER: "users",
}
MOST_MINUTES_OVER = 60
"""The bar runs on past its end for an hour; then the words say the rest."""


@dataclass(frozen=True)
class RowItem:
    """An onderdeel in the row along the bottom, as wide as its minutes: by its name, or by its icon where the name
    would be too small to read or would not fit.
    """

    block: AgendaBlock
    icon: str
    has_name: bool


def row_of(run: Run) -> list[RowItem]:
    minutes = sum(block.minutes for block in run.blocks) + over_minutes(run)
    width = (ROW_WIDTH - 0.25 * len(run.blocks)) / max(minutes, 1)
    return [
        RowItem(block, ICONS[Kind(block.item.kind)], not block.item.is_break and _fits(block, width * block.minutes))
        for block in run.blocks
    ]


def _fits(block: AgendaBlock, width: float) -> bool:
    """Two lines at most, broken between words and where a title says so itself."""
    title = block.item.short_title
    pieces = title.replace("\N{SOFT HYPHEN}", "- ").split()
    longest = max((len(piece) for piece in pieces), default=0)
    room = (width - 1) / LETTER
    return longest <= room and len(title) <= 2 * room


def over_minutes(run: Run) -> int:
    return min(MOST_MINUTES_OVER, max(0, run.minutes_over))


def screen_page(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """The current onderdeel, a bar with its end, the way of the agenda."""
    version = live.version_of(live.topic_of("meeting", meeting))
    items = agenda_of(meeting)
    run = run_of(meeting, items)
    subtitle = meeting.title
    if run is not None and subtitle == run.current.title:
        subtitle = meeting.group.name
    return {
        # A lit room: what the laptop prefers counts for its own pages.
        "theme": "light",
        "meeting": meeting,
        "version": version,
        "run": run,
        "subtitle": subtitle,
        "row": row_of(run) if run else [],
        "over_minutes": over_minutes(run) if run else 0,
        "plan": plan_of(meeting, items),
        "panels": _panels(meeting, run, actor),
        "poster": poster_of(meeting) if meeting.is_running else None,
    }


def _panels(meeting: Meeting, run: Run | None, actor: Actor) -> list[Panel]:
    """What is shown for a moment takes the place of what the onderdeel shows: a film that of the slides too."""
    if run is None:
        return list(_outside(meeting, actor))
    return tools_of(shown_now, meeting, run, actor)[:1] or tools_of(screen_panels, meeting, run, actor)


def _outside(meeting: Meeting, actor: Actor) -> chain[Panel]:
    """Before the meeting its programme, after it what was agreed."""
    before = [_programme(meeting)] if meeting.is_planned else []
    after = [_what_was_agreed(meeting)] if meeting.state == Meeting.State.ENDED else []
    return chain(before, after)


def _programme(meeting: Meeting, traject: Iterable[Meeting] = ()) -> Panel:
    goal = meeting.topic.title if meeting.topic else meeting.group.theme
    context = {"goal": goal, "icebreaker": icebreaker_of(meeting), "traject": traject}
    return Panel("meetings/_screen_programme.html", context)


def programme(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the start: what the meeting is about, the hours, and the ijsbreker. At that of the afsluiting the traject that
    the group looks back on comes in the place of the hours.
    """
    meeting = item.meeting
    if item.kind != Kind.START:
        return None
    if meeting.kind != Meeting.Kind.CLOSING:
        return _programme(meeting)
    return _programme(meeting, Meeting.objects.of_group(meeting.group).not_cancelled().select_related("topic"))


def pitch(item: AgendaItem, actor: Actor) -> Panel | None:
    """The expert's name and face."""
    if item.kind != Kind.PITCH:
        return None
    asked = ExpertInvitation.objects.asked().filter(meeting=item.meeting).select_related("expert").first()
    return Panel("meetings/_screen_pitch.html", {"expert": asked.expert if asked else None})


def pause(item: AgendaItem, actor: Actor) -> Panel | None:
    return Panel("meetings/_screen_pause.html") if item.is_break else None


def talk(item: AgendaItem, actor: Actor) -> Panel | None:
    """What the group talks about at the end of each meeting, in three questions."""
    return Panel("meetings/_screen_talk.html") if item.kind == Kind.EVALUATION else None


def closing(item: AgendaItem, actor: Actor) -> Panel | None:
    return _what_was_agreed(item.meeting) if item.kind == Kind.CLOSING else None


def _what_was_agreed(meeting: Meeting) -> Panel:
    """The afspraken made here, and the date of the next meeting; at the introductie all dates that the group agreed.

    Not those of earlier meetings that are still open: whose they are is no matter for the wall.
    """
    named = Agreement.objects.filter(meeting=meeting).select_related("owner__user")
    agreements = list(named.only("text", "due", *name_columns("owner__user")))
    # A meeting whose hour has come is no next one, though nobody led it here.
    later = Meeting.objects.of_group(meeting.group).filter(position__gt=meeting.position).upcoming()
    dates = [one for one in later.select_related("topic") if one.starts_at and one.starts_at > timezone.now()]
    is_first = meeting.kind == Meeting.Kind.INTRODUCTION
    context = {"agreements": agreements, "dates": dates if is_first else dates[:1], "is_first": is_first}
    return Panel("meetings/_screen_closing.html", context)
