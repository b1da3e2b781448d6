"""Pages of talentmomenten."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import user_of
from groups.points import adding_panels
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import DeviceThatAdds, get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from .. import documents
from ..forms import AddedTalentmomentForm, TalentmomentForm
from ..models import Talentmoment, wall_of
from ..services import talentmomenten as services  # `talentmomenten` is a view here

TALENTMOMENTEN_A_PAGE = 40


@login_not_required
def talentmomenten(request: Request) -> HttpResponse:
    """Note one, and read those of the group; on an own phone while nobody is signed in, note one and no more."""
    if isinstance(request.actor, DeviceThatAdds):
        return note_only(request, request.actor)
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


def note_only(request: Request, phone: DeviceThatAdds) -> HttpResponse:
    """What the owner of the phone noted for a meeting that is still to come is shown; nothing of others."""
    owner = user_of(phone.owner)
    form = AddedTalentmomentForm(sent(request), actor=owner)
    if request.method == "POST" and accepted(
        form, lambda: services.note_talentmoment(actor=owner, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Je ziet het terug aan het begin van de bijeenkomst."))
        return redirect("video_feedback:talentmomenten")
    context = {
        "form": form,
        "adds_for": owner,
        "own": Talentmoment.objects.not_shown_yet().filter(author__user=owner),
        "panels": adding_panels.collect(owner),
    }
    return render(request, "video_feedback/talentmoment_note.html", context, status=status_of(form))


@posts_from("video_feedback:talentmomenten", Talentmoment, "")
def show_on_wall(request: Request, pk: UUID) -> HttpResponse:
    """The tap of its owner: the wall shows the fragment too, or no longer."""
    moments = Talentmoment.objects.with_people()
    talentmoment = get_for(request.actor, moments, pk, need="video_feedback.show_on_wall")
    shown = request.POST.get("shown") == "1"
    told(
        request,
        lambda: services.show_clip_on_wall(actor=request.actor, talentmoment=talentmoment, shown=shown),
    )
    return redirect("video_feedback:talentmomenten")


@require_GET
def activation_card(request: Request) -> HttpResponse:
    """De activeringskaart: how to draw talent out, in our words."""
    return render(request, "video_feedback/activation_card.html")


@require_GET
def activation_card_pdf(request: Request) -> HttpResponse:
    """The same on one A4, to hang up."""
    return HttpResponse(
        documents.activation_card().pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="activeringskaart.pdf"'},
    )


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
        "talentmomenten": wall_of(meeting, request.actor),
    }
    return render_fragment(request, "video_feedback/talentmoment_wall.html", "wall", context)
