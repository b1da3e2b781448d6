"""The talk at the end: one scribe writes; what the group will do differently and who does what stand beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import back, posts_from, shown_on_host
from netwerkleren.base.request import Request
from netwerkleren.base.templatetags.ui import clock

from ..forms import AgreementForm, EvaluationForm, ImprovementForm
from ..models import Evaluation, Meeting
from ..services import talk

NEED = "meetings.write_evaluation"


def evaluation(request: Request, pk: UUID) -> HttpResponse:
    """A form that works by itself; a module sends it along while the scribe types."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    form = _form_of(meeting, sent(request))
    kept = None
    if request.method == "POST":
        kept = accepted(form, lambda: talk.save_evaluation(actor=request.actor, meeting=meeting, **form.cleaned_data))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Bewaard om %(clock)s uur.") % {"clock": clock(timezone.now())})
        return back(request, "meetings:evaluation", pk)
    return _page(request, meeting, form)


def _form_of(meeting: Meeting, data: QueryDict | None = None) -> EvaluationForm:
    return EvaluationForm(data, instance=Evaluation.objects.of(meeting))


def _page(
    request: Request,
    meeting: Meeting,
    form: EvaluationForm,
    *,
    improvement_form: ImprovementForm | None = None,
    agreement_form: AgreementForm | None = None,
) -> HttpResponse:
    refused = [one for one in (form, improvement_form, agreement_form) if one is not None and one.is_bound]
    if refused and (shown := shown_on_host(request, *refused)):
        return shown
    improvement_form = improvement_form or ImprovementForm(prefix="improvement")
    agreement_form = agreement_form or AgreementForm(prefix="agreement", meeting=meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "evaluation": form.instance,
        "membership": membership_of(request.actor, meeting),
        "leads": has_perm("meetings.lead_meeting", request.actor, meeting),
        "points": list(meeting.improvement_points.all()),
        "agreements": list(meeting.agreements.select_related("owner__user")),
        "improvement_form": improvement_form,
        "agreement_form": agreement_form,
    }
    status = status_of(form, improvement_form, agreement_form)
    return render(request, "meetings/meeting_evaluation.html", context, status=status)


@posts_from("meetings:evaluation", Meeting)
def scribe(request: Request, pk: UUID) -> HttpResponse:
    """ "Ik schrijf"."""
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    membership = membership_of(request.actor, meeting)
    assert membership is not None  # what the permission just said
    talk.become_scribe(actor=request.actor, meeting=meeting, membership=membership)
    return redirect("meetings:evaluation", pk)


@posts_from("meetings:evaluation", Meeting)
def add_point(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    form = ImprovementForm(request.POST, prefix="improvement")
    if accepted(form, lambda: talk.add_improvement(actor=request.actor, meeting=meeting, **form.cleaned_data)):
        return redirect("meetings:evaluation", pk)
    return _page(request, meeting, _form_of(meeting), improvement_form=form)


@posts_from("meetings:evaluation", Meeting)
def remove_point(request: Request, pk: UUID, point_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    talk.remove_improvement(actor=request.actor, point=get_object_or_404(meeting.improvement_points, pk=point_pk))
    return redirect("meetings:evaluation", pk)


@posts_from("meetings:evaluation", Meeting)
def add_agreement(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    form = AgreementForm(request.POST, prefix="agreement", meeting=meeting)
    if accepted(form, lambda: talk.add_agreement(actor=request.actor, meeting=meeting, **form.cleaned_data)):
        return redirect("meetings:evaluation", pk)
    return _page(request, meeting, _form_of(meeting), agreement_form=form)


@posts_from("meetings:evaluation", Meeting)
def remove_agreement(request: Request, pk: UUID, agreement_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    talk.remove_agreement(actor=request.actor, agreement=get_object_or_404(meeting.agreements, pk=agreement_pk))
    return redirect("meetings:evaluation", pk)
