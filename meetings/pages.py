"""What the pages of a meeting show together: rows of more than one kind, each fetched once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.mix import mix_of
from groups.models import Membership, name_columns
from netwerkleren.base.beside import count_beside, exists_beside, latest_beside
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.written import written_once

from .models import Agreement, Attendance, Evaluation, ExpertInvitation, ImprovementPoint, Meeting, MeetingQuerySet
from .models.expert import ExpertInvitationQuerySet
from .news import EXPERT_INVITATION, EXPERT_THANKS
from .points import Readiness, meeting_readiness


def standing_invitation(meeting: Meeting, *, with_mail: bool = False) -> ExpertInvitation | None:
    """The expert who comes or may come; else who said no last, who stands until another is asked.

    `with_mail` adds `mail_status`, of the mail that asked: None where none was made; and once the meeting was held
    `thanks_status`, of the word of thanks. They are for the coach.
    """
    asks = _last_invited
    if with_mail:
        asks = _last_invited_with_thanks if meeting.state == Meeting.State.ENDED else _last_invited_with_mail
    found = next(iter(asks(meeting.pk)), None)
    if found is not None:
        found.meeting = meeting
    return found


@written_once
def _last_invited(meeting: UUID) -> QuerySet[ExpertInvitation]:
    return ExpertInvitation.objects.filter(meeting=meeting).live().standing_first().select_related("expert")[:1]


@written_once
def _last_invited_with_mail(meeting: UUID) -> QuerySet[ExpertInvitation]:
    return _with_mail(ExpertInvitation.objects.filter(meeting=meeting).live())[:1]


@written_once
def _last_invited_with_thanks(meeting: UUID) -> QuerySet[ExpertInvitation]:
    thanks = OutgoingMail.objects.latest_status(EXPERT_THANKS)
    return _with_mail(ExpertInvitation.objects.filter(meeting=meeting).live()).annotate(thanks_status=thanks)[:1]


def _with_mail(invitations: ExpertInvitationQuerySet) -> QuerySet[ExpertInvitation]:
    asked = OutgoingMail.objects.latest_status(EXPERT_INVITATION)
    return invitations.select_related("expert").standing_first().annotate(mail_status=asked)


@dataclass(frozen=True)
class Company:
    """Who comes, for the expert: how many deelnemers, and how many do which work. No name, and no school."""

    count: int
    disciplines: list[tuple[str, int]]


def company_of(meeting: Meeting) -> Company:
    """The deelnemers of now, but for who said not to come."""
    away = meeting.attendance.filter(status=Attendance.Status.ABSENT).values("membership")
    coming = Membership.objects.current().participants().filter(group=meeting.group_id).exclude(pk__in=away)
    members = list(coming.select_related("school"))
    return Company(len(members), mix_of(members).disciplines)


@dataclass(frozen=True)
class LastTime:
    """ "Van de vorige keer": what the group would do differently, what it said at the end of its last meeting, and what
    it would film for this one.
    """

    points: list[ImprovementPoint]
    evaluation: Evaluation | None
    film_task: str


def last_time(meeting: Meeting) -> LastTime:
    """What earlier meetings leave to this one; what was carried out here stays. Two queries.

    While an earlier meeting is still to come it is that one's.
    """
    rows = Meeting.objects.filter(group=meeting.group_id, position__lt=meeting.position).select_related("evaluation")
    earlier = {other.pk: other for other in rows.order_by()}
    is_for_another = any(other.is_to_come for other in earlier.values())
    still_open = Q() if is_for_another else Q(done_in=None)
    points = ImprovementPoint.objects.filter(Q(done_in=meeting) | still_open, meeting__in=earlier)
    talked = [other for other in earlier.values() if hasattr(other, "evaluation") and other.evaluation.said]
    last = max(talked, key=lambda other: other.position, default=None)
    held = [other for other in earlier.values() if other.state != Meeting.State.CANCELLED]
    before = max(held, key=lambda other: other.position, default=None)
    return LastTime(
        points=sorted(points, key=lambda point: (earlier[point.meeting_id].position, point.created)),
        evaluation=last.evaluation if last and not is_for_another and not meeting.is_over else None,
        film_task=before.film_task if before and not meeting.is_over else "",
    )


def agreements_for(meeting: Meeting) -> list[Agreement]:
    """The afspraken made here, and those of earlier meetings that are still open."""
    return _agreements_up_to(meeting.pk, meeting.position, meeting.group_id)


@written_once
def _agreements_up_to(meeting: UUID, position: int, group: UUID) -> QuerySet[Agreement]:
    earlier = Q(meeting__position__lt=position, done_at=None, dropped_at=None)
    agreements = Agreement.objects.filter(Q(meeting=meeting) | earlier, meeting__group=group)
    named = agreements.select_related("owner__user")
    return named.only("text", "due", "done_at", "dropped_at", *name_columns("owner__user"))


@dataclass(frozen=True)
class Ready:
    """How a member stands with one thing: in, "deze keer niet", or not yet."""

    member: Membership
    is_in: bool
    is_passed: bool

    @property
    def is_done(self) -> bool:
        return self.is_in or self.is_passed


@dataclass(frozen=True)
class ReadinessRow:
    """Who is ready with one thing: the same people in the same order."""

    label: str
    deadline: datetime | None
    people: list[Ready]

    @property
    def missing(self) -> list[str]:
        return [one.member.user.first_name for one in self.people if not one.is_done]

    @property
    def passed(self) -> list[str]:
        return [one.member.user.first_name for one in self.people if one.is_passed]


def came_after(deadline: datetime | None, member: Membership) -> bool:
    """A deadline that passed before someone joined was never theirs."""
    return deadline is not None and member.joined > deadline


def participants_asked(meeting: Meeting, deadline: datetime | None) -> QuerySet[Membership]:
    """The deelnemers of whom something is asked by then: those who can come, and had joined."""
    absent = Attendance.objects.absent_from(meeting).values("membership")
    asked = Membership.objects.current().participants().filter(group=meeting.group_id).exclude(pk__in=absent)
    return asked if deadline is None else asked.filter(joined__lte=deadline)


def readiness_of(meeting: Meeting, members: Iterable[Membership]) -> list[ReadinessRow]:
    """For the coach only, and never on a shared screen. Of who cannot come, or came later, nothing is asked.

    `members` as `members_of` gives them.
    """
    participants = [member for member in members if not member.is_coach]
    absent = {member.pk for member in participants if getattr(member, "is_absent", False)}
    rows: list[Readiness] = meeting_readiness.collect(meeting)
    return [
        ReadinessRow(
            row.label,
            row.deadline,
            [Ready(one, one.pk in row.done, one.pk in passed - row.done) for one in participants],
        )
        for row in rows
        for passed in [row.passed | absent | {one.pk for one in participants if came_after(row.deadline, one)}]
    ]


@dataclass(frozen=True)
class Present:
    """A member and whether they are there; `status` is "" as long as nobody said."""

    member: Membership
    status: str

    @property
    def is_there(self) -> bool:
        return self.status in (Attendance.Status.PRESENT, Attendance.Status.ONLINE)

    @property
    def key(self) -> str:
        """As a form sends it."""
        return str(self.member.pk)

    @property
    def word(self) -> str:
        """ "online"; "" as long as nobody said."""
        return str(Attendance.Status(self.status).label) if self.status else ""


def attendance_of(meeting: Meeting) -> list[Present]:
    """Everyone in the group, in one query."""
    members = _with_status(meeting.pk, meeting.group_id)
    return [Present(one, getattr(one, "status", "") or "") for one in members]


@written_once
def _with_status(meeting: UUID, group: UUID) -> QuerySet[Membership]:
    said = latest_beside(Attendance, "status", by="id", meeting=meeting, membership=F("pk"))
    members = Membership.objects.current().filter(group=group).select_related("user")
    members = members.order_by("joined", "pk").only("group", "role", "user__photo", *name_columns("user"))
    return members.annotate(status=said)


@dataclass(frozen=True)
class Day:
    """That a deelnemer leads a meeting on its day; `leader` where the page knows its people."""

    is_mine: bool
    leader: Membership | None


def day_of(meeting: Meeting, own: Membership | None, members: Iterable[Membership]) -> Day | None:
    """For who leads the day and for the coach; None for others, without a day that was handed over, and after it."""
    if own is None or meeting.day_leader_id is None or not meeting.can_be_handed_over:
        return None
    is_mine = own.pk == meeting.day_leader_id
    leader = next((member for member in members if member.pk == meeting.day_leader_id), None)
    return Day(is_mine, leader) if is_mine or own.is_coach else None


def with_members(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each with what `people_in` asks: how many deelnemers and coaches its group are now."""
    now: dict[str, Any] = {"group": F("group"), "left": None}
    return meetings.annotate(
        participant_count=count_beside(Membership, role=Membership.Role.PARTICIPANT, **now),
        coach_count=count_beside(Membership, role=Membership.Role.COACH, **now),
    )


def people_in(meeting: Meeting) -> str:
    """ "7 deelnemers en de coach". `meeting` comes from `with_members`."""
    participants, coaches = (vars(meeting)[f"{who}_count"] for who in ("participant", "coach"))
    deelnemers = ngettext("%(count)d deelnemer", "%(count)d deelnemers", participants) % {"count": participants}
    if not coaches:
        return deelnemers
    others = ngettext("de coach", "%(count)d coaches", coaches) % {"count": coaches}
    return _("%(deelnemers)s en %(coaches)s") % {"deelnemers": deelnemers, "coaches": others}


def members_of(meeting: Meeting) -> list[Membership]:
    """Each with `is_absent`: whether they cannot come."""
    return _with_absence(meeting.pk, meeting.group_id)


@written_once
def _with_absence(meeting: UUID, group: UUID) -> QuerySet[Membership]:
    absent = exists_beside(Attendance, membership=F("pk"), meeting=meeting, status=Attendance.Status.ABSENT)
    members = Membership.objects.current().filter(group=group).with_people()
    return members.annotate(is_absent=absent)
