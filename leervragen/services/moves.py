"""What was done last on a meetlat is known as long as it can be put back."""

from meetings.models import Meeting
from netwerkleren.base.sweeping import erase_some

from ..models import StripMove


def forget_moves(*, meeting: Meeting) -> None:
    """The meeting is over: nothing is laid any more, and who laid what is nobody's business."""
    StripMove.objects.filter(meetlat=meeting.pk).delete()


def erase_old_moves() -> None:
    """Of meetings that nobody ended."""
    erase_some(StripMove.objects.of_held_meetings())
