"""The part of looking back that is about the answering: step 5 of the meetlat, on the one page of the meeting."""

from django.http import QueryDict

from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .forms import LookBackForm
from .models import Meetlat


def look_back_form(meeting: Meeting, data: QueryDict | None = None) -> LookBackForm:
    meetlat = Meetlat.objects.filter(pk=meeting.pk).first() or Meetlat(meeting=meeting)
    return LookBackForm(data, instance=meetlat)


def panel_of(meeting: Meeting, form: LookBackForm, *, is_open: bool) -> Panel:
    return Panel("leervragen/_look_back.html", {"meeting": meeting, "form": form, "is_open": is_open})


def look_back_part(meeting: Meeting, actor: Actor, is_open: bool) -> Panel | None:
    """Of a netwerkbijeenkomst. One query."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    return panel_of(meeting, look_back_form(meeting), is_open=is_open)
