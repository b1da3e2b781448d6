"""The interview: preparing it (coach), and holding it (the two)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from groups.models import NetworkGroup
from groups.rules import membership_of
from leervragen.journeys import journeys_asked_by
from netwerkleren.base import autosave, live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from ..forms.interviews import InterviewerForm, NoteForm, ProtocolForm, ScriptForm
from ..interviews.conversation import conversation, following, plan_in, words_for_theme
from ..interviews.memory import moments_to_name
from ..interviews.pairing import at_tables, turns_in
from ..interviews.protocol import InterviewPlan, Part, plan_of, slot_of
from ..models import PART_CODES, Interview, InterviewNote, Protocol
from ..services import interviews as services  # `interviews` is a view here


@require_http_methods(["GET", "POST"])
def interviews(request: Request, pk: UUID) -> HttpResponse:
    """For the coach: which parts, whose words, who asks whom."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_protocol")
    chosen = Protocol.objects.filter(group=group).first()
    plan = plan_of(chosen, slot=slot_of(group.pk), turns=turns_in(group.pk))
    tables = at_tables(Interview.objects.of_group(group))
    stored = chosen or Protocol()
    initial = {
        "parts": [part.code for part in plan.now],
        "part_a_before": bool(plan.before),
        "theme": stored.theme,
        "has_clock": stored.has_clock,
        "version": stored.version,
    }
    form = ProtocolForm(sent(request), initial=initial)
    if request.method == "POST" and accepted(
        form, lambda: services.save_protocol(actor=request.actor, group=group, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. De deelnemers zien deze onderdelen."))
        return redirect("reports:interviews", group.pk)
    context = {
        "group": group,
        "form": form,
        "plan": plan,
        "choices": list(zip(form["parts"], sorted(plan.in_order, key=lambda part: part.code), strict=True)),
        "whole": sum(part.minutes for part in plan.in_order),
        "is_standard": not stored.script,
        "tables": tables,
        "told": sum(len(table.interviews) for table in tables),
        "changing": asked(request, "change") or "",
        "members": group.memberships.current().participants().with_people(),
    }
    return render(request, "reports/interviews.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def script(request: Request, pk: UUID) -> HttpResponse:
    """For the coach: the traject's own copy of the questions; a button puts the standard back."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_protocol")
    stored = Protocol.objects.filter(group=group).first() or Protocol(group=group)
    if request.method == "POST" and "standard" in request.POST:
        services.save_script(actor=request.actor, group=group, script=[])
        messages.success(request, _("De vragen zijn weer de standaard."))
        return redirect("reports:script", group.pk)
    form = ScriptForm(sent(request), protocol=stored)
    if request.method == "POST" and accepted(
        form,
        lambda: services.save_script(
            actor=request.actor, group=group, script=form.script(), version=form.cleaned_data["version"]
        ),
    ):
        messages.success(request, _("Bewaard. Zo staan de vragen in het interview en op papier."))
        return redirect("reports:script", group.pk)
    context = {"group": group, "form": form, "is_standard": not stored.script, "words": words_for_theme(group, stored)}
    return render(request, "reports/script.html", context, status=status_of(form))


@posts_from("reports:interviews", NetworkGroup)
def make_pairs(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_protocol")
    made = services.make_interviews(actor=request.actor, group=group)
    said = ngettext("%(made)d interview klaargezet.", "%(made)d interviews klaargezet.", made)
    messages.success(request, said % {"made": made})
    return redirect("reports:interviews", group.pk)


@posts_from("reports:interviews", Interview, "group_id")
def change_interviewer(request: Request, pk: UUID) -> HttpResponse:
    interview = get_for(request.actor, Interview.objects.with_people(), pk, need="reports.change_protocol")
    form = InterviewerForm(request.POST, teller=interview.teller)
    if accepted(
        form,
        lambda: services.change_interviewer(actor=request.actor, interview=interview, **form.cleaned_data),
    ):
        messages.success(request, _("Bewaard."))
    else:
        messages.error(request, " ".join(str(told) for errors in form.errors.values() for told in errors))
    return redirect("reports:interviews", interview.group_id)


@require_http_methods(["GET", "POST"])
def interview(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One part: the question, lined paper, and the activities of A in view."""
    found = get_for(request.actor, Interview.objects.with_people(), pk, need="reports.write_interview")
    topic = live.topic_of("interview", found)
    # Before the notes are read: what changes in between is then seen as news, never missed.
    version = live.version_of(topic)
    page = conversation(found, _part_or_404(part), reader=request.actor)
    form = NoteForm(sent(request), note=page.note, names_activities=page.names_activities)
    kept = None
    if request.method == "POST":
        kept = accepted(form, lambda: _save_note(request, found, part, form))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        return _go_on(request, found, page.plan, page.part, kept.row)
    context = {
        "page": page,
        "form": form,
        "topic": topic,
        "version": version,
        "journeys": journeys_asked_by(found.teller, reader=membership_of(request.actor, found.group)),
        "to_name": moments_to_name(found.group) if page.names_activities else [],
    }
    return render(request, "reports/interview.html", context, status=status_of(form))


def _save_note(request: Request, interview: Interview, part: str, form: NoteForm) -> InterviewNote:
    texts = {"activities": ""} | form.cleaned_data
    return services.save_note(actor=request.actor, interview=interview, part=part, **texts)


@posts_from("reports:interview", Interview, "pk part")
def start_part(request: Request, pk: UUID, part: str) -> HttpResponse:
    found = get_for(request.actor, Interview.objects.with_people(), pk, need="reports.write_interview")
    services.start_part(actor=request.actor, interview=found, part=_part_or_404(part))
    return redirect("reports:interview", found.pk, part)


@posts_from("reports:interview", Interview, "pk part")
def skip_part(request: Request, pk: UUID, part: str) -> HttpResponse:
    found = get_for(request.actor, Interview.objects.with_people(), pk, need="reports.write_interview")
    skipped = _part_or_404(part)
    services.skip_part(actor=request.actor, interview=found, part=skipped)
    after = following(plan_in(found.group_id, Protocol.objects.filter(group=found.group_id).first()), skipped)
    return redirect("reports:interview", found.pk, after.code) if after else redirect("reports:harvest", found.group_id)


def _part_or_404(code: str) -> str:
    if code not in PART_CODES:
        raise Http404
    return code


def _go_on(
    request: Request, found: Interview, plan: InterviewPlan, part: Part, note: InterviewNote
) -> HttpResponseRedirect:
    """To the next part, whose clock starts if this one's did; after the last part, to the Oogst."""
    after = following(plan, part.code)
    if request.POST.get("go") != "next":
        messages.success(request, _("Bewaard."))
        return redirect("reports:interview", found.pk, part.code)
    if after is None:
        messages.success(request, _("Bewaard. %(teller)s leest het na.") % {"teller": found.teller.user.first_name})
        return redirect("reports:harvest", found.group_id)
    if note.started_at:
        services.start_part(actor=request.actor, interview=found, part=after.code)
    return redirect("reports:interview", found.pk, after.code)
