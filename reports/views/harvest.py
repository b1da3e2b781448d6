"""The Oogst of a group: what each member can do now, and what the group shares."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.request import Request

from ..forms.printing import ForMeForm
from ..models import BehaviourGraph, Export, Interview, ValueStory


@require_GET
def overview(request: Request) -> HttpResponse:
    """The only group at once; with more groups, or none, a choice."""
    groups = list(NetworkGroup.objects.visible_to(request.actor))
    if len(groups) == 1:
        return redirect("reports:harvest", groups[0].pk)
    return render(request, "reports/overview.html", {"groups": groups})


@require_GET
def harvest(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="reports.view_harvest")
    membership = membership_of(request.actor, group)
    interviews = list(Interview.objects.of_group(group))
    context = {
        "group": group,
        "membership": membership,
        "story": ValueStory.objects.filter(teller=membership).first(),
        "graph": BehaviourGraph.objects.filter(member=membership).first(),
        "interviews": interviews,
        "mine": [one for one in interviews if membership in (one.teller, one.interviewer)],
        "stories": ValueStory.objects.shared_in(group),
        "graphs": BehaviourGraph.objects.shared_in(group),
        "exports": Export.objects.visible_to(request.actor).filter(group=group)[:1],
        "for_me": ForMeForm(),
    }
    return render(request, "reports/harvest.html", context)
