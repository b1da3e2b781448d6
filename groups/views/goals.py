"""Leerdoelen: a broad one for the traject, one for a filmed lesson, and who sees them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..goal_forms import ChangeLearningGoalForm, LearningGoalForm, LessonGoalForm
from ..models import LearningGoal, NetworkGroup
from ..rules import membership_of
from ..services import learning_goals


def add_goal(request: Request, pk: UUID) -> HttpResponse:
    return _add(request, pk, LearningGoal.Scope.TRAJECT)


def add_lesson_goal(request: Request, pk: UUID) -> HttpResponse:
    """For a filmed lesson: with help to make it something that a maatje can see."""
    return _add(request, pk, LearningGoal.Scope.LESSON)


def _add(request: Request, pk: UUID, scope: LearningGoal.Scope) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.add_learninggoal")
    own = membership_of(request.actor, group)
    assert own is not None
    for_lesson = scope == LearningGoal.Scope.LESSON
    form = LessonGoalForm(sent(request)) if for_lesson else LearningGoalForm(sent(request))
    if request.method == "POST" and accepted(
        form,
        lambda: learning_goals.add_learning_goal(
            actor=request.actor, membership=own, text=form.cleaned_data["text"], scope=scope
        ),
    ):
        messages.success(request, _("Je leerdoel is bewaard."))
        return redirect(group)
    context = {"group": group, "form": form, "for_lesson": for_lesson}
    return render(request, "groups/goal_form.html", context, status=status_of(form))


def edit_goal(request: Request, pk: UUID) -> HttpResponse:
    """Changes a leerdoel of one's own, or removes it."""
    rows = LearningGoal.objects.select_related("membership__group")
    goal = get_for(request.actor, rows, pk, need="groups.change_learninggoal")
    group = goal.membership.group
    form = ChangeLearningGoalForm(sent(request), goal=goal)
    if "remove" in request.POST:
        learning_goals.remove_learning_goal(actor=request.actor, goal=goal)
        return redirect(group)
    if request.method == "POST" and accepted(
        form,
        lambda: learning_goals.change_learning_goal(actor=request.actor, goal=goal, **form.cleaned_data),
    ):
        messages.success(request, _("Je leerdoel is bewaard."))
        return redirect(group)
    context = {
        "group": group,
        "form": form,
        "goal": goal,
        "for_lesson": goal.is_for_lesson,
        "audiences": LearningGoal.Audience.choices,
    }
    return render(request, "groups/goal_form.html", context, status=status_of(form))


@posts_from("groups:edit_goal", LearningGoal)
def show_goal(request: Request, pk: UUID) -> HttpResponse:
    """Who sees it from now on: the button says the state that its owner wants."""
    rows = LearningGoal.objects.select_related("membership__group")
    goal = get_for(request.actor, rows, pk, need="groups.change_learninggoal")
    audience = request.POST.get("audience", "")
    told(request, lambda: learning_goals.show_learning_goal(actor=request.actor, goal=goal, audience=audience))
    return redirect("groups:edit_goal", goal.pk)
