"""The handouts on the page of their meeting."""

from groups.rules import is_coach_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.extend import Panel

from .models import Handout, Meeting


def handout_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """What there is to take along; before the meeting how many, since a page that prepares asks enough already."""
    if not is_user(actor) or meeting.state == Meeting.State.CANCELLED:
        return None
    count = _count(meeting)
    is_coach = is_coach_of(actor, meeting)
    offers = is_coach and meeting.has_begun and meeting.group.closed_at is None
    if not count and not (offers and meeting.kind == Meeting.Kind.NETWORK):
        return None
    handouts = list(Handout.objects.of(meeting)) if count and not meeting.is_planned else []
    context = {"meeting": meeting, "handouts": handouts, "count": count, "offers": offers}
    return Panel("meetings/_handouts_panel.html", context)


def _count(meeting: Meeting) -> int:
    """The page of a meeting brings it along, as an annotation."""
    known: int | None = vars(meeting).get("handout_count")
    return meeting.handouts.count() if known is None else known
