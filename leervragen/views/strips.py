"""Moving strips and grouping them: one view per form of the dock."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base.access import get_for, require
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import accepted, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import NUDGES, MoveForm, StripGroupForm, StripGroupNameForm, VersionForm
from ..models import Leervraag, StripGroup, StripMove
from ..pages import MeetlatPage
from ..services import laying, moves
from .gates import leervraag_for, meeting_for
from .meetlat import show, show_moved


@posts_from("leervragen:meetlat", Leervraag, "meeting_id")
def move(request: Request, pk: UUID) -> HttpResponse:
    """Lays a strip somewhere else. Who moves one that someone else moved meanwhile, is told and sees where it is."""
    strip = leervraag_for(request, pk, "leervragen.answer_leervraag")
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(request, strip, _("Dat lukte niet. Kies de vraag en de plek nog eens."), status=422)
    return _tried(request, strip, lambda: _move(request, strip, form))


def _move(request: Request, strip: Leervraag, form: MoveForm) -> None:
    to, version = form.cleaned_data["to"], form.cleaned_data["version"]
    if to in NUDGES:
        laying.nudge_strip(actor=request.actor, strip=strip, version=version, by=NUDGES[to])
    elif to in Leervraag.State.values:
        laying.put_away(actor=request.actor, strip=strip, version=version, state=to)
    else:
        before = Leervraag.objects.filter(meeting=strip.meeting, pk=form.cleaned_data["before"]).first()
        laying.lay_strip(actor=request.actor, strip=strip, version=version, number=int(to), before=before)


@login_not_required
@require_POST
def lay_at_board(request: Request, pk: UUID) -> HttpResponse:
    """What a hand laid on the digibord, where nobody is signed in. The board itself shows how all lies then.

    Refused, it says the sentence of this answer. It is caught here by hand: there is no form.
    """
    strip = leervraag_for(request, pk, "leervragen.lay_at_board")
    form = MoveForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Dat lukte niet. Leg de vraag nog eens."))
        _move(request, strip, form)
    except WrittenMeanwhile:
        return _said(_("Iemand anders heeft deze vraag intussen verplaatst. Zo ligt alles nu."), status=409)
    except ValidationError as problem:
        return _said(" ".join(problem.messages), status=422)
    return HttpResponse(status=204)


def _said(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@posts_from("leervragen:meetlat", Leervraag, "meeting_id")
def group(request: Request, pk: UUID) -> HttpResponse:
    """Puts a strip beside a related one."""
    strip = leervraag_for(request, pk, "leervragen.answer_leervraag")
    form = StripGroupForm(request.POST, strip=strip)
    if not form.is_valid():
        said = _("Kies een andere vraag die op de meetlat ligt.") if "beside" in form.errors else _said_by(form)
        return _refused(request, strip, said, status=422, group_form=form)
    return _tried(request, strip, lambda: laying.group_strips(actor=request.actor, strip=strip, **form.cleaned_data))


@posts_from("leervragen:meetlat", Leervraag, "meeting_id")
def ungroup(request: Request, pk: UUID) -> HttpResponse:
    strip = leervraag_for(request, pk, "leervragen.answer_leervraag")
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    return _tried(request, strip, lambda: laying.ungroup_strip(actor=request.actor, strip=strip, version=version))


@posts_from("leervragen:meetlat", StripGroup, "meetlat_id")
def name_group(request: Request, pk: UUID) -> HttpResponse:
    strip_group = get_for(request.actor, StripGroup.objects.select_related("meetlat__meeting__group"), pk)
    require(request.actor, "leervragen.lay_strips", strip_group.meetlat)
    form = StripGroupNameForm(request.POST, group=strip_group)
    strip = strip_group.leervragen.first()
    if strip is None or accepted(
        form, lambda: laying.name_group(actor=request.actor, group=strip_group, **form.cleaned_data)
    ):
        return redirect("leervragen:meetlat", strip_group.meetlat_id)
    page = MeetlatPage.of(strip_group.meetlat.meeting)
    return show(
        request,
        page,
        strip.pk,
        status=status_of(form),
        group_form=StripGroupForm(strip=strip),
        name_form=form,
    )


@posts_from("leervragen:meetlat", Meeting)
def undo_move(request: Request, pk: UUID) -> HttpResponse:
    """Puts back what the button names; pressed twice it is put back once."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    move = request.POST.get("move", "")
    number = int(move[:18]) if move.isdecimal() else 0
    strips = Leervraag.objects.current().select_related("meeting__group", "author__user")
    strip = strips.filter(pk__in=StripMove.objects.filter(meetlat=pk, pk=number).values("strip")).first()
    if strip is None:
        return redirect("leervragen:meetlat", pk)
    return _tried(request, strip, lambda: moves.undo_move(actor=request.actor, meeting=meeting, move=number))


def _tried(request: Request, strip: Leervraag, move: Callable[[], object]) -> HttpResponse:
    """Makes the move, and shows how all lies then; or says why it was not made.

    The refusals are caught here by hand: the dock has no form that could show them, and no next page comes.
    """
    try:
        move()
    except WrittenMeanwhile:
        overtaken = _("Iemand anders heeft deze vraag intussen verplaatst. Zo ligt alles nu.")
        return _refused(request, strip, overtaken, status=409)
    except ValidationError as problem:
        return _refused(request, strip, " ".join(problem.messages), status=422)
    return _moved(request, strip)


def _moved(request: Request, strip: Leervraag) -> HttpResponse:
    if not request.htmx:
        address = reverse("leervragen:meetlat", args=[strip.meeting_id])
        return redirect(f"{address}?choose={strip.pk}#strook-{strip.pk}")
    own = membership_of(request.actor, strip.meeting)
    # Read before the page: what another does in between shows on it, and is news all the same.
    move = StripMove.objects.filter(meetlat=strip.meeting_id, by=own, strip=strip).order_by("pk").last()
    return show_moved(request, strip, move)


def _said_by(form: StripGroupForm) -> str:
    return " ".join(str(told) for errors in form.errors.values() for told in errors)


def _refused(request: Request, strip: Leervraag, sentence: str, *, status: int, **typed: Any) -> HttpResponse:
    """Nothing was changed; the page says why, and shows how all lies now, with what was `typed`."""
    if not request.htmx:
        messages.warning(request, sentence)
        return show(request, MeetlatPage.of(strip.meeting), strip.pk, status=status, **typed)
    return show_moved(request, strip, status=status, refused=sentence, **typed)
