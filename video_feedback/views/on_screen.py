"""A fragment, or one talentmoment, on the Scherm of a meeting that is on (docs/security.md P6)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from meetings.models import Meeting
from netwerkleren.base.access import Actor, get_for
from netwerkleren.base.forms import told
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Clip, Talentmoment
from ..screening import screen_page
from ..services import on_screen

PEOPLE = Clip.objects.with_people()


@require_GET
def clip_on_screen(request: Request, pk: UUID) -> HttpResponse:
    """For its owner: in which meeting it may be shown, and the button while that is on."""
    clip = get_for(request.actor, PEOPLE.all(), pk, need="video_feedback.show_clip")
    return render(request, "video_feedback/clip_on_screen.html", {"clip": clip, "page": screen_page(clip)})


@posts_from("video_feedback:clip_on_screen", Clip)
def allow_on_screen(request: Request, pk: UUID, meeting_pk: UUID) -> HttpResponse:
    clip, meeting = _clip_and_meeting(request, pk, meeting_pk, "video_feedback.show_clip")
    allowed = request.POST.get("allowed") == "1"
    told(
        request,
        lambda: on_screen.allow_on_screen(actor=request.actor, clip=clip, meeting=meeting, allowed=allowed),
    )
    return redirect("video_feedback:clip_on_screen", pk)


@posts_from("video_feedback:detail", Clip)
def ask_for_clip(request: Request, pk: UUID, meeting_pk: UUID) -> HttpResponse:
    """By who leads: its owner reads it on the own phone."""
    clip, meeting = _clip_and_meeting(request, pk, meeting_pk)
    get_for(request.actor, Meeting, meeting_pk, need="meetings.lead_meeting")
    told(request, lambda: on_screen.ask_for_clip(actor=request.actor, clip=clip, meeting=meeting))
    return _back(request.actor, meeting)


@posts_from("video_feedback:clip_on_screen", Clip)
def decline_clip(request: Request, pk: UUID, meeting_pk: UUID) -> HttpResponse:
    clip, meeting = _clip_and_meeting(request, pk, meeting_pk, "video_feedback.show_clip")
    told(request, lambda: on_screen.decline_clip(actor=request.actor, clip=clip, meeting=meeting))
    return _back(request.actor, meeting)


@posts_from("video_feedback:detail", Clip)
def show_clip(request: Request, pk: UUID, meeting_pk: UUID) -> HttpResponse:
    """By its owner, or by the coach where its owner said that it may: the service knows."""
    clip, meeting = _clip_and_meeting(request, pk, meeting_pk)
    told(request, lambda: on_screen.show_clip(actor=request.actor, clip=clip, meeting=meeting))
    return _back(request.actor, meeting)


@posts_from("meetings:detail", Meeting)
def play_clip(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk)
    playing = request.POST.get("playing") == "1"
    told(request, lambda: on_screen.play_clip(actor=request.actor, meeting=meeting, playing=playing))
    return _back(request.actor, meeting)


@posts_from("meetings:detail", Meeting)
def clear_screen(request: Request, pk: UUID) -> HttpResponse:
    """ "Stop", by who leads or by the owner of what is shown: the service knows."""
    meeting = get_for(request.actor, Meeting, pk)
    told(request, lambda: on_screen.clear_screen(actor=request.actor, meeting=meeting))
    return _back(request.actor, meeting)


@posts_from("video_feedback:talentmomenten", Talentmoment, "")
def show_talentmoment(request: Request, pk: UUID, meeting_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, meeting_pk, need="meetings.lead_meeting")
    moment = get_for(request.actor, Talentmoment.objects.select_related("author"), pk)
    told(request, lambda: on_screen.show_talentmoment(actor=request.actor, talentmoment=moment, meeting=meeting))
    return _back(request.actor, meeting)


def _clip_and_meeting(request: Request, pk: UUID, meeting_pk: UUID, need: str | None = None) -> tuple[Clip, Meeting]:
    return get_for(request.actor, PEOPLE.all(), pk, need=need), get_for(request.actor, Meeting, meeting_pk)


def _back(actor: Actor, meeting: Meeting) -> HttpResponse:
    """Who leads stands on Leiden, the others on the page that follows."""
    leads = has_perm("meetings.lead_meeting", actor, meeting)
    return redirect("meetings:lead" if leads else "meetings:detail", meeting.pk)
