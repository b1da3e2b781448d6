"""The questions during the pitch, and what their askers say after it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from meetings.models import Meeting
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.posts import posts_from, shown_on_host
from netwerkleren.base.request import Request

from ..models import Leervraag, PitchNote
from ..pause_forms import PitchNoteForm, SaidForm
from ..pitch import PitchPage
from ..services import pitching
from .gates import leervraag_for, meeting_for


@require_GET
def pitch(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, meeting_for(request, pk, "leervragen.view_meetlat"))


@posts_from("leervragen:pitch", Leervraag, "meeting_id")
def tick(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.tick_in_pitch")
    own = PitchNote.objects.filter(leervraag=leervraag, writer__user=request.actor.pk).first()
    form = PitchNoteForm(request.POST, instance=own, prefix=str(pk))
    if accepted(form, lambda: pitching.tick_in_pitch(actor=request.actor, leervraag=leervraag, **form.cleaned_data)):
        return _back(leervraag)
    return _page(request, leervraag.meeting, form)


@posts_from("leervragen:pitch", Leervraag, "meeting_id")
def erase_tick(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.tick_in_pitch")
    pitching.erase_tick(actor=request.actor, leervraag=leervraag)
    return _back(leervraag)


@posts_from("leervragen:pitch", Leervraag, "meeting_id")
def say(request: Request, pk: UUID) -> HttpResponse:
    """The asker's "ja, beantwoord" or "leg hem erbij"; one comes back to the page on which it was asked."""
    leervraag = leervraag_for(request, pk, "leervragen.say_what_pitch_did")
    form = SaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dat lukte niet. Kies nog eens."))
        return _page(request, leervraag.meeting, status=422)
    version, is_answered = form.cleaned_data["version"], form.cleaned_data["said"] == "answered"
    service = pitching.say_answered if is_answered else pitching.lay_with_the_rest
    try:
        said = told(request, lambda: service(actor=request.actor, leervraag=leervraag, version=version))
    except WrittenMeanwhile:
        # A button without fields has no form to show two versions in: the page shows where the question lies now.
        messages.warning(request, _("Iemand anders heeft deze vraag intussen verplaatst. Zo ligt alles nu."))
        return _page(request, leervraag.meeting, status=409)
    if said and is_answered:
        messages.success(request, _("In de pitch beantwoord, dat is genoteerd."))
    elif said and said.row == Leervraag.State.PARKED:
        messages.success(request, _("Dat is genoteerd. De vraag blijft op de Parkeerplaats liggen."))
    elif said:
        messages.success(request, _("De vraag gaat mee op de meetlat."))
    if form.cleaned_data["is_from_meetlat"]:
        return redirect("leervragen:meetlat", leervraag.meeting_id)
    return _back(leervraag)


def _page(
    request: Request, meeting: Meeting, refused: PitchNoteForm | None = None, *, status: int = 200
) -> HttpResponse:
    if refused and (shown := shown_on_host(request, refused)):
        return shown
    page = PitchPage.of(meeting, request.actor, refused)
    status = status_of(refused) if refused else status
    return render(request, "leervragen/pitch.html", {"page": page, "meeting": meeting}, status=status)


def _back(leervraag: Leervraag) -> HttpResponse:
    page = redirect("leervragen:pitch", leervraag.meeting_id)
    page["Location"] += f"#vraag-{leervraag.pk}"
    return page
