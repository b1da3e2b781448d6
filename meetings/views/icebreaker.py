"""The ijsbreker of a meeting, written or chosen by who leads."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request

from ..icebreakers import IcebreakerForm, another_icebreaker, icebreaker_of
from ..models import Meeting
from ..services import icebreakers


def icebreaker(request: Request, pk: UUID) -> HttpResponse:
    """Its button "Een andere" sends the next of ours as the text: pressed twice it is one press."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    form = IcebreakerForm(sent(request), meeting=meeting)
    if request.method == "POST" and accepted(
        form, lambda: icebreakers.write_icebreaker(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        return redirect("meetings:lead" if meeting.is_running else "meetings:icebreaker", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "icebreaker": icebreaker_of(meeting),
        "another": another_icebreaker(meeting),
    }
    return render(request, "meetings/icebreaker.html", context, status=status_of(form))
