"""The first sentence of who joined: "Waar loop je in je werk tegenaan?"."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request

from ..forms import FirstThoughtForm
from ..models import NetworkGroup
from ..rules import membership_of
from ..services import first_visit


def first_thought(request: Request, pk: UUID) -> HttpResponse:
    """Vandaag has the same form on the first visit; here one changes it."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.visit_first")
    own = membership_of(request.actor, group)
    assert own is not None
    form = FirstThoughtForm(sent(request), membership=own)
    if request.method == "POST" and accepted(
        form, lambda: first_visit.write_first_thought(actor=request.actor, membership=own, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Je leest het terug bij je groep."))
        return redirect("roof:home")
    return render(request, "groups/first_thought.html", {"group": group, "form": form}, status=status_of(form))
