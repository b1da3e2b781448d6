"""What the coach sees beforehand of reminders, and the one that goes by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Meeting
from ..reminding import foreseen
from ..services import reminders as sending


def reminders(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    rows = foreseen(meeting) if meeting.is_planned and not meeting.group.is_draft else []
    return render(request, "meetings/reminders.html", {"meeting": meeting, "rows": rows})


@posts_from("meetings:reminders", Meeting)
def remind(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    field = request.POST.get("field", "")
    if saved := told(request, lambda: sending.remind_now(actor=request.actor, meeting=meeting, field=field)):
        words = ngettext("De herinnering gaat naar %(n)d persoon.", "De herinnering gaat naar %(n)d mensen.", saved.row)
        messages.success(request, words % {"n": saved.row})
    return redirect("meetings:reminders", pk)
