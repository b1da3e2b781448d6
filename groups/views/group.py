"""Name and theme, publishing, "Zo werken wij" and leerdoelen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netwerkleren.base.access import get_for

from ..forms import GroupForm, LearningGoalForm, WorkingAgreementForm
from ..models import LearningGoal, NetworkGroup, WorkingAgreement
from ..rules import membership_of
from ..services import (
    add_learning_goal,
    add_working_agreement,
    change_group,
    change_learning_goal,
    publish_group,
    remove_learning_goal,
    remove_working_agreement,
)


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.change_networkgroup")
    form = GroupForm(request.POST or None, instance=NetworkGroup.objects.get(pk=group.pk))
    if request.method == "POST" and form.is_valid():
        change_group(actor, group=group, **form.cleaned_data)
        messages.success(request, _("De groep is aangepast."))
        return redirect(group)
    return render(request, "groups/group_edit.html", {"group": group, "form": form})


@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.change_networkgroup")
    if publish_group(actor, group=group):
        messages.success(request, _("De groep is gepubliceerd. De uitnodigingen zijn onderweg."))
    return redirect(group)


def agreements(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list to change; the group's page shows it."""
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.change_networkgroup")
    form = WorkingAgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_working_agreement(actor, group=group, text=form.cleaned_data["text"])
        return redirect("groups:agreements", group.pk)
    context = {"group": group, "form": form, "agreements": group.working_agreements.all()}
    return render(request, "groups/group_agreements.html", context)


@require_POST
def remove_agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = WorkingAgreement.objects.select_related("group")
    agreement = get_for(actor, rows, pk, need="groups.change_networkgroup")
    remove_working_agreement(actor, agreement=agreement)
    messages.success(request, _("De afspraak “%(text)s” is weg.") % {"text": agreement.text})
    return redirect("groups:agreements", agreement.group_id)


def add_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.add_learninggoal")
    form = LearningGoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership = membership_of(actor, group)
        assert membership is not None
        add_learning_goal(actor, membership=membership, text=form.cleaned_data["text"])
        messages.success(request, _("Je leerdoel is bewaard."))
        return redirect(group)
    return render(request, "groups/goal_form.html", {"group": group, "form": form})


def edit_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a leerdoel of one's own, or removes it."""
    actor = request.actor  # type: ignore[attr-defined]
    goal = get_for(
        actor, LearningGoal.objects.select_related("membership__group"), pk, need="groups.change_learninggoal"
    )
    group = goal.membership.group
    form = LearningGoalForm(request.POST or None, initial={"text": goal.text})
    if request.method == "POST" and "remove" in request.POST:
        remove_learning_goal(actor, goal=goal)
        return redirect(group)
    if request.method == "POST" and form.is_valid():
        change_learning_goal(actor, goal=goal, text=form.cleaned_data["text"])
        messages.success(request, _("Je leerdoel is bewaard."))
        return redirect(group)
    return render(request, "groups/goal_form.html", {"group": group, "form": form, "goal": goal})
