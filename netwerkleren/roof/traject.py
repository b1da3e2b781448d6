"""The traject as stops on a line, for Vandaag and the group page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base.templatetags.trace import Stop


def stops_of(meetings: Iterable[Meeting]) -> list[Stop]:
    """The meetings of one group in their order, as stops; a cancelled one is left out."""
    shown = [meeting for meeting in meetings if meeting.state != Meeting.State.CANCELLED]
    upcoming = next((meeting for meeting in shown if meeting.is_to_come), None)
    return [
        Stop(
            label=meeting.number_name,
            detail=_date(meeting),
            url=reverse("meetings:detail", args=[meeting.pk]),
            is_done=meeting.is_over,
            is_next=meeting is upcoming,
            mark=str(meeting.position) if meeting.kind == Meeting.Kind.NETWORK else "",
        )
        for meeting in shown
    ]


def _date(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return _("datum volgt")
    return format_date(timezone.localtime(meeting.starts_at), "j F")
