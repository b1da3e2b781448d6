"""Answering one question, and ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from netwerkleren.base import autosave
from netwerkleren.base.forms import Saved, accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from ..board import Block
from ..forms import AnswerForm, OutcomeForm
from ..models import Leervraag, Meetlat
from ..pages import answer_page
from ..queries import block_of
from ..services import answering
from .gates import leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: UUID) -> HttpResponse:
    """A question with those that are answered as one with it: notes that are saved while typing, and how each ends.

    `?play=` plays a fragment of these questions, where its consent allows that.
    """
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    form = AnswerForm(sent(request), instance=leervraag)
    kept = _kept(request, leervraag, form) if request.method == "POST" else None
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    return redirect("leervragen:answer", leervraag.pk) if kept else _show(request, leervraag, form)


@posts_from("leervragen:answer", Leervraag)
def end(request: Request, pk: UUID) -> HttpResponse:
    """Gives the question its outcome; notes that came along in the same form are kept first."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    notes = AnswerForm(request.POST, instance=leervraag) if "answer" in request.POST else None
    if notes is not None and not _kept(request, leervraag, notes):
        return _show(request, leervraag, notes)
    form = OutcomeForm(request.POST, prefix=str(leervraag.pk))
    if accepted(form, lambda: answering.end_question(actor=request.actor, leervraag=leervraag, **form.cleaned_data)):
        return redirect(_after(request, leervraag))
    return _show(request, leervraag, notes or AnswerForm(instance=leervraag), failed=form)


@posts_from("leervragen:answer", Leervraag)
def begin(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    told(request, lambda: answering.begin_question(actor=request.actor, leervraag=leervraag))
    return redirect("leervragen:answer", leervraag.pk)


def _kept(request: Request, leervraag: Leervraag, form: AnswerForm) -> Saved[Block] | None:
    return accepted(form, lambda: answering.save_answer(actor=request.actor, leervraag=leervraag, **form.cleaned_data))


def _show(
    request: Request, leervraag: Leervraag, form: AnswerForm, *, failed: OutcomeForm | None = None
) -> HttpResponse:
    """The question, with everything that was typed and why it was not kept."""
    context = answer_page(leervraag, request.actor)
    context |= {"form": form, "failed": failed, "playing": asked(request, "play")}
    status = status_of(form, failed) if failed else status_of(form)
    return render(request, "leervragen/answer.html", context, status=status)


def _after(request: Request, leervraag: Leervraag) -> str:
    """Back to where the question was ended: Afronden; or, when its group is not ended yet, the same question."""
    meetlat = reverse("leervragen:meetlat", args=[leervraag.meeting_id])
    if "answer" not in request.POST:
        return meetlat + Meetlat.Step.FINISHING.query
    block = block_of(leervraag)
    still_open = next((strip for strip in block.strips if strip.is_open), None) if block else None
    if still_open is not None:
        return reverse("leervragen:answer", args=[still_open.pk])
    return meetlat + Meetlat.Step.ANSWERING.query
