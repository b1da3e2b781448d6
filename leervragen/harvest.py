"""What a meeting that was held shows of its leervragen: the reader's own question first, then what came out."""

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .journeys import journeys_through
from .models import Meetlat


def harvest_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """Each question as it stands now, with the answers of every meeting that took it up. Four queries."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    here = journeys_through(meeting, membership_of(actor, meeting))
    own = [one for one in here if one.is_own]
    others = [one for one in here if not one.is_own]
    answered = [one for one in others if one.answers or one.written_answers]
    meetlat = Meetlat.objects.filter(pk=meeting.pk).only("went", "keep").first()
    context = {
        "meeting": meeting,
        "meetlat": meetlat if meetlat and (meetlat.went or meetlat.keep) else None,
        "own": own,
        "answered": answered,
        "unanswered": [one for one in others if one not in answered],
    }
    return Panel("leervragen/_harvest.html", context) if here else None
