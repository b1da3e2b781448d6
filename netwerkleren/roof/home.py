"""Vandaag: what needs me now, soonest first, and the next meeting of each of my groups."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User, memberships_of, user_of
from groups.points import today_panels, todos
from meetings.models import ExpertInvitation, Meeting, meetings_of
from meetings.pages import readiness_of
from netwerkleren.base.extend import Panel, ToDo
from netwerkleren.base.request import Request
from netwerkleren.base.templatetags.trace import Stop
from netwerkleren.base.written import written_once

from .first_visit import first_visit_of
from .traject import stops_of


def home(request: Request) -> HttpResponse:
    """The first page of everyone with an account."""
    user = user_of(request.actor)
    meetings = meetings_of(user)
    to_come = [meeting for meeting in meetings if meeting.is_to_come]
    running = [meeting for meeting in to_come if meeting.is_running]
    meeting = next(iter(running + to_come), None)
    panels: list[Panel] = today_panels.collect(user)
    context = {
        "now": timezone.now(),
        "is_member": any(own.group.closed_at is None for own in memberships_of(user)),
        "was_member": bool(memberships_of(user)),
        "visit": first_visit_of(user, to_come),
        "todos": _todos(user),
        "meeting": meeting,
        "running": running,
        "others": _other_groups(meeting, to_come, user),
        "stops": _stops(meeting, meetings) if meeting else [],
        "panels": panels,
        "waits": any(panel.waits for panel in panels),
        **(_about(meeting, user) if meeting else {}),
    }
    return render(request, "roof/home.html", context)


@dataclass(frozen=True)
class OtherGroup:
    """A group that is not the one of the meeting on top, with its own next meeting, if it has one."""

    group: NetworkGroup
    meeting: Meeting | None


def _other_groups(meeting: Meeting | None, to_come: list[Meeting], user: User) -> list[OtherGroup]:
    """For who is in more than one group: all others that are not closed, soonest first. No query."""
    next_of_group: dict[UUID, Meeting] = {}
    for each in sorted(to_come, key=lambda each: not each.is_running):
        next_of_group.setdefault(each.group_id, each)
    mine = [own.group for own in memberships_of(user) if own.is_coach or not own.group.is_draft]
    shown = [group for group in mine if group.closed_at is None and (meeting is None or group.pk != meeting.group_id)]
    if meeting is None and len(shown) == 1:
        return []
    places = {pk: place for place, pk in enumerate(next_of_group)}
    shown.sort(key=lambda group: places.get(group.pk, len(places)))
    return [OtherGroup(group, next_of_group.get(group.pk)) for group in shown]


def _todos(user: User) -> list[ToDo]:
    """Of every app, soonest first; what has no deadline comes last, in the order the apps gave it."""
    far = timezone.now().replace(year=9000)
    found = [todo for answers in todos.collect(user) for todo in answers]
    return sorted(found, key=lambda todo: todo.due or far)


def _stops(meeting: Meeting, meetings: list[Meeting]) -> list[Stop]:
    traject = [other for other in meetings if other.group_id == meeting.group_id]
    return stops_of(sorted(traject, key=lambda other: other.position))


def _about(meeting: Meeting, user: User) -> dict[str, object]:
    leads = any(own.group_id == meeting.group_id and own.is_coach for own in memberships_of(user))
    coming = ExpertInvitation.objects.coming().filter(meeting=meeting).select_related("expert")
    return {
        "expert": next((invitation.expert for invitation in coming), None),
        "readiness": readiness_of(meeting, _participants(meeting)) if leads else [],
    }


def _participants(meeting: Meeting) -> list[Membership]:
    return _participants_in(meeting.group_id)


@written_once
def _participants_in(group: UUID) -> QuerySet[Membership]:
    return Membership.objects.current().participants().filter(group=group).with_people()
