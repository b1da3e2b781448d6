"""When a reminder goes, and to whom: once a deadline, to who has not handed in and not said "deze keer niet".

Two days before the deadline, on the last school day that is in no free week; where that has gone by, as soon as it may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from groups.models import Membership
from netwerkleren.base.hours import SCHOOL_DAYS, may_remind
from netwerkleren.base.models import OutgoingMail

from .models import FreeWeek, Meeting, Reminder
from .pages import participants_asked
from .points import Readiness, meeting_readiness

REMINDER = "meetings.reminder"
"""The kind of its mail."""
DAYS_AHEAD = 2
FIRST_HOUR = time(8)
REMINDED = ("leervraag_deadline", "clip_deadline")
LONGEST_FREE = 70
"""Days: no holiday is longer, and no reminder goes earlier than that."""

Span = tuple[date, date]


def reminder_at(deadline: datetime, free: Iterable[Span]) -> datetime:
    spans = list(free)
    day = timezone.localtime(deadline).date() - timedelta(days=DAYS_AHEAD)
    for _day in range(LONGEST_FREE):
        if day.weekday() in SCHOOL_DAYS and not is_free(day, spans):
            break
        day -= timedelta(days=1)
    return datetime.combine(day, FIRST_HOUR, tzinfo=timezone.get_current_timezone())


def is_free(day: date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def spans_of(groups: Iterable[UUID]) -> dict[UUID, list[Span]]:
    """The free weeks of these groups, in one query."""
    rows = FreeWeek.objects.filter(group__in=groups).order_by("group").values_list("group", "first_day", "last_day")
    return {group: [(first, last) for _group, first, last in each] for group, each in groupby(rows, lambda row: row[0])}


@dataclass(frozen=True)
class Foreseen:
    """What the coach sees beforehand of one deadline: when a reminder goes and to how many, or when it went.

    `at` is None when no hour at which it may go is left before the deadline. `was_needed`: that one went to somebody.
    """

    label: str
    field: str
    deadline: datetime
    at: datetime | None
    sent: datetime | None
    was_needed: bool
    count: int


def foreseen(meeting: Meeting) -> list[Foreseen]:
    """Of the deadlines that are still to come. It counts, and names nobody."""
    now = timezone.now()
    spans = spans_of([meeting.group_id]).get(meeting.group_id, [])
    sent = Reminder.fields_of(meeting)
    members = waiting_for(meeting)
    return [
        Foreseen(
            row.label,
            row.field,
            row.deadline,
            goes_at(row.deadline, spans, now),
            sent.get(row.field),
            row.field in sent and _went_to_somebody(meeting, row.field),
            len(left),
        )
        for row, left in members
        if row.deadline and row.deadline > now
    ]


def goes_at(deadline: datetime, spans: list[Span], now: datetime) -> datetime | None:
    """When one that did not go yet will: at its day, or as soon as it may once that has gone by."""
    at = reminder_at(deadline, spans)
    while at <= now < deadline:
        if may_remind(now) and not is_free(timezone.localdate(now), spans):
            return now
        next_day = timezone.localdate(now) + timedelta(days=1)
        before_school = timezone.localtime(now).time() < FIRST_HOUR
        day = timezone.localdate(now) if before_school else next_day
        now = datetime.combine(day, FIRST_HOUR, tzinfo=timezone.get_current_timezone())
    return at if at > now else None


def key_of(meeting: Meeting, field: str) -> str:
    """With which the keys of the mails of one reminder begin."""
    return f"{REMINDER}:{meeting.pk}:{field}:"


def _went_to_somebody(meeting: Meeting, field: str) -> bool:
    """A reminder of which the hour came when everybody was ready, went to nobody."""
    return OutgoingMail.objects.filter(kind=REMINDER, unique_key__startswith=key_of(meeting, field)).exists()


def waiting_for(meeting: Meeting) -> list[tuple[Readiness, list[Membership]]]:
    """Each thing that is handed in for it, with the deelnemers who did neither that nor say "deze keer niet".

    Of who cannot come nothing is asked.
    """
    rows: list[Readiness] = [row for row in meeting_readiness.collect(meeting) if row.field in REMINDED]
    members = list(participants_asked(meeting, None).select_related("user")) if rows else []
    return [(row, [one for one in members if one.pk not in row.done | row.passed]) for row in rows]


def due(now: datetime) -> list[tuple[UUID, str]]:
    """Meeting and deadline of every reminder whose time has come, in two queries."""
    soon = now + timedelta(days=DAYS_AHEAD + 3)  # over a weekend
    long_free = Exists(FreeWeek.objects.filter(group=OuterRef("group"), last_day__gte=timezone.localtime(now).date()))
    asked = Meeting.objects.filter(
        state=Meeting.State.PLANNED, group__published_at__isnull=False, group__closed_at__isnull=True
    )
    wanted = {}
    for field in REMINDED:
        near = Q(**{f"{field}__lte": soon})
        far = Q(**{f"{field}__lte": now + timedelta(days=LONGEST_FREE)}) & long_free
        told = Exists(Reminder.objects.filter(meeting=OuterRef("pk"), field=field))
        wanted[field] = Q(~told, near | far, **{f"{field}__gt": now})
    # Each deadline of which a reminder may go, and None for the others: all meetings are gone through once.
    deadlines = [Case(When(one, then=F(field))) for field, one in wanted.items()]
    rows = asked.filter(reduce(or_, wanted.values())).order_by().values_list("pk", "group", *deadlines)
    found: list[tuple[UUID, UUID, str, datetime]] = [
        (pk, group, field, at) for pk, group, *each in rows for field, at in zip(REMINDED, each, strict=True) if at
    ]
    spans = spans_of({group for _pk, group, _field, _at in found}) if found else {}
    today = timezone.localtime(now).date()
    return [
        (pk, field)
        for pk, group, field, deadline in found
        if not is_free(today, spans.get(group, [])) and reminder_at(deadline, spans.get(group, [])) <= now
    ]
