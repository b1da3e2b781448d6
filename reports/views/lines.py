"""Mijn lijn, the lines of the group, and the moments that they are drawn over."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.request import Request

from .. import services
from ..forms import LineForm, MomentForm
from ..graph import pictures
from ..models import BehaviourGraph, GraphPoint
from ..moments import all_moments, moments_of
from ..statistics import points_of, shared_lines
from . import answers


@require_http_methods(["GET", "POST"])
def my_line(request: Request, pk: UUID) -> HttpResponse:
    """Drawn with a finger, a mouse or keys on the paper, or in words in the list below it."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.draw_line")
    member = membership_of(request.actor, group)
    assert member is not None
    graph = BehaviourGraph.objects.filter(member=member).prefetch_related("points").first()
    points = points_of(graph) if graph else {}
    moments = moments_of(group)
    form = LineForm(answers.sent(request), moments=moments, points=points)
    if request.method == "POST" and form.is_valid():
        saved = services.save_line(actor=request.actor, member=member, places=form.places())
        if answers.is_autosave(request):
            return answers.saved()
        said = _("Bewaard.")
        if "share" in request.POST:
            shared = request.POST["share"] == "yes"
            services.share_line(actor=request.actor, graph=saved, shared=shared)
            said = _("Je groep ziet nu jouw lijn.") if shared else _("Nu zie alleen jij jouw lijn.")
        messages.success(request, said)
        return redirect("reports:my_line", group.pk)
    if form.errors and answers.is_autosave(request):
        return answers.refused(form)
    drawn = pictures(moments, [(member.name, points)], named=False)
    context = {"group": group, "graph": graph, "form": form, "pictures": drawn, "moments": moments}
    return render(request, "reports/my_line.html", context, status=422 if form.errors else 200)


@require_GET
def group_lines(request: Request, pk: UUID) -> HttpResponse:
    """The shared lines over each other, with a table. Who did not share is not named or counted."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.view_harvest")
    graphs = list(BehaviourGraph.objects.shared_in(group))
    moments = moments_of(group)
    drawn = pictures(moments, [(graph.member.name, points_of(graph)) for graph in graphs], named=True)
    context = {"group": group, "lines": shared_lines(moments, graphs), "pictures": drawn}
    return render(request, "reports/group_lines.html", context)


@require_http_methods(["GET", "POST"])
def moments(request: Request, pk: UUID) -> HttpResponse:
    """For the coach: which moments stand on the x-axis."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_moments")
    form = MomentForm(answers.sent(request), group=group)
    if request.method == "POST" and form.is_valid():
        services.add_moment(actor=request.actor, group=group, **form.cleaned_data)
        messages.success(request, _("Het moment staat in de grafiek."))
        return redirect("reports:moments", group.pk)
    drawn = set(GraphPoint.objects.filter(moment__group=group).values_list("moment", flat=True))
    context = {"group": group, "form": form, "moments": all_moments(group), "drawn": drawn}
    return render(request, "reports/moments.html", context, status=422 if form.errors else 200)


@require_POST
def show_moment(request: Request, pk: UUID, moment: UUID) -> HttpResponse:
    """Takes a moment out of the graph, puts it back, or removes it. A meeting's moment may not be a row yet."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_moments")
    found = next((one for one in all_moments(group) if one.pk == moment), None)
    if found is None:
        raise Http404
    if "remove" not in request.POST:
        services.show_moment(actor=request.actor, moment=found, shown=request.POST.get("shown") == "yes")
        return redirect("reports:moments", group.pk)
    try:
        services.remove_moment(actor=request.actor, moment=found)
    except ValidationError as problem:
        messages.warning(request, problem.message)
    return redirect("reports:moments", group.pk)
