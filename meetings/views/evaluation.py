"""Looking back: one scribe writes; what the group will do differently and who does what stand beside it."""

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.extend import Panel
from netwerkleren.base.forms import accepted, status_of
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import back, posts_from, shown_on_host
from netwerkleren.base.request import Request
from netwerkleren.base.templatetags.ui import clock
from netwerkleren.base.words import asked

from ..forms import AgreementForm
from ..looking_back import (
    EvaluationForm,
    ImprovementForm,
    address_of,
    opened_in,
    parts_of,
    query_of_part,
    read_part,
)
from ..models import Evaluation, FilledIn, LookBack, Meeting
from ..pages import last_time
from ..points import look_back_parts
from ..services import talk

NEED = "meetings.write_evaluation"


def evaluation(request: Request, pk: UUID) -> HttpResponse:
    """A form for each part, which works by itself; a module sends it along while the scribe types. After the "?" the
    part stands that is opened, or sent.
    """
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=NEED)
    if request.method != "POST":
        return show(request, meeting)
    asked_for = read_part(asked(request, "part"))
    part = asked_for if asked_for in parts_of(meeting) else LookBack.WHOLE
    form = _form_of(meeting, Evaluation.objects.of(meeting), part, request.POST)
    kept = accepted(form, lambda: talk.save_evaluation(actor=request.actor, meeting=meeting, **form.values()))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Bewaard om %(clock)s uur.") % {"clock": clock(timezone.now())})
        return back(request, "meetings:evaluation", pk, query=query_of_part(part))
    return show(request, meeting, form)


def _form_of(meeting: Meeting, written: Evaluation, part: LookBack, data: QueryDict | None = None) -> EvaluationForm:
    return EvaluationForm(data, instance=written, meeting=meeting, part=part)


def show(
    request: Request, meeting: Meeting, refused: BaseForm | None = None, panel: Panel | None = None
) -> HttpResponse:
    """The page; with a form that was refused in its own place, where a higher app's part has it in its `panel`."""
    if refused is not None and (shown := shown_on_host(request, refused)):
        return shown
    written = Evaluation.objects.of(meeting)
    opened = opened_in(meeting, asked(request, "part"))
    forms = [_form_of(meeting, written, part) for part in parts_of(meeting)]
    if isinstance(refused, EvaluationForm):
        forms = [refused if form.part == refused.part else form for form in forms]
    for form in forms:
        form.stands_open = form.is_bound or opened in (None, form.part)
        form.address = address_of(meeting, form.part)
    improvement, agreement = refused, refused
    if not isinstance(improvement, ImprovementForm):
        about = {"about": (opened or LookBack.WHOLE).value}
        improvement = ImprovementForm(prefix="improvement", initial=about)
    if not isinstance(agreement, AgreementForm):
        agreement = AgreementForm(prefix="agreement", meeting=meeting)
    panels = look_back_parts.collect(meeting, request.actor, opened in (None, LookBack.ANSWERING))
    context = {
        "meeting": meeting,
        "forms": forms,
        "opened": opened,
        "panels": [panel if panel and panel.template == one.template else one for one in panels],
        "evaluation": written,
        "membership": membership_of(request.actor, meeting),
        "leads": has_perm("meetings.lead_meeting", request.actor, meeting),
        "filled_in": FilledIn.objects.names_of(meeting),
        "points": list(meeting.improvement_points.all()),
        "earlier_points": last_time(meeting).points,
        "agreements": list(meeting.agreements.select_related("owner__user")),
        "improvement_form": improvement,
        "agreement_form": agreement,
    }
    status = status_of(*([refused] if refused else []))
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
    if accepted(form, lambda: talk.add_improvement(actor=request.actor, meeting=meeting, **form.values())):
        return redirect("meetings:evaluation", pk)
    return show(request, meeting, form)


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
    return show(request, meeting, form)


@posts_from("meetings:evaluation", Meeting)
def remove_agreement(request: Request, pk: UUID, agreement_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need=NEED)
    talk.remove_agreement(actor=request.actor, agreement=get_object_or_404(meeting.agreements, pk=agreement_pk))
    return redirect("meetings:evaluation", pk)
