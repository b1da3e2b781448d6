"""Samen filmen: the rounds of a pair, each with one next step, and for the coach where each pair is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..cycle_forms import BeginCycleForm, ChangeCycleForm, DebriefForm, FilmPlanForm, NextGoalForm
from ..cycle_pages import CyclePage, cycle_page, debrief_of, own_rounds, pair_lines, spoken_clips, words_of
from ..models import Clip, FilmCycle, plan_of
from ..services import cycles, debriefing, film_plans


def film_cycles(request: Request, pk: UUID) -> HttpResponse:
    """For a deelnemer the own round and that of the maatje; for a coach where each pair is."""
    groups = NetworkGroup.objects.select_related("film_plan")
    group = get_for(request.actor, groups, pk, need="groups.view_networkgroup")
    own, plan = _own(request, group), plan_of(group)
    context: dict[str, Any] = {"group": group, "own": own, "steps": words_of(plan)}
    if own.is_coach:
        context["pairs"] = pair_lines(group, plan)
    else:
        context["rounds"] = own_rounds(own, plan)
    return render(request, "video_feedback/film_cycles.html", context)


def _own(request: Request, of: Any) -> Membership:
    own = membership_of(request.actor, of)
    assert own is not None
    return own


def begin_cycle(request: Request, pk: UUID) -> HttpResponse:
    """FilmStep 1 of a new round, which begins with the last goal that was made for it."""
    group = get_for(request.actor, NetworkGroup, pk, need="video_feedback.add_filmcycle")
    own = _own(request, group)
    before = FilmCycle.objects.filter(owner=own).select_related("next_goal").order_by("-created").first()
    goal = before.next_goal.text if before and before.next_goal else ""
    form = BeginCycleForm(sent(request), initial={"goal": goal})
    if request.method == "POST" and (
        saved := accepted(form, lambda: cycles.begin_cycle(actor=request.actor, owner=own, **form.cleaned_data))
    ):
        return redirect("video_feedback:film_cycle", saved.row.pk)
    context = {"group": group, "form": form}
    return render(request, "video_feedback/film_cycle_form.html", context, status=status_of(form))


def _cycle(request: Request, pk: UUID, need: str | None = None) -> FilmCycle:
    return get_for(request.actor, FilmCycle.objects.with_people(), pk, need=need)


def film_cycle(request: Request, pk: UUID) -> HttpResponse:
    """One round: five steps, and the one that is next."""
    return _show(request, _cycle(request, pk))


def _show(request: Request, cycle: FilmCycle, form: NextGoalForm | None = None) -> HttpResponse:
    topic = live.topic_of("film_cycle", cycle)
    version = live.version_of(topic)
    page = cycle_page(request.actor, _own(request, cycle), cycle)
    context = {
        "group": cycle.group,
        "cycle": cycle,
        "page": page,
        "topic": topic,
        "version": version,
        "form": form or NextGoalForm(initial={"goal": page.goal}),
    }
    status = status_of(form) if form else 200
    return render_fragment(request, "video_feedback/film_cycle.html", "steps", context, status=status)


def change_cycle(request: Request, pk: UUID) -> HttpResponse:
    cycle = _cycle(request, pk, "video_feedback.change_filmcycle")
    form = ChangeCycleForm(sent(request), cycle=cycle)
    if request.method == "POST" and accepted(
        form, lambda: cycles.change_cycle(actor=request.actor, cycle=cycle, **form.cleaned_data)
    ):
        messages.success(request, _("Je doel en jullie afspraak zijn bewaard."))
        return redirect("video_feedback:film_cycle", cycle.pk)
    context = {"group": cycle.group, "cycle": cycle, "form": form}
    return render(request, "video_feedback/film_cycle_form.html", context, status=status_of(form))


@posts_from("video_feedback:film_cycle", FilmCycle)
def take_step(request: Request, pk: UUID) -> HttpResponse:
    """The button says which step, and how: done, on paper, spoken, skipped, or open again."""
    cycle = _cycle(request, pk)
    step, how = request.POST.get("step", ""), request.POST.get("how", "")
    told(request, lambda: cycles.take_step(actor=request.actor, cycle=cycle, step=step, how=how))
    return redirect("video_feedback:film_cycle", cycle.pk)


@posts_from("video_feedback:film_cycle", FilmCycle)
def put_clip(request: Request, pk: UUID, clip_pk: UUID) -> HttpResponse:
    cycle = _cycle(request, pk)
    clip = get_for(request.actor, Clip.objects.with_people(), clip_pk)
    belongs = request.POST.get("belongs") == "1"
    told(request, lambda: cycles.put_clip(actor=request.actor, cycle=cycle, clip=clip, belongs=belongs))
    return redirect("video_feedback:film_cycle", cycle.pk)


def debrief(request: Request, pk: UUID) -> HttpResponse:
    """The nagesprek on one screen: goal, fragments, tops and tips, and two questions at the end."""
    cycle = _cycle(request, pk)
    form = DebriefForm(sent(request), debrief=debrief_of(cycle))
    if request.method == "POST" and accepted(
        form, lambda: debriefing.write_debrief(actor=request.actor, cycle=cycle, **form.cleaned_data)
    ):
        messages.success(request, _("Jullie nagesprek is bewaard."))
        return redirect("video_feedback:film_cycle", cycle.pk)
    page: CyclePage = cycle_page(request.actor, _own(request, cycle), cycle)
    context = {
        "group": cycle.group,
        "cycle": cycle,
        "page": page,
        "spoken": spoken_clips(request.actor, page),
        "form": form,
    }
    return render(request, "video_feedback/film_debrief.html", context, status=status_of(form))


@posts_from("video_feedback:film_cycle", FilmCycle)
def adjust_goal(request: Request, pk: UUID) -> HttpResponse:
    cycle = _cycle(request, pk, "video_feedback.change_filmcycle")
    form = NextGoalForm(request.POST)
    if accepted(form, lambda: cycles.adjust_goal(actor=request.actor, cycle=cycle, text=form.cleaned_data["goal"])):
        messages.success(request, _("Je leerdoel voor de volgende keer is bewaard."))
        return redirect("video_feedback:film_cycle", cycle.pk)
    return _show(request, cycle, form)


@posts_from("video_feedback:film_cycle", FilmCycle)
def ask_coach(request: Request, pk: UUID) -> HttpResponse:
    """ "We komen er niet uit", or no longer."""
    cycle = _cycle(request, pk)
    stuck = request.POST.get("stuck") == "1"
    cycles.ask_coach(actor=request.actor, cycle=cycle, stuck=stuck)
    if stuck:
        messages.success(request, _("Jullie coach krijgt bericht. Er gaat niets over jullie doel of film mee."))
    return redirect("video_feedback:film_cycle", cycle.pk)


def film_plan(request: Request, pk: UUID) -> HttpResponse:
    """What the group made of the five steps, written down by the coach."""
    groups = NetworkGroup.objects.select_related("film_plan")
    group = get_for(request.actor, groups, pk, need="video_feedback.change_filmplan")
    form = FilmPlanForm(sent(request), plan=plan_of(group))
    if request.method == "POST" and accepted(
        form, lambda: film_plans.change_film_plan(actor=request.actor, group=group, **form.values())
    ):
        messages.success(request, _("De stappen zijn bewaard."))
        return redirect("video_feedback:film_cycles", group.pk)
    context = {"group": group, "form": form}
    return render(request, "video_feedback/film_plan.html", context, status=status_of(form))
