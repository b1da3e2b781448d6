"""The Scherm: what the beamer shows to the room."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from netwerkleren.base.access import get_for
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.request import Request

from ..models import Meeting
from ..screens import screen_page


@require_GET
def screen(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    return show_screen(request, meeting)


def show_screen(request: Request, meeting: Meeting) -> HttpResponse:
    """The page itself, for whoever came through a gate: it is the same to all."""
    return render_fragment(request, "meetings/meeting_screen.html", "screen", screen_page(meeting, request.actor))
