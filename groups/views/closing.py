"""The end of a group: each page says exactly what happens before its button does it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import NetworkGroup
from ..points import group_held, on_closing
from ..services import closing


def close(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.close_networkgroup")
    if request.method == "POST":
        if told(request, lambda: closing.close_group(actor=request.actor, group=group)):
            messages.success(request, _("De groep is afgesloten. Iedereen krijgt er een mail over."))
        return redirect(group)
    context = {"group": group, "reasons": group_held.collect(group), "goes": on_closing.collect(group)}
    return render(request, "groups/group_close.html", context)


@posts_from(NetworkGroup.get_absolute_url, NetworkGroup)
def reopen(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.close_networkgroup")
    if closing.reopen_group(actor=request.actor, group=group):
        messages.success(request, _("De groep is weer open. Iedereen krijgt er een mail over."))
    return redirect(group)


def delete_draft(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.close_networkgroup")
    if request.method == "POST":
        if not told(request, lambda: closing.delete_draft(actor=request.actor, group=group)):
            return redirect(group)
        messages.success(request, _("Het concept “%(group)s” is weg.") % {"group": group})
        return redirect("roof:groups")
    context = {"group": group, "invited": group.invitations.count(), "reasons": group_held.collect(group)}
    return render(request, "groups/group_delete.html", context)
