"""The oefenfragment, and filming the own table: both for a first time, without anyone's work in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.request import Request

from ..forms import PracticeTopForm
from ..models import PracticeTop
from ..services import practice as services  # `practice` is a view here


def practice(request: Request, pk: UUID) -> HttpResponse:
    """The film, one's own top, and those of the others, which come by themselves."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    own = membership_of(request.actor, group)
    assert own is not None
    topic = live.topic_of("practice", group)
    version = live.version_of(topic)  # read before the rows: a change in between is fetched, not missed
    tops = list(PracticeTop.objects.visible_to(request.actor).filter(giver__group=group).as_read())
    mine = next((top for top in tops if top.giver_id == own.pk), None)
    form = PracticeTopForm(sent(request), top=mine or PracticeTop(giver=own))
    if request.method == "POST" and accepted(
        form, lambda: services.give_practice_top(actor=request.actor, membership=own, **form.values())
    ):
        messages.success(request, _("Je top staat erbij."))
        return redirect("video_feedback:practice", pk)
    context = {"group": group, "topic": topic, "version": version, "tops": tops, "mine": mine, "form": form}
    return render_fragment(request, "video_feedback/practice.html", "tops", context, status=status_of(form))


@require_GET
def practice_filming(request: Request) -> HttpResponse:
    """Film the own table for 20 seconds, look, and throw away. The film stays in the browser: no field here is sent."""
    return render(request, "video_feedback/practice_filming.html")
