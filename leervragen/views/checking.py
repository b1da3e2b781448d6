"""Controleren: choosing several questions at once, and those that may be about the same."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from meetings.models import Meeting
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import accepted, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..checking import alike_on
from ..models import NUMBERS, Meetlat
from ..pages import MeetlatPage
from ..pause_forms import SeveralQuestionsForm
from ..services import choosing
from .gates import meeting_for
from .meetlat import show

CHECKING = Meetlat.Step.CHECKING


def _address(meeting: Meeting) -> str:
    return reverse("leervragen:meetlat", args=[meeting.pk]) + CHECKING.query


@posts_from(_address, Meeting)
def choose_several(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    form = SeveralQuestionsForm(request.POST)
    not_today = request.POST.get("not_today") == "1"
    if done := accepted(
        form,
        lambda: choosing.choose_several(
            actor=request.actor, meeting=meeting, chosen=form.cleaned_data["chosen"], not_today=not_today
        ),
    ):
        words = ngettext("%(count)d vraag wacht.", "%(count)d vragen wachten.", done.row)
        messages.success(request, words % {"count": done.row})
        return redirect(_address(meeting))
    return _refused(request, meeting, form)


@posts_from(_address, Meeting)
def lay_together(request: Request, pk: UUID) -> HttpResponse:
    """From Controleren, or with one tap from the page of what may be alike: one comes back there."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    form = SeveralQuestionsForm(request.POST)
    try:
        laid = accepted(form, lambda: choosing.lay_together(actor=request.actor, meeting=meeting, **form.values()))
    except WrittenMeanwhile:
        # Of strips that lie elsewhere now there is no text to show beside another: the page shows where they lie.
        messages.warning(request, _("Iemand anders verplaatste een van deze vragen intussen. Zo ligt alles nu."))
        return show(request, MeetlatPage.of(meeting, CHECKING), status=409)
    if laid is None:
        return _refused(request, meeting, form)
    messages.success(request, _("De vragen liggen bij elkaar. Bij Leggen kun je ze weer uit elkaar halen."))
    if form.cleaned_data["is_from_overlaps"]:
        return redirect("leervragen:overlaps", meeting.pk)
    return redirect(_address(meeting))


@require_GET
def overlaps(request: Request, pk: UUID) -> HttpResponse:
    """ "Welke vragen lijken op elkaar?": it points, and the group decides."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    page = MeetlatPage.of(meeting, CHECKING)
    context = {
        "page": page,
        "meeting": meeting,
        "pairs": [] if page.is_held else alike_on(page),
        "numbers": NUMBERS,
    }
    return render(request, "leervragen/overlaps.html", context)


def _refused(request: Request, meeting: Meeting, form: SeveralQuestionsForm) -> HttpResponse:
    page = MeetlatPage.of(meeting, CHECKING)
    return show(request, page, status=status_of(form), several_form=form)
