"""Pages of talentmomenten."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from ..forms import TalentmomentForm
from ..models import Talentmoment
from ..services import talentmomenten as services  # `talentmomenten` is a view here

TALENTMOMENTEN_A_PAGE = 40


def talentmomenten(request: Request) -> HttpResponse:
    """Note one, and read those of the group."""
    form = TalentmomentForm(sent(request), actor=request.actor)
    if request.method == "POST" and accepted(
        form, lambda: services.note_talentmoment(actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Je ziet het terug aan het begin van de bijeenkomst."))
        return redirect("video_feedback:talentmomenten")
    rows = Talentmoment.objects.as_read_by(request.actor)
    page = Paginator(rows, TALENTMOMENTEN_A_PAGE).get_page(asked(request, "page"))
    context = {"form": form, "page": page}
    return render(request, "video_feedback/talentmoment_list.html", context, status=status_of(form))


@posts_from("video_feedback:talentmomenten", Talentmoment, "")
def erase_talentmoment(request: Request, pk: UUID) -> HttpResponse:
    moments = Talentmoment.objects.with_people()
    talentmoment = get_for(request.actor, moments, pk, need="video_feedback.erase_talentmoment")
    services.erase_talentmoment(actor=request.actor, talentmoment=talentmoment)
    messages.success(request, _("Het talentmoment is gewist."))
    return redirect("video_feedback:talentmomenten")


def talentmoment_wall(request: Request, pk: UUID) -> HttpResponse:
    """The talentmomenten of one meeting, large, to open it with; new ones appear by themselves."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk)
    topic = live.topic_of("meeting", meeting)
    context = {
        "meeting": meeting,
        "topic": topic,
        "version": live.version_of(topic),  # read before the rows: a change in between is fetched, not missed
        "talentmomenten": list(Talentmoment.objects.as_read_by(request.actor).filter(meeting=meeting)),
    }
    return render_fragment(request, "video_feedback/talentmoment_wall.html", "wall", context)
