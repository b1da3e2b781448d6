"""The talk at the end: one scribe writes; what the group will do differently and who does what stand beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted
from netwerkleren.base.request import Request
from netwerkleren.base.templatetags.ui import clock

from ..forms import AgreementForm, EvaluationForm, ImprovementForm
from ..models import Evaluation, Meeting
from ..services import talk

NEED = "meetings.write_evaluation"


def evaluation(request: Request, pk: UUID) -> HttpResponse:
    """A form that works by itself; a module sends it along while the scribe types."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    stored = talk.evaluation_of(meeting)
    if request.method != "POST":
        return _page(request, meeting, _form_of(stored), stored)
    form = EvaluationForm(request.POST, instance=stored)
    saved: list[Evaluation] = []

    def save() -> None:
        saved.append(talk.save_evaluation(request.actor, meeting=meeting, **form.cleaned_data))

    try:
        if not accepted(form, save):
            return _page(request, meeting, form, stored, status=422)
    except talk.Clash as clash:
        return _both(request, meeting, form, clash.theirs)
    if request.headers.get("Accept") == "application/json":
        # What the module's next save was written on: never a version that someone else made since.
        return JsonResponse({"version": saved[0].version})
    messages.success(request, _("Bewaard om %(clock)s uur.") % {"clock": clock(timezone.now())})
    return redirect("meetings:evaluation", pk)


def _form_of(stored: Evaluation) -> EvaluationForm:
    return EvaluationForm(instance=stored, initial={"version": stored.version})


def _both(request: Request, meeting: Meeting, form: EvaluationForm, theirs: Evaluation) -> HttpResponse:
    """Someone else wrote in between: their text is shown, ours stays in the field, and saving again keeps ours."""
    again = EvaluationForm(instance=theirs, initial={**form.cleaned_data, "version": theirs.version})
    return _page(request, meeting, again, theirs, theirs=theirs, status=409)


def _page(
    request: Request,
    meeting: Meeting,
    form: EvaluationForm,
    stored: Evaluation,
    *,
    theirs: Evaluation | None = None,
    improvement_form: ImprovementForm | None = None,
    agreement_form: AgreementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "evaluation": stored,
        "theirs": theirs,
        "membership": membership_of(request.actor, meeting),
        "points": list(meeting.improvement_points.all()),
        "agreements": list(meeting.agreements.select_related("owner__user")),
        "improvement_form": improvement_form or ImprovementForm(prefix="improvement"),
        "agreement_form": agreement_form or AgreementForm(prefix="agreement", meeting=meeting),
    }
    return render(request, "meetings/meeting_evaluation.html", context, status=status)


@require_POST
def scribe(request: Request, pk: UUID) -> HttpResponse:
    """ "Ik schrijf"."""
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    membership = membership_of(request.actor, meeting)
    assert membership is not None  # what the permission just said
    talk.become_scribe(actor=request.actor, meeting=meeting, membership=membership)
    return redirect("meetings:evaluation", pk)


@require_POST
def add_point(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    form = ImprovementForm(request.POST, prefix="improvement")
    if accepted(form, lambda: talk.add_improvement(actor=request.actor, meeting=meeting, **form.cleaned_data)):
        return redirect("meetings:evaluation", pk)
    stored = talk.evaluation_of(meeting)
    return _page(request, meeting, _form_of(stored), stored, improvement_form=form, status=422)


@require_POST
def remove_point(request: Request, pk: UUID, point_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    talk.remove_improvement(actor=request.actor, point=get_object_or_404(meeting.improvement_points, pk=point_pk))
    return redirect("meetings:evaluation", pk)


@require_POST
def add_agreement(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    form = AgreementForm(request.POST, prefix="agreement", meeting=meeting)
    if accepted(form, lambda: talk.add_agreement(actor=request.actor, meeting=meeting, **form.cleaned_data)):
        return redirect("meetings:evaluation", pk)
    stored = talk.evaluation_of(meeting)
    return _page(request, meeting, _form_of(stored), stored, agreement_form=form, status=422)


@require_POST
def remove_agreement(request: Request, pk: UUID, agreement_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    talk.remove_agreement(actor=request.actor, agreement=get_object_or_404(meeting.agreements, pk=agreement_pk))
    return redirect("meetings:evaluation", pk)
