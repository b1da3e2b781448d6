"""Bijeenkomst leiden."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.rules import is_coach_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .. import pages
from ..displays import displays_of, with_displays
from ..doors import doorway_of
from ..forms import AttendanceForm
from ..models import Attendance, FilledIn, Meeting
from ..points import agenda_tools, tools_of
from ..services import running
from ..timeline import plan_of, run_of


@require_GET
def lead(request: Request, pk: UUID) -> HttpResponse:
    meetings = with_displays(Meeting.objects.with_facts())
    meeting = get_for(request.actor, meetings, pk, need="meetings.lead_meeting")
    version = live.version_of(live.topic_of("meeting", meeting))
    items = list(meeting.agenda.all())
    run = run_of(meeting, items)
    people = pages.attendance_of(meeting, pages.members_of(meeting))
    is_coach = is_coach_of(request.actor, meeting)
    context = {
        "meeting": meeting,
        "is_coach": is_coach,
        "doorway": doorway_of(meeting) if is_coach and meeting.is_running else None,
        "displays": displays_of(meeting),
        "version": version,
        "run": run,
        "plan": plan_of(meeting, items),
        "people": people,
        "present": sum(person.is_there for person in people),
        "invitation": pages.standing_invitation(meeting),
        "tools": tools_of(agenda_tools, meeting, run, request.actor),
    }
    return render_fragment(request, "meetings/meeting_lead.html", "run", context)


MEETING_STEPS: dict[str, Callable[..., object]] = {
    "start": running.start_meeting,
    "not_begun": running.take_start_back,
    "pause": running.stop_time,
    "resume": running.resume_time,
    "end": running.end_meeting,
}
ITEM_STEPS: dict[str, Callable[..., object]] = {
    "go_to": running.go_to,
    "put_off": running.put_off,
    "extend": running.set_extra_minutes,
}


@posts_from("meetings:lead", Meeting)
def step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """A button of Leiden that is about the meeting as a whole."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.lead_meeting")
    went = told(request, lambda: MEETING_STEPS[step](actor=request.actor, meeting=meeting))
    if step == "end" and went:
        messages.success(request, _("De bijeenkomst is afgerond. Hier staat wat eruit kwam."))
        return redirect("meetings:detail", pk)
    return redirect("meetings:lead", pk)


@posts_from("meetings:lead", Meeting)
def item_step(request: Request, pk: UUID, step: str, item_pk: UUID) -> HttpResponse:
    """A button of Leiden that is about one onderdeel."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.lead_meeting")
    item = get_object_or_404(meeting.agenda, pk=item_pk)
    minutes = request.POST.get("minutes", "")
    extra = {"minutes": int(minutes[:4]) if minutes.isdecimal() else item.extra_minutes} if step == "extend" else {}
    told(request, lambda: ITEM_STEPS[step](actor=request.actor, meeting=meeting, item=item, **extra))
    return redirect("meetings:lead", pk)


def attendance(request: Request, pk: UUID) -> HttpResponse:
    """Who is there, everyone on one page; also afterwards."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    recorded = Attendance.objects.of(meeting)
    form = AttendanceForm(sent(request), members=pages.members_of(meeting), recorded=recorded)
    if request.method == "POST" and accepted(
        form, lambda: running.record_attendance(actor=request.actor, meeting=meeting, **form.values())
    ):
        return redirect("meetings:lead", pk)
    context = {"meeting": meeting, "form": form, "filled_in": FilledIn.objects.names_of(meeting)}
    return render(request, "meetings/meeting_attendance.html", context, status=status_of(form))
