"""The list of groups, and the page of a group: its people, how mixed they are, its maatjes and its traject."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from groups.goal_forms import LearningGoalForm
from groups.matches import Matches, matches_of
from groups.mix import mix_of
from groups.models import LearningGoal, Membership, NetworkGroup
from groups.points import group_panels
from groups.rules import membership_of
from meetings.following import TRAJECT
from meetings.inventory_page import asks_now
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.mail import words_of
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.request import Request

from .traject import stops_of

MOST_LOST_MAIL = 5
"""Shown at once; a server that is down for a day must not make the page heavy."""


def groups(request: Request) -> HttpResponse:
    """All groups of the actor; a deelnemer with one group goes straight to it."""
    actor = request.actor
    found = list(NetworkGroup.objects.visible_to(actor).with_counts())
    if len(found) == 1 and not actor.is_coach:
        return redirect(found[0])
    return render(request, "roof/group_list.html", {"groups": found})


def group(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    group = get_for(actor, NetworkGroup, pk, need="groups.view_networkgroup")
    own = membership_of(actor, group)
    assert own is not None
    # The version is read before the rows: a change in between is then seen as news, never missed.
    version = live.version_of(live.topic_of(TRAJECT, group))
    members = list(Membership.objects.current().filter(group=group).with_people())
    matches = matches_of(members)
    goals = list(LearningGoal.objects.visible_to(actor).of_group(group))
    asked = "inventory" if asks_now(actor, group) else ""
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "version": version,
        "members": members,
        "participants": [member for member in members if not member.is_coach],
        "mix": mix_of(members),
        "matches": matches,
        "next_action": _next_action(group, own, matches) or asked,
        "agreements": group.working_agreements.all(),
        "goals": [goal for goal in goals if goal.membership_id == own.pk],
        "shown_goals": [goal for goal in goals if goal.membership_id != own.pk],
        "goal_form": LearningGoalForm(),
        "invitations": group.invitations.unanswered().select_related("group") if own.is_coach else [],
        **(_lost_mail(group) if own.is_coach else {}),
        "stops": stops_of(Meeting.objects.of_group(group)),
        "panels": group_panels.collect(group, actor),
    }
    return render_fragment(request, "roof/group_detail.html", "traject", context)


def _lost_mail(group: NetworkGroup) -> dict[str, Any]:
    """What did not arrive, or perhaps did not, latest first, with what it is in words; and how many more there are."""
    lost = list(OutgoingMail.objects.undelivered().filter(group_id=group.pk).order_by("-created"))
    shown = [(words_of(mail), mail) for mail in lost[:MOST_LOST_MAIL]]
    return {"lost_mail": shown, "more_lost_mail": len(lost) - len(shown)}


def _next_action(group: NetworkGroup, own: Membership, matches: Matches) -> str:
    """The one thing that the page puts forward: "publish", "choose", "confirm", "together" or nothing.

    Of a group that is closed nothing is asked any more.
    """
    if group.closed_at is not None:
        return ""
    if own.is_coach:
        if group.is_draft:
            return "publish"
        if matches.mutual:
            return "confirm"
        return "together" if matches.pairs and matches.left else ""
    others = len(matches.left) + 2 * len(matches.mutual) - 1
    return "choose" if own.pair_id is None and own.wished_maatje_id is None and others > 0 else ""
