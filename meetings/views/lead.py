"""Bijeenkomst leiden."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import Membership
from groups.rules import is_coach_of, membership_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.extend import Panel
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import back, hosts_forms, posts_from, refused_in, shown_on_host
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked, query_of

from .. import pages
from ..cue_cards import cues_for
from ..displays import displays_of, with_displays
from ..doors import doorway_of
from ..forms import AgreementForm, AttendanceForm
from ..leading import Leading, act_of_another
from ..leading_forms import LeadingNoteForm
from ..models import Attendance, FilledIn, LeadingNote, Meeting, OneMeeting, agenda_of
from ..points import agenda_tools, by_the_way, paper_entry, tools_of
from ..services import leading_notes, running
from ..timeline import plan_of, run_of

LED = OneMeeting(lambda: with_displays(Meeting.objects.with_facts()).select_related("door", "last_act__by"))
REGION = "run"
"""The id of the live region of Leiden, which its buttons fill."""


@require_GET
@hosts_forms
def lead(request: Request, pk: UUID) -> HttpResponse:
    """All that who leads needs, on one page: clock, the tool of the onderdeel, who is there, a note, an afspraak."""
    meeting = get_for(request.actor, LED, pk, need="meetings.lead_meeting")
    version = live.version_of(live.topic_of("meeting", meeting))
    items = agenda_of(meeting)
    run = run_of(meeting, items)
    refused = refused_in(request)
    leading = Leading(refused, "" if refused else query_of(request))
    tools = tools_of(agenda_tools, meeting, run, request.actor, leading)
    apart = [panel for panel in tools if panel.page]
    if apart and (asks_a_part(request) or asked(request, "choose") is not None):
        # The tool with a page of its own asks for one of its parts; without its module it is that page that answers.
        return redirect(f"{apart[0].page}?{leading.query}")
    people = pages.attendance_of(meeting)
    is_coach = is_coach_of(request.actor, meeting)
    context = {
        "meeting": meeting,
        "is_coach": is_coach,
        "doorway": doorway_of(meeting) if is_coach and meeting.is_running else None,
        "displays": displays_of(meeting),
        "on_paper": paper_entry.collect(meeting)[0] if is_coach and meeting.has_passed else "",
        "version": version,
        "run": run,
        "plan": plan_of(meeting, items),
        "people": people,
        "present": sum(person.is_there for person in people),
        "invitation": pages.standing_invitation(meeting) if meeting.kind == Meeting.Kind.NETWORK else None,
        "tools": [panel for panel in tools if not panel.page],
        "apart": apart,
        "is_wide": any(panel.is_wide for panel in apart),
        "cues": cues_for(run.current, meeting.kind) if run else [],
        "stage": _stage(tools),
        "by_the_way": tools_of(by_the_way, meeting, run, request.actor, leading),
        **(_by_the_way(request, meeting, leading) if run else {}),
    }
    return render_fragment(request, "meetings/meeting_lead.html", REGION, context, status=status_of(*refused))


def asks_a_part(request: Request) -> bool:
    """htmx asks for something on Leiden that is not its own live region."""
    return bool(request.htmx) and request.htmx.target not in (None, REGION)


def _stage(tools: Sequence[Panel]) -> dict[str, Any]:
    """What the page must have loaded for what it shows: when that is another, it loads anew (pages/leading.js)."""
    css = dict.fromkeys(name for panel in tools for name in panel.css)
    js = dict.fromkeys(name for panel in tools for name in panel.js)
    apart = [panel.page for panel in tools if panel.page]
    return {"needs": " ".join([*css, *js]), "apart": " ".join(apart), "css": css, "js": js}


def _by_the_way(request: Request, meeting: Meeting, leading: Leading) -> dict[str, Any]:
    """Always at hand while it runs."""
    return {
        "act": act_of_another(meeting, request.actor),
        # The page has the fields of these at less cost than the forms; what was refused comes with its form.
        "note_form": leading.refused_form(LeadingNoteForm),
        "note_key": uuid4(),
        "agreement_form": leading.refused_form(AgreementForm),
    }


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


@posts_from("meetings:lead", Meeting, leads_on=True)
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
    extra: dict[str, object] = {}
    if step == "extend":
        extra = {"minutes": _minutes(request.POST.get("minutes", ""), item.extra_minutes)}
    elif step == "go_to":
        extra = {"seen": request.POST.get("seen", "")}
    told(request, lambda: ITEM_STEPS[step](actor=request.actor, meeting=meeting, item=item, **extra))
    return redirect("meetings:lead", pk)


def _minutes(text: str, otherwise: int) -> int:
    """Added minutes; less than none for what goes off."""
    digits = text.removeprefix("-")
    return int(text[:4]) if digits.isascii() and digits.isdecimal() else otherwise


@posts_from("meetings:lead", Meeting)
def tap(request: Request, pk: UUID) -> HttpResponse:
    """A tap on a face: there, or not said any more. The button says which, so that two taps of two people are one."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.lead_meeting")
    member, _colon, status = request.POST.get("face", "").partition(":")
    people = Membership.objects.current().filter(group=meeting.group_id)
    tapped = next((one for one in people if str(one.pk) == member), None)
    if tapped is None:
        messages.error(request, _("Deze persoon zit niet meer in de groep."))
        return redirect("meetings:lead", pk)
    statuses = {tapped.pk: status}
    told(request, lambda: running.record_attendance(actor=request.actor, meeting=meeting, statuses=statuses))
    return redirect("meetings:lead", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def jot_down(request: Request, pk: UUID) -> HttpResponse:
    """A quick note, kept with the onderdeel that is on; and the page on which they are read."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    writer = membership_of(request.actor, meeting)
    assert writer is not None  # what the permission just said
    form = LeadingNoteForm(sent(request), prefix="note")
    if request.method == "POST" and accepted(
        form,
        lambda: leading_notes.jot_down(actor=request.actor, meeting=meeting, writer=writer, **form.cleaned_data),
    ):
        messages.success(request, _("Je notitie is bewaard. Alleen de coach leest hem."))
        return back(request, "meetings:jot_down", pk)
    if form.is_bound and (shown := shown_on_host(request, form)):
        return shown
    notes = LeadingNote.objects.visible_to(request.actor).of(meeting)
    context = {"meeting": meeting, "form": form, "notes": notes}
    return render(request, "meetings/leading_notes.html", context, status=status_of(form))


@posts_from("meetings:jot_down", LeadingNote, "meeting_id")
def remove_note(request: Request, pk: UUID) -> HttpResponse:
    note = get_for(request.actor, LeadingNote.objects.select_related("meeting__group"), pk, need="meetings.remove_note")
    leading_notes.remove_note(actor=request.actor, note=note)
    return redirect("meetings:jot_down", note.meeting_id)


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
