"""What the Scherm shows of a meeting (docs/domain.md 3): a page for the room, read from the back of it.

Whoever looks, it shows what every member may see and nothing else: no text of one person alone, nobody who has not
done something, no film. So it asks nothing of an actor but the gates of the rows; one without an account may see it.
"""

from typing import Any

from netwerkleren.base import live
from netwerkleren.base.access import Actor

from .doors import poster_of
from .models import Meeting
from .points import screen_panels, shown_now, tools_of
from .timeline import plan_of, run_of


def screen_page(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """The current onderdeel, a bar with its end, the way of the agenda."""
    version = live.version_of(live.topic_of("meeting", meeting))
    items = list(meeting.agenda.all())
    run = run_of(meeting, items)
    return {
        "meeting": meeting,
        "version": version,
        "run": run,
        "plan": plan_of(meeting, items),
        "panels": tools_of(shown_now, meeting, run, actor) or tools_of(screen_panels, meeting, run, actor),
        "poster": poster_of(meeting) if meeting.is_running else None,
    }
