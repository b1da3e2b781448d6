"""The filmopdracht for the next meeting, written in the room by who leads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request

from ..film_tasks import FilmTaskForm
from ..models import Meeting
from ..services import talk


def film_task(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    form = FilmTaskForm(sent(request), meeting=meeting)
    if request.method == "POST" and accepted(
        form, lambda: talk.write_film_task(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Iedereen leest het bij Fragmenten en bij de volgende bijeenkomst."))
        return redirect("meetings:lead" if meeting.is_running else "meetings:detail", pk)
    return render(request, "meetings/film_task.html", {"meeting": meeting, "form": form}, status=status_of(form))
