"""Who leads a meeting on its day, beside the coach."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import Membership
from netwerkleren.base.access import get_for
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import Saved, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .. import pages
from ..models import Meeting
from ..services import day_leading


@require_GET
def day_leader(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.hand_over_day")
    participants = [member for member in pages.members_of(meeting) if not member.is_coach]
    context = {"meeting": meeting, "participants": participants}
    return render(request, "meetings/day_leader.html", context)


@posts_from("meetings:day_leader", Meeting)
def hand_over_day(request: Request, pk: UUID, member_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.select_related("group"), pk, need="meetings.hand_over_day")
    people = Membership.objects.current().visible_to(request.actor).filter(group=meeting.group_id)
    member = get_object_or_404(people.select_related("user"), pk=member_pk)
    seen = request.POST.get("seen")
    saved = _unless_chosen_meanwhile(
        request,
        lambda: day_leading.hand_over_day(actor=request.actor, meeting=meeting, membership=member, seen=seen),
    )
    if saved and saved.row:
        words = _("%(name)s leidt deze bijeenkomst, en krijgt een mail.") % {"name": member.user.first_name}
        messages.success(request, words)
    return redirect("meetings:day_leader", pk)


@posts_from("meetings:day_leader", Meeting)
def take_day_back(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.hand_over_day")
    seen = request.POST.get("seen")
    saved = _unless_chosen_meanwhile(
        request, lambda: day_leading.take_day_back(actor=request.actor, meeting=meeting, seen=seen)
    )
    if saved and saved.row:
        messages.success(request, _("Je leidt deze bijeenkomst weer zelf. Wie haar zou leiden, krijgt een mail."))
    return redirect("meetings:day_leader", pk)


def _unless_chosen_meanwhile(request: Request, save: Callable[[], bool]) -> Saved[bool] | None:
    """None too when another coach chose someone meanwhile: the page that comes shows whom."""
    try:
        return told(request, save)
    except WrittenMeanwhile as conflict:
        # Caught here by hand: a choice by button has no form that could show both.
        leader = conflict.current.day_leader
        words = (
            _("Een andere coach koos intussen %(name)s.") % {"name": leader.name}
            if leader
            else _("Een andere coach nam de dag intussen terug.")
        )
        messages.warning(request, f"{words} {_('Wat jij koos, is niet bewaard.')}")
        return None
