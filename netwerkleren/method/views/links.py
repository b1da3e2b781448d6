"""What coaches added to the explanations, for their group."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.models import NetworkGroup
from groups.rules import is_coach_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import MethodLinkForm
from ..models import MethodLink
from ..services import links as services  # `links` is a view here


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Request, pk: UUID) -> HttpResponse:
    """All of the group; the coach adds one."""
    need = "groups.change_networkgroup" if request.method == "POST" else "groups.view_networkgroup"
    group = get_for(request.actor, NetworkGroup, pk, need=need)
    adds = is_coach_of(request.actor, group) and group.closed_at is None
    form = MethodLinkForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: services.add_link(actor=request.actor, group=group, **form.cleaned_data)
    ):
        messages.success(request, _("De link staat erbij. De hele groep ziet hem."))
        return redirect("method:links", pk)
    rows = MethodLink.objects.visible_to(request.actor).filter(group=group)
    context = {"group": group, "links": list(rows), "adds": adds, "form": form if adds else None}
    return render(request, "method/link_list.html", context, status=status_of(form))


@posts_from("method:links", MethodLink, "group_id")
def remove_link(request: Request, pk: UUID) -> HttpResponse:
    link = get_for(request.actor, MethodLink.objects.select_related("group"), pk, need="groups.change_networkgroup")
    if told(request, lambda: services.remove_link(actor=request.actor, link=link)):
        messages.success(request, _("De link is weg."))
    return redirect("method:links", link.group_id)
