"""Vandaag: what needs me now, soonest first, and the next meeting."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from groups.extensions import today_panels, todos
from groups.models import Membership, NetworkGroup, User
from meetings.extensions import Readiness, meeting_readiness
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.extend import ToDo

from .traject import stops_of


@dataclass(frozen=True)
class ReadinessRow:
    """A row of who is ready: the same people in the same order, and the names of those who are not yet."""

    label: str
    deadline: datetime | None
    people: list[tuple[Membership, bool]]
    missing: list[str]


def home(request: HttpRequest) -> HttpResponse:
    """The first page of everyone with an account."""
    user: User = request.actor  # type: ignore[attr-defined]
    groups = list(NetworkGroup.objects.visible_to(user))
    meeting = Meeting.objects.visible_to(user).upcoming().with_facts().first()
    context = {
        "now": timezone.now(),
        "groups": groups,
        "todos": _todos(user),
        "meeting": meeting,
        "panels": today_panels.collect(user),
        **(_about(meeting, user) if meeting else {}),
    }
    return render(request, "roof/home.html", context)


def _todos(user: User) -> list[ToDo]:
    """Of every app, soonest first; what has no deadline comes last, in the order the apps gave it."""
    far = timezone.now().replace(year=9000)
    found = [todo for answers in todos.collect(user) for todo in answers]
    return sorted(found, key=lambda todo: todo.due or far)


def _about(meeting: Meeting, user: User) -> dict[str, object]:
    members = list(Membership.objects.current().filter(group=meeting.group).with_people())
    leads = any(member.user_id == user.pk and member.is_coach for member in members)
    coming = ExpertInvitation.objects.live().filter(meeting=meeting, answer=ExpertInvitation.Answer.YES)
    return {
        "expert": next((invitation.expert for invitation in coming.select_related("expert")), None),
        "stops": stops_of(Meeting.objects.of_group(meeting.group)),
        "readiness": _readiness(meeting, members) if leads else [],
    }


def _readiness(meeting: Meeting, members: list[Membership]) -> list[ReadinessRow]:
    participants = [member for member in members if not member.is_coach]
    rows: list[Readiness] = meeting_readiness.collect(meeting)
    return [
        ReadinessRow(
            label=row.label,
            deadline=row.deadline,
            people=[(member, member.pk in row.done) for member in participants],
            missing=[member.user.first_name for member in participants if member.pk not in row.done],
        )
        for row in rows
    ]
