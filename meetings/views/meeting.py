"""The list of meetings, the page of one, and its facts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from groups.rules import is_coach_of, membership_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import back, posts_from, shown_on_host
from netwerkleren.base.request import Request

from .. import pages
from ..calendar import calendar_file
from ..checklist import checklist_of
from ..forms import FixedDatesForm, MeetingForm
from ..harvest import harvest_page, with_what_came
from ..inventory_page import asks_now
from ..leading import place_of
from ..models import Agreement, ExpertInvitation, ImprovementPoint, Meeting, OneMeeting, agenda_of
from ..points import agenda_tools, meeting_panels, phone_panels, tools_of
from ..rhythm import rule_of
from ..services import changing, checklist, talk
from ..timeline import plan_of, run_of

OPENED = OneMeeting(lambda: pages.with_members(with_what_came(Meeting.objects.with_facts())))


@require_GET
def overview(request: Request) -> HttpResponse:
    """My meetings over all groups: the next one first, what has been folded away."""
    mine = Meeting.objects.visible_to(request.actor).with_facts()
    upcoming = list(mine.upcoming())
    context = {
        "upcoming": upcoming,
        "past": list(mine.past()),
        "led_groups": list(NetworkGroup.objects.led_by(request.actor).filter(meetings__in=upcoming).distinct()),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_GET
def detail(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, OPENED, pk, need="meetings.view_meeting")
    if meeting.state == Meeting.State.ENDED:
        return render(request, "meetings/meeting_harvest.html", harvest_page(meeting, request.actor))
    is_coach, is_open = is_coach_of(request.actor, meeting), meeting.group.closed_at is None
    prepares = is_coach and meeting.state == Meeting.State.PLANNED
    # Who prepares sees who is ready; the others see how many they are.
    members = pages.members_of(meeting) if prepares else []
    invitation = pages.standing_invitation(meeting, with_mail=is_coach)
    context = {
        **_now(meeting),
        "is_coach": is_coach,
        "is_open": is_open,
        "writes_film_task": is_coach and is_open and meeting.is_running and meeting.kind != Meeting.Kind.CLOSING,
        "leads": has_perm("meetings.lead_meeting", request.actor, meeting),
        "day": pages.day_of(meeting, membership_of(request.actor, meeting), members),
        "people_in": pages.people_in(meeting),
        "invitation": invitation,
        # Until its day, whom it waits for comes before leading it.
        "asks_expert": prepares and _waits_for_expert(meeting, invitation),
        "last_time": pages.last_time(meeting),
        "agreements": pages.agreements_for(meeting),
        "panels": meeting_panels.collect(meeting, request.actor),
        "asks_inventory": meeting.kind == Meeting.Kind.INTRODUCTION and asks_now(request.actor, meeting.group),
        "readiness": pages.readiness_of(meeting, members) if prepares else [],
    }
    return render(request, "meetings/meeting_detail.html", context)


def _waits_for_expert(meeting: Meeting, invitation: ExpertInvitation | None) -> bool:
    """Its day is still to come, and nobody is asked who may come."""
    is_ahead = meeting.starts_at is not None and not meeting.is_today and not meeting.has_passed
    if meeting.kind != Meeting.Kind.NETWORK or not is_ahead or meeting.group.is_draft:
        return False
    return invitation is None or not invitation.is_asked


@require_GET
def now(request: Request, pk: UUID) -> HttpResponse:
    """The onderdeel that is on now with its tools, for who follows; before it begins, when and where it is.

    The page of the meeting fetches it; by its address it is a page.
    """
    rows = pages.with_members(Meeting.objects.with_facts())
    meeting = get_for(request.actor, rows, pk, need="meetings.view_meeting")
    context = _now(meeting)
    context["tools"] = tools_of(agenda_tools, meeting, context["run"], request.actor)
    context["own"] = phone_panels.collect(meeting, request.actor) if meeting.is_running else []
    context["is_coach"] = is_coach_of(request.actor, meeting)
    context["people_in"] = pages.people_in(meeting) if meeting.is_planned else ""
    if context["run"] and request.htmx:
        # The hours of the agenda are those that are expected now.
        context["invitation"] = pages.standing_invitation(meeting) if meeting.kind == Meeting.Kind.NETWORK else None
    return render_fragment(request, "meetings/meeting_now.html", "now", context)


@require_GET
def where(request: Request, pk: UUID) -> HttpResponse:
    """For who looks elsewhere in the portal while the meeting runs: where the group is. Empty when it does not run."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.view_meeting")
    item = meeting.current_item if meeting.is_running else None
    if item is None:
        return JsonResponse({})
    version = live.version_of(live.topic_of("meeting", meeting))
    return JsonResponse({"words": place_of(item), "url": reverse("meetings:detail", args=[pk]), "version": version})


def _now(meeting: Meeting) -> dict[str, Any]:
    # The version is read before the rows: a change in between is then seen as news, never missed.
    version = live.version_of(live.topic_of("meeting", meeting))
    items = agenda_of(meeting)
    return {"meeting": meeting, "version": version, "plan": plan_of(meeting, items), "run": run_of(meeting, items)}


@require_GET
def preparation(request: Request, pk: UUID) -> HttpResponse:
    """The coach's checklist; the page of the meeting fetches it when it is there."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    context = {"meeting": meeting, "checklist": checklist_of(meeting, pages.standing_invitation(meeting))}
    return render_fragment(request, "meetings/meeting_preparation.html", "checklist", context)


@posts_from("meetings:preparation", Meeting)
def tick(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    key, done = request.POST.get("key", ""), request.POST.get("done") == "1"
    told(request, lambda: checklist.tick_line(actor=request.actor, meeting=meeting, key=key, done=done))
    return redirect("meetings:preparation", pk)


def edit(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    form = MeetingForm(sent(request), instance=meeting)
    if request.method == "POST" and accepted(
        form, lambda: changing.change_meeting(actor=request.actor, meeting=meeting, **form.values())
    ):
        is_told = not meeting.is_over and not meeting.group.is_draft
        messages.success(request, _("Bewaard. Wie het moet weten, krijgt een mail.") if is_told else _("Bewaard."))
        return redirect("meetings:detail", pk)
    context: dict[str, Any] = {"meeting": meeting, "form": form, "rule": rule_of(meeting.group)}
    form.free = meeting.group.free_weeks.all().as_facts()
    return render(request, "meetings/meeting_edit.html", context, status=status_of(form))


def dates(request: Request, group_pk: UUID) -> HttpResponse:
    """All dates of a traject on one page, to fill in together in the room."""
    group = get_for(request.actor, NetworkGroup, group_pk, need="groups.change_networkgroup")
    meetings = [meeting for meeting in Meeting.objects.of_group(group).select_related("topic") if not meeting.is_over]
    form = FixedDatesForm(sent(request), meetings=meetings)
    if request.method == "POST" and accepted(
        form, lambda: changing.record_dates(actor=request.actor, group=group, **form.values())
    ):
        words = _("Vastgelegd. Voor elke bijeenkomst die veranderde krijgt iedereen een mail, met de uitnodiging.")
        messages.success(request, _("Vastgelegd.") if group.is_draft else words)
        return back(request, "meetings:overview")
    if form.is_bound and (shown := shown_on_host(request, form, *form.lines)):
        return shown
    form.free = group.free_weeks.all().as_facts()
    for line in form.lines:
        line.free = form.free
    context = {"group": group, "form": form}
    return render(request, "meetings/meeting_dates.html", context, status=status_of(form, *form.lines))


@posts_from("meetings:detail", Meeting)
def cancel(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    saved = told(request, lambda: changing.cancel_meeting(actor=request.actor, meeting=meeting))
    if saved and saved.row:
        is_draft = meeting.group.is_draft
        words = _("De bijeenkomst vervalt.") if is_draft else _("De bijeenkomst vervalt. Iedereen krijgt een mail.")
        messages.success(request, words)
    return redirect("meetings:detail", pk)


@posts_from("meetings:detail", Meeting)
def reopen(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    if told(request, lambda: changing.reopen_meeting(actor=request.actor, meeting=meeting)):
        messages.success(request, _("De bijeenkomst is weer open."))
    return redirect("meetings:detail", pk)


@require_GET
def calendar(request: Request, pk: UUID) -> HttpResponse:
    """The meeting for in one's own calendar."""
    meeting = get_for(request.actor, Meeting.objects.exclude(starts_at=None).with_facts(), pk)
    return calendar_file(meeting)


@posts_from("meetings:detail", Meeting)
def tick_point(request: Request, pk: UUID, point_pk: UUID) -> HttpResponse:
    """Carried out in this meeting, or not after all."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.lead_meeting")
    point = get_object_or_404(ImprovementPoint.objects.visible_to(request.actor).select_related("meeting"), pk=point_pk)
    done = request.POST.get("done") == "1"
    told(request, lambda: talk.tick_improvement(actor=request.actor, point=point, meeting=meeting, done=done))
    return redirect("meetings:detail", pk)


@posts_from("meetings:detail", Meeting)
def tick_agreement(request: Request, pk: UUID, agreement_pk: UUID) -> HttpResponse:
    """Any member may tick: an afspraak is the group's."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.write_evaluation")
    agreements = Agreement.objects.visible_to(request.actor).filter(meeting__group=meeting.group_id)
    agreement = get_object_or_404(agreements, pk=agreement_pk)
    talk.tick_agreement(actor=request.actor, agreement=agreement, done=request.POST.get("done") == "1")
    return redirect("meetings:detail", pk)
