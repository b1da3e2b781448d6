"""The mail of the day before a meeting, with a link to its Printpakket, for a coach who wants one."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.hours import SCHOOL_DAYS, may_remind
from netwerkleren.base.mail import queue_mail

from ..models import PackMail


def days_told_on(today: date) -> tuple[date, date]:
    """The first and last day of the meetings that are told of today: on a Friday, those up to and including Monday."""
    first = last = today + timedelta(days=1)
    while last.weekday() not in SCHOOL_DAYS:
        last += timedelta(days=1)
    return first, last


def mail_packs() -> None:
    """Once for each date of a meeting. One query while there is nothing to tell; none outside the hours for it."""
    now = timezone.now()
    if not may_remind(now):
        return
    first, last = days_told_on(timezone.localdate(now))
    wished = PackMail.objects.filter(
        Q(told_for=None) | Q(told_for__lt=first),
        member__left=None,
        member__role=Membership.Role.COACH,
        member__group__closed_at=None,
        member__group__published_at__isnull=False,
        member__group__meetings__state=Meeting.State.PLANNED,
        member__group__meetings__starts_at__gte=_midnight(first),
        member__group__meetings__starts_at__lt=_midnight(last + timedelta(days=1)),
    )
    wishes = wished.annotate(meeting=F("member__group__meetings__pk")).values_list(
        "pk", "meeting", "member", "member__group", "member__user__email"
    )
    if found := list(wishes):
        _mail(found, last)


@transaction.atomic
def _mail(wishes: list[tuple[int, UUID, UUID, UUID, str]], last: date) -> None:
    """All or none: a coach may have two meetings on the days that are told of, and is asked for once."""
    for pk, meeting, member, group, email in wishes:
        key = f"reports.pack_tomorrow:{meeting}:{member}:{last}"
        PackMail.objects.filter(pk=pk).update(told_for=last)
        queue_mail("reports.pack_tomorrow", to=email, about=member, group_id=group, unique_key=key, meeting=meeting)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
