"""The meetlat of a meeting that was held is there to look at."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import Meeting


def is_held(meeting: Meeting) -> bool:
    """Over, or its day has gone by: nothing is laid any more. What is open still gets its place, at Afronden."""
    return not meeting.is_to_come


def check_not_held(meeting: Meeting) -> None:
    """Raises ValidationError when it is, as the meeting stands now: it may have ended since the page was opened."""
    now = Meeting.objects.only("state", "starts_at").filter(pk=meeting.pk).first()
    if now is None or is_held(now):
        raise ValidationError(_("Deze bijeenkomst is geweest. De meetlat blijft zoals hij lag."))
