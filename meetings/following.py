"""Who follows the dates of a traject: the page of the group, and the phones at the meeting that is on."""

from groups.models import NetworkGroup
from netwerkleren.base import live

from .models import Meeting

TRAJECT = "traject"
"""The live topic of when the meetings of a group are."""


def touch_traject(group: NetworkGroup) -> None:
    """Says that a date, a place or the order of the meetings has changed. Call it inside the writing transaction."""
    live.touch(live.topic_of(TRAJECT, group))
    for meeting in Meeting.objects.of_group(group).filter(state=Meeting.State.RUNNING).only("pk"):
        live.touch(live.topic_of("meeting", meeting))
