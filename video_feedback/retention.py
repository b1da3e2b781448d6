"""How long footage is kept: until 30 days after the traject, told 14 and 3 days before (docs/security.md P3).

The end is what was recorded or planned, and a date is easily mistyped. So a day that is over erases nothing by itself:
a fragment goes when its owner was told that very day, and had three days to say that it is wrong.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.access import NOBODY
from netwerkleren.base.hours import is_decent
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from .models import Clip, ErasureNotice
from .services import clips

KEEP = timedelta(days=30)
KEEP_WITHOUT_END = timedelta(days=365)
"""After the latest date of a traject of which no end is known: footage is not kept for ever."""
FIRST_NOTICE, LAST_NOTICE = 14, 3
"""Days before the last day on which the owner is told."""


@dataclass(frozen=True)
class Keeping:
    """The last day that fragments of a group are kept. Without `has_end` the end is not known yet."""

    last_day: date
    has_end: bool

    @property
    def is_over(self) -> bool:
        """That day was: what is still there goes as soon as its owner was told in time."""
        return self.last_day < timezone.localdate()

    @property
    def days_after_end(self) -> int:
        return KEEP.days


def keeping_of(group: NetworkGroup) -> Keeping:
    """By when the afsluiting ended, else by when it is planned; and by when the group was closed, if that was earlier.

    An afsluiting that is cancelled is no end. One query.
    """
    rows = Meeting.objects.filter(group=group).not_cancelled().order_by().values_list("kind", "starts_at", "ended_at")
    meetings = list(rows)
    ends = [ended_at or starts_at for kind, starts_at, ended_at in meetings if kind == Meeting.Kind.CLOSING]
    return _keeping(
        ends=(group.closed_at, *ends),
        latest=max([group.created, *(starts_at for _kind, starts_at, _ended_at in meetings if starts_at)]),
    )


def keeping_if_closed(group: NetworkGroup) -> Keeping:
    """As it would be from now on for a group that is still open."""
    closed = copy(group)
    closed.closed_at = timezone.now()
    return keeping_of(closed)


def _keeping(*, ends: Iterable[datetime | None], latest: datetime) -> Keeping:
    """Whoever closes a group long after its afsluiting keeps nobody's footage longer by it."""
    if known := [end for end in ends if end is not None]:
        return Keeping(timezone.localdate(min(known)) + KEEP, has_end=True)
    return Keeping(timezone.localdate(latest) + KEEP_WITHOUT_END, has_end=False)


LastDays = dict[UUID, date]
"""By group, of every group that has footage."""


def last_days() -> LastDays:
    """What `keeping_of` says of each group that has footage. One query, however many groups there are."""
    meetings = Meeting.objects.filter(group=OuterRef("pk")).not_cancelled().order_by()
    closing = meetings.filter(kind=Meeting.Kind.CLOSING)  # a group has one at most
    with_footage = Clip.objects.not_erased().order_by().values("owner__group")
    dates = (
        NetworkGroup.objects.filter(pk__in=with_footage)
        .order_by()
        .values_list(
            "pk",
            "closed_at",
            Subquery(closing.values(end=Coalesce("ended_at", "starts_at"))),
            "created",
            Subquery(meetings.values("group").values(latest=Max("starts_at"))),
        )
    )
    return {
        pk: _keeping(ends=ends, latest=max(created, latest or created)).last_day for pk, *ends, created, latest in dates
    }


def tell_and_erase() -> None:
    """At each sweep: tells owners on which day their fragments go, and erases what was told and is over.

    A fixed number of queries, but for what is to be done: of ten thousand groups a few are near their end.
    """
    days = last_days()
    told = _told_still(days)
    _tell(days)
    # What is told just now is of a day that is still to come.
    if any(last_day < timezone.localdate() for last_day in told):
        _erase(days)


def _told_still(days: LastDays) -> set[date]:
    """The days that owners were told of. What was told of a day that is another day now counts for nothing."""
    told = list(ErasureNotice.objects.values_list("pk", "last_day", "clip__owner__group"))
    moved = [pk for pk, last_day, group in told if days.get(group, last_day) != last_day]
    if moved:
        ErasureNotice.objects.filter(pk__in=moved).delete()
    return {last_day for _pk, last_day, _group in told}


def _tell(days: LastDays) -> None:
    """One mail to each owner, at a decent hour. Who is told too late for the first notice gets the last one only."""
    if not is_decent(timezone.now()):
        return
    left = {group: (last_day - timezone.localdate()).days for group, last_day in days.items()}
    due = {
        LAST_NOTICE: [group for group, days_left in left.items() if days_left <= LAST_NOTICE],
        FIRST_NOTICE: [group for group, days_left in left.items() if LAST_NOTICE < days_left <= FIRST_NOTICE],
    }
    for notice, groups in due.items():
        untold = Clip.objects.not_erased().filter(owner__group__in=groups).exclude(notices__days=notice)
        for owner, group in untold.order_by("owner_id").values_list("owner", "owner__group").distinct():
            _tell_owner(owner, days[group], notice)


@transaction.atomic
def _tell_owner(pk: UUID, last_day: date, days: int) -> None:
    # Locked, so that the sweepers of two machines do not tell twice.
    owner = lock(Membership(pk=pk), "user")
    clips = list(Clip.objects.not_erased().filter(owner=owner).exclude(notices__days=days))
    if not clips:
        return
    mail = queue_mail("video_feedback.erasure", to=owner.user.email, about=owner.pk, group_id=owner.group_id)
    ErasureNotice.objects.bulk_create(
        ErasureNotice(clip=clip, days=days, last_day=last_day, mail=mail) for clip in clips
    )


def _erase(days: LastDays) -> None:
    """What its owner was told of in time. An address that no mail reaches does not keep pupils' footage for ever."""
    now = timezone.now()
    in_time = Q(mail__sent_at__lte=now - timedelta(days=LAST_NOTICE)) | Q(mail__created__lte=now - KEEP)
    told = ErasureNotice.objects.filter(in_time, days=LAST_NOTICE, last_day__lt=timezone.localdate())
    for notice in told.exclude(clip__state=Clip.State.ERASED).select_related("clip__owner__group"):
        group = notice.clip.group
        # Asked anew: many films take a while to erase, and a coach may put the date right meanwhile.
        if days.get(group.pk) == notice.last_day == keeping_of(group).last_day:
            clips.erase_clip(actor=NOBODY, clip=notice.clip)
