"""Answering one question, and ending it."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from netwerkleren.base.forms import accepted
from netwerkleren.base.request import Request

from ..forms import AnswerForm, OutcomeForm
from ..models import Leervraag, Meetlat
from ..pages import answer_page
from ..queries import block_of
from ..services import answering
from .gates import is_by_module, leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: UUID) -> HttpResponse:
    """A question with those that are answered as one with it: notes that are saved while typing, and how each ends.

    `?speel=` plays a fragment of these questions, where its consent allows that.
    """
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    form = AnswerForm(request.POST or None, instance=leervraag)
    if request.method != "POST":
        return _show(request, leervraag, form)
    if refused := _save(request, leervraag, form):
        return refused
    if is_by_module(request):
        # What the next save starts from.
        return JsonResponse({"seen": form.cleaned_data["answer"]})
    return redirect("leervragen:answer", leervraag.pk)


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    """Gives the question its outcome; notes that came along in the same form are kept first."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    notes = AnswerForm(request.POST, instance=leervraag) if "answer" in request.POST else None
    if notes is not None and (refused := _save(request, leervraag, notes)):
        return refused
    form = OutcomeForm(request.POST, prefix=str(leervraag.pk))
    if accepted(form, lambda: answering.end_question(actor=request.actor, leervraag=leervraag, **form.cleaned_data)):
        return redirect(_after(request, leervraag))
    return _show(request, leervraag, notes or AnswerForm(instance=leervraag), failed=form)


@require_POST
def begin(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    answering.begin_question(actor=request.actor, leervraag=leervraag)
    return redirect("leervragen:answer", leervraag.pk)


def _save(request: Request, leervraag: Leervraag, form: AnswerForm) -> HttpResponse | None:
    """Keeps the notes; or answers the page that says why not, with everything that was typed."""
    if not form.is_valid():
        return _show(request, leervraag, form, status=422)
    try:
        answering.save_answer(actor=request.actor, leervraag=leervraag, **form.cleaned_data)
    except answering.AnswerConflict as conflict:
        # What the writer typed stays in the field, with the other text beside it as what they have now seen.
        both = AnswerForm({"answer": form.cleaned_data["answer"], "seen": conflict.theirs}, instance=leervraag)
        return _show(request, leervraag, both, theirs=conflict.theirs, status=409)
    return None


def _show(
    request: Request,
    leervraag: Leervraag,
    form: AnswerForm,
    *,
    theirs: str = "",
    failed: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = answer_page(leervraag, request.actor)
    context |= {"form": form, "theirs": theirs, "failed": failed, "playing": request.GET.get("speel")}
    return render(request, "leervragen/answer.html", context, status=422 if failed else status)


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
