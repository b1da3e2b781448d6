"""Whether the theme of a group is about pupils' needs of care: asked of its coach once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from groups.models import NetworkGroup
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.request import Request

from ..services import consent


def care_theme(request: Request, pk: UUID) -> HttpResponse:
    """The question with what follows from it, and the answer that was given."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    if request.method == "POST":
        is_about_care = request.POST.get("about_care") == "1"
        told(request, lambda: consent.answer_theme(actor=request.actor, group=group, is_about_care=is_about_care))
        return redirect("video_feedback:care_theme", group.pk)
    return render(request, "video_feedback/care_theme.html", {"group": group})
