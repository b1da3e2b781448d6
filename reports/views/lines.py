"""Mijn lijn, the lines of the group, and the moments that they are drawn over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms.lines import LineForm, MomentForm, TalkForm
from ..lines.moments import all_moments, moments_of, points_of
from ..lines.screen import pictures
from ..lines.shared import shared_lines
from ..models import BehaviourGraph, GraphPoint, LinesTalk
from ..services import lines


@require_http_methods(["GET", "POST"])
def my_line(request: Request, pk: UUID) -> HttpResponse:
    """Drawn with a finger, a mouse or keys on the paper, or in words in the list below it."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.draw_line")
    member = membership_of(request.actor, group)
    assert member is not None
    graph = BehaviourGraph.objects.filter(member=member).prefetch_related("points").first()
    points = points_of(graph) if graph else {}
    moments = moments_of(group)
    form = LineForm(sent(request), moments=moments, points=points)
    kept = None
    if request.method == "POST":
        kept = accepted(form, lambda: lines.save_line(actor=request.actor, member=member, points=form.drawn_points()))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _share(request, kept.row))
        return redirect("reports:my_line", group.pk)
    drawn = pictures(moments, [(member.name, points)], named=False)
    context = {"group": group, "graph": graph, "form": form, "pictures": drawn, "moments": moments}
    return render(request, "reports/my_line.html", context, status=status_of(form))


def _share(request: Request, graph: BehaviourGraph) -> str:
    """Shares the line, or takes it back, when the button says so; what the next page then tells."""
    if "share" not in request.POST:
        return _("Bewaard.")
    shared = request.POST["share"] == "yes"
    lines.share_line(actor=request.actor, graph=graph, shared=shared)
    return _("Je groep ziet nu jouw lijn.") if shared else _("Nu zie alleen jij jouw lijn.")


@posts_from("reports:harvest", NetworkGroup)
def take_line_back(request: Request, pk: UUID) -> HttpResponse:
    """Also in a group that is closed, where nothing else of it changes; and by who became its coach since."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.take_back")
    for graph in BehaviourGraph.objects.filter(member=membership_of(request.actor, group)):
        lines.share_line(actor=request.actor, graph=graph, shared=False)
        messages.success(request, _("Nu zie alleen jij jouw lijn."))
    draws = has_perm("reports.draw_line", request.actor, group)
    return redirect("reports:my_line" if draws else "reports:harvest", group.pk)


@require_http_methods(["GET", "POST"])
def group_lines(request: Request, pk: UUID) -> HttpResponse:
    """The shared lines over each other, with a table, and what the group says about them.

    Who did not share is not named or counted.
    """
    group = get_for(request.actor, NetworkGroup, pk, need="reports.view_harvest")
    talk = LinesTalk.objects.filter(group=group).select_related("scribe__user").first() or LinesTalk(group=group)
    form = TalkForm(sent(request), talk=talk)
    kept = None
    if request.method == "POST":
        kept = accepted(form, lambda: lines.save_talk(actor=request.actor, group=group, **form.cleaned_data))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Bewaard."))
        return redirect("reports:group_lines", group.pk)
    graphs = list(BehaviourGraph.objects.shared_in(group))
    moments = moments_of(group)
    drawn = pictures(moments, [(graph.member.name, points_of(graph)) for graph in graphs], named=True)
    context = {
        "group": group,
        "lines": shared_lines(moments, graphs),
        "pictures": drawn,
        "talk": talk,
        "form": form,
        "writes": group.closed_at is None and talk.scribe is not None and talk.scribe.user_id == request.actor.pk,
    }
    return render(request, "reports/group_lines.html", context, status=status_of(form))


@posts_from("reports:group_lines", NetworkGroup)
def scribe_of_lines(request: Request, pk: UUID) -> HttpResponse:
    """ "Ik schrijf"."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.view_harvest")
    lines.become_scribe_of_lines(actor=request.actor, group=group)
    return redirect("reports:group_lines", group.pk)


@require_http_methods(["GET", "POST"])
def moments(request: Request, pk: UUID) -> HttpResponse:
    """For the coach: which moments stand on the x-axis."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_moments")
    form = MomentForm(sent(request), group=group)
    if request.method == "POST" and accepted(
        form, lambda: lines.add_moment(actor=request.actor, group=group, **form.cleaned_data)
    ):
        messages.success(request, _("Het moment staat in de grafiek."))
        return redirect("reports:moments", group.pk)
    drawn = set(GraphPoint.objects.filter(moment__group=group).values_list("moment", flat=True))
    context = {"group": group, "form": form, "moments": all_moments(group), "drawn": drawn}
    return render(request, "reports/moments.html", context, status=status_of(form))


@posts_from("reports:moments", NetworkGroup)
def show_moment(request: Request, pk: UUID, moment: UUID) -> HttpResponse:
    """Takes a moment out of the graph, puts it back, or removes it. A meeting's moment may not be a row yet."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.change_moments")
    found = next((one for one in all_moments(group) if one.pk == moment), None)
    if found is None:
        raise Http404
    if "remove" in request.POST:
        told(request, lambda: lines.remove_moment(actor=request.actor, moment=found))
    else:
        lines.show_moment(actor=request.actor, moment=found, shown=request.POST.get("shown") == "yes")
    return redirect("reports:moments", group.pk)
