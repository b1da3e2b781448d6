"""Rows that tests start from: real people in real groups, made the short way."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from groups.models import FIRST_STEPS, Invitation, Membership, NetworkGroup, School, User
from meetings.models import AgendaItem, Expert, ExpertInvitation, Meeting, Topic
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.sessions import SessionStore

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_number = count(1)
_process = uuid4().hex[:6]
"""The tests in the browser make people for one portal in several processes, which all count from 1."""


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An aware moment from a Dutch clock: `local(2027, 1, 20, 15, 30)`."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


def make_user(name: str = "", **fields: Any) -> User:
    """As `create_user` writes it, which first asks whether all of it is right."""
    number = next(_number)
    name = name or f"Deelnemer {number}"
    fields.setdefault("email", f"user{number}-{_process}@school.example")
    asked = fields.get("is_coach") or fields.get("is_staff")
    if asked:
        fields.setdefault("second_factor_by", timezone.now() + timedelta(days=7))
    fields.setdefault("rules_agreed_at", timezone.now())
    user = User(email=fields.pop("email").lower(), name=name, **fields)
    user.set_password("een-lang-wachtwoord")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if asked:
        add_second_factor(user)
    return user


def add_second_factor(user: User) -> None:
    """A code from an app, which is asked when they log in by password, and not where `sign_in` does it."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})


def make_session(user: User) -> str:
    """The key of a session in which this person has logged in: the cookie `sessionid` of a browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.begin()
    session.save()
    return str(session.session_key)


def make_school(name: str = "", place: str = "Assen") -> School:
    return School.objects.create(name=name or f"School {next(_number)}-{_process}", place=place)


def make_group(name: str = "De Hondsrug", *, draft: bool = False, **fields: Any) -> NetworkGroup:
    fields.setdefault("theme", "Leerlingen met autisme in de klas")
    fields.setdefault("is_about_care", False)
    return NetworkGroup.objects.create(name=name, published_at=None if draft else timezone.now(), **fields)


def make_member(group: NetworkGroup, name: str = "", *, coach: bool = False, **fields: Any) -> Membership:
    """A current member with an account of their own; a deelnemer has a school unless `school=None` is given.

    Their first visit is behind them, unless `is_new`.
    """
    if not fields.pop("is_new", False):
        fields |= dict.fromkeys(FIRST_STEPS.values(), True) | fields
    user = fields.pop("user", None) or make_user(name, is_coach=coach)
    role = Membership.Role.COACH if coach else Membership.Role.PARTICIPANT
    if not coach and "school" not in fields:
        fields["school"] = make_school()
    fields.setdefault("discipline", "" if coach else "groep 5")
    return Membership.objects.create(user=user, group=group, role=role, **fields)


def make_meeting(group: NetworkGroup, kind: str = Meeting.Kind.NETWORK, **fields: Any) -> Meeting:
    """A planned meeting in two weeks, its three deadlines before it, and no agenda."""
    position = fields.pop("position", None)
    if position is None:
        position = 0 if kind == Meeting.Kind.INTRODUCTION else group.meetings.count() + 1
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=14))
    if starts_at is not None:
        fields.setdefault("leervraag_deadline", starts_at - timedelta(days=9))
        fields.setdefault("clip_deadline", starts_at - timedelta(days=7))
        fields.setdefault("feedback_deadline", starts_at - timedelta(days=5))
    return Meeting.objects.create(group=group, kind=kind, position=position, starts_at=starts_at, **fields)


def make_topic(group: NetworkGroup, title: str = "Contact met klasgenoten") -> Topic:
    return Topic.objects.create(group=group, title=title)


def make_agenda_item(
    meeting: Meeting, kind: str = AgendaItem.Kind.OTHER, minutes: int = 15, **fields: Any
) -> AgendaItem:
    fields.setdefault("title", str(AgendaItem.Kind(kind).label))
    return AgendaItem.objects.create(
        meeting=meeting, kind=kind, minutes=minutes, position=meeting.agenda.count() + 1, **fields
    )


def make_expert_invitation(meeting: Meeting, name: str = "Lotte Meijerink", **fields: Any) -> ExpertInvitation:
    expert = Expert.objects.create(
        group=meeting.group, name=name, email=f"expert{next(_number)}@praktijk.example", description="orthopedagoog"
    )
    return ExpertInvitation.objects.create(meeting=meeting, expert=expert, **fields)


def make_lost_mail(group: NetworkGroup, status: str = OutgoingMail.Status.FAILED) -> OutgoingMail:
    """The mail of an open invitation, which did not arrive."""
    coach = group.memberships.filter(role=Membership.Role.COACH).first() or make_member(group, coach=True)
    number = next(_number)
    invitation = Invitation.objects.create(group=group, email=f"weg{number}@school.example", invited_by=coach.user)
    return OutgoingMail.objects.create(
        kind="groups.invitation",
        recipient=invitation.email,
        group_id=group.pk,
        about=invitation.pk,
        status=status,
    )
