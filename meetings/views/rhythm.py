"""The page on which a coach says once how long before a meeting one hands in, and which weeks are free."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import FreeWeek
from ..rhythm import rule_of
from ..rhythm_forms import DeadlineRuleForm, FreeWeekForm
from ..services import rhythms


def rhythm(request: Request, group_pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, group_pk, need="groups.change_networkgroup")
    is_week = "name" in request.POST
    rule_form = DeadlineRuleForm(None if is_week else request.POST or None, instance=rule_of(group))
    week_form = FreeWeekForm(request.POST if is_week else None)
    if is_week and accepted(
        week_form, lambda: rhythms.add_free_week(actor=request.actor, group=group, **week_form.cleaned_data)
    ):
        messages.success(request, _("De vrije week staat erbij."))
        return redirect("meetings:rhythm", group.pk)
    if rule_form.is_bound and accepted(
        rule_form, lambda: rhythms.change_rule(actor=request.actor, group=group, **rule_form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Deadlines die je zelf koos, bleven staan."))
        return redirect("meetings:rhythm", group.pk)
    shown: list[forms.BaseForm] = [rule_form, week_form]
    context = {
        "group": group,
        "form": rule_form,
        "week_form": week_form,
        "weeks": group.free_weeks.all(),
    }
    return render(request, "meetings/rhythm.html", context, status=status_of(*shown))


@posts_from("meetings:rhythm", FreeWeek, "group_id")
def remove_free_week(request: Request, pk: UUID) -> HttpResponse:
    week = get_for(request.actor, FreeWeek.objects.select_related("group"), pk, need="groups.change_networkgroup")
    rhythms.remove_free_week(actor=request.actor, week=week)
    return redirect("meetings:rhythm", week.group_id)
