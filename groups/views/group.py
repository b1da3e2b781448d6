"""Name and theme, publishing, "Zo werken wij" and leerdoelen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import ChangeGroupForm, ChangeLearningGoalForm, LearningGoalForm, WorkingAgreementForm
from ..models import LearningGoal, NetworkGroup, WorkingAgreement
from ..rules import membership_of
from ..services import learning_goals, network_groups, working_agreements


def edit(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    # The form writes into its instance while it checks; the way back keeps the stored name.
    form = ChangeGroupForm(sent(request), instance=NetworkGroup.objects.get(pk=group.pk))
    if request.method == "POST" and accepted(
        form, lambda: network_groups.change_group(actor=request.actor, group=group, **form.cleaned_data)
    ):
        messages.success(request, _("De groep is aangepast."))
        return redirect(group)
    return render(request, "groups/group_edit.html", {"group": group, "form": form}, status=status_of(form))


@posts_from(NetworkGroup.get_absolute_url, NetworkGroup)
def publish(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    if network_groups.publish_group(actor=request.actor, group=group):
        messages.success(request, _("De groep is gepubliceerd. De uitnodigingen zijn onderweg."))
    return redirect(group)


def agreements(request: Request, pk: UUID) -> HttpResponse:
    """The list to change; the group's page shows it."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    form = WorkingAgreementForm(sent(request))
    if request.method == "POST" and accepted(
        form,
        lambda: working_agreements.add_working_agreement(
            actor=request.actor, group=group, text=form.cleaned_data["text"]
        ),
    ):
        return redirect("groups:agreements", group.pk)
    context = {"group": group, "form": form, "agreements": group.working_agreements.all()}
    return render(request, "groups/group_agreements.html", context, status=status_of(form))


@posts_from("groups:agreements", WorkingAgreement, "group_id")
def remove_agreement(request: Request, pk: UUID) -> HttpResponse:
    rows = WorkingAgreement.objects.select_related("group")
    agreement = get_for(request.actor, rows, pk, need="groups.change_networkgroup")
    working_agreements.remove_working_agreement(actor=request.actor, agreement=agreement)
    messages.success(request, _("De afspraak “%(text)s” is weg.") % {"text": agreement.text})
    return redirect("groups:agreements", agreement.group_id)


def add_goal(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.add_learninggoal")
    own = membership_of(request.actor, group)
    assert own is not None
    form = LearningGoalForm(sent(request))
    if request.method == "POST" and accepted(
        form,
        lambda: learning_goals.add_learning_goal(actor=request.actor, membership=own, text=form.cleaned_data["text"]),
    ):
        messages.success(request, _("Je leerdoel is bewaard."))
        return redirect(group)
    return render(request, "groups/goal_form.html", {"group": group, "form": form}, status=status_of(form))


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
    context = {"group": group, "form": form, "goal": goal}
    return render(request, "groups/goal_form.html", context, status=status_of(form))
