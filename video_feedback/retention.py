"""How long footage is kept: until 30 days after the traject, told 14 and 3 days before (docs/security.md P3).

The end is what was recorded or planned, and a date is easily mistyped. So a day that is over erases nothing by itself:
a fragment goes when its owner was told that very day, and had three days to say that it is wrong.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.access import NOBODY
from netwerkleren.base.hours import is_decent
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
    def days_after_end(self) -> int:
        return KEEP.days


def keeping_of(group: NetworkGroup) -> Keeping:
    """By when the afsluiting ended, else by when it is planned. One that is cancelled is no end. One query."""
    rows = Meeting.objects.filter(group=group).not_cancelled().values_list("kind", "starts_at", "ended_at")
    meetings = list(rows)
    ends = [ended_at or starts_at for kind, starts_at, ended_at in meetings if kind == Meeting.Kind.CLOSING]
    end = group.closed_at or next(filter(None, ends), None)
    if end is not None:
        return Keeping(timezone.localdate(end) + KEEP, has_end=True)
    latest = max([group.created, *(starts_at for _kind, starts_at, _ended_at in meetings if starts_at)])
    return Keeping(timezone.localdate(latest) + KEEP_WITHOUT_END, has_end=False)


def tell_and_erase() -> None:
    """Once a minute: tells owners on which day their fragments go, and erases what was told and is over."""
    for group in NetworkGroup.objects.filter(memberships__clips__in=Clip.objects.not_erased()).distinct():
        last_day = keeping_of(group).last_day
        moved = ErasureNotice.objects.filter(clip__owner__group=group).exclude(last_day=last_day)
        if moved.exists():
            moved.delete()
        _tell(group, last_day)
        if last_day < timezone.localdate():
            _erase(group, last_day)


def _tell(group: NetworkGroup, last_day: date) -> None:
    """One mail to each owner, at a decent hour. Who is told too late for the first notice gets the last one only."""
    days_left = (last_day - timezone.localdate()).days
    if days_left > FIRST_NOTICE or not is_decent(timezone.now()):
        return
    days = LAST_NOTICE if days_left <= LAST_NOTICE else FIRST_NOTICE
    untold = Clip.objects.not_erased().filter(owner__group=group).exclude(notices__days=days)
    for owner in untold.order_by("owner_id").values_list("owner", flat=True).distinct():
        _tell_owner(owner, last_day, days)


@transaction.atomic
def _tell_owner(pk: UUID, last_day: date, days: int) -> None:
    # Locked, so that the sweepers of two machines do not tell twice.
    owner = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    clips = list(Clip.objects.not_erased().filter(owner=owner).exclude(notices__days=days))
    if not clips:
        return
    mail = queue_mail("video_feedback.erasure", to=owner.user.email, about=owner.pk, group_id=owner.group_id)
    ErasureNotice.objects.bulk_create(
        ErasureNotice(clip=clip, days=days, last_day=last_day, mail=mail) for clip in clips
    )


def _erase(group: NetworkGroup, last_day: date) -> None:
    """What its owner was told of in time. An address that no mail reaches does not keep pupils' footage for ever."""
    now = timezone.now()
    in_time = Q(mail__sent_at__lte=now - timedelta(days=LAST_NOTICE)) | Q(mail__created__lte=now - KEEP)
    told = ErasureNotice.objects.filter(in_time, clip__owner__group=group, days=LAST_NOTICE, last_day=last_day)
    for clip in Clip.objects.not_erased().filter(pk__in=told.values("clip")).select_related("owner"):
        clips.erase_clip(actor=NOBODY, clip=clip)
