"""The slides of a meeting: on a page of their own, where who leads turns them and the others follow."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meetings.models import Meeting
from meetings.services import slides as services  # `slides` is a view here
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..deck import deck_of

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@require_GET
def slides(request: Request, pk: UUID) -> HttpResponse:
    """All slides at once. While the meeting runs they follow who leads; before it, each reads for oneself."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.view_meeting")
    version = live.version_of(live.topic_of("meeting", meeting))
    deck = deck_of(meeting)
    if not deck:
        return redirect("method:subjects")
    leads = has_perm("meetings.lead_meeting", request.actor, meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "title": _("Dia’s: %(meeting)s") % {"meeting": meeting.title},
        "slides": deck,
        "at": min(meeting.slide, len(deck)),
        "version": version,
        "leads": leads and meeting.is_running,
        "follows": meeting.is_running,
        "makes": leads,
    }
    return render(request, "method/slides.html", context)


@require_GET
def slide_now(request: Request, pk: UUID) -> HttpResponse:
    """For the page that follows: which slide is on, and whether the Scherm shows them."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.view_meeting")
    return JsonResponse({"slide": meeting.slide, "shown": meeting.shows_slides and meeting.is_running})


@posts_from("method:slides", Meeting)
def show_slide(request: Request, pk: UUID) -> HttpResponse:
    """A press on Leiden: which slide is to be on, or 0 for none."""
    _show(request, pk)
    return redirect("method:slides", pk)


@require_POST
def turn_slide(request: Request, pk: UUID) -> HttpResponse:
    """The same for the module, which shows by itself what it asked for."""
    return HttpResponse(status=204 if _show(request, pk) else 422)


def _show(request: Request, pk: UUID) -> object:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    digits = request.POST.get("number", "")[:4]
    number = int(digits) if digits.isascii() and digits.isdecimal() else 0
    if not number:
        return told(request, lambda: services.take_slides_off(actor=request.actor, meeting=meeting))
    number = min(number, max(1, len(deck_of(meeting))))
    return told(request, lambda: services.show_slide(actor=request.actor, meeting=meeting, number=number))


@require_GET
def presentation_file(request: Request, pk: UUID) -> HttpResponse:
    """The same slides as a file that the coach changes in PowerPoint or LibreOffice."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    deck = deck_of(meeting)
    if not deck:
        raise Http404
    from ..powerpoint import powerpoint_of  # noqa: PLC0415  (heavy: only who asks for the file waits for the library)

    response = HttpResponse(powerpoint_of(deck), content_type=PPTX)
    name = slugify(f"{meeting.group.name} {meeting.number_name}")[:80] or "presentatie"
    response["Content-Disposition"] = f'attachment; filename="{name}.pptx"'
    return response
