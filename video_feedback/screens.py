"""What the Scherm shows of film and talent: the talentmomenten, and how feedback is given. Never a film."""

from meetings.models import AgendaItem
from meetings.pages import last_time
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .models import Talentmoment

MOST_CARDS = 12
"""More than the largest wall holds."""


def wall(item: AgendaItem, actor: Actor) -> Panel | None:
    """The cards that members noted for this meeting, the newest first: as many as fit. Each
    is read by the whole group.
    """
    if item.kind != AgendaItem.Kind.TALENT:
        return None
    noted = Talentmoment.objects.filter(meeting=item.meeting).select_related("author__user").order_by("-created")
    found = list(noted)
    context = {"cards": found[:MOST_CARDS], "uncounted": len(found[MOST_CARDS:])}
    return Panel("video_feedback/_screen_wall.html", context)


def giving(item: AgendaItem, actor: Actor) -> Panel | None:
    """The agreement of three tops to a tip, and what the group filmed for this meeting."""
    if item.kind != AgendaItem.Kind.VIDEO:
        return None
    return Panel("video_feedback/_screen_giving.html", {"film_task": last_time(item.meeting).film_task})
