"""How long footage is kept: until 30 days after the end of the traject (security.md P3)."""

from datetime import date, timedelta

from django.utils import timezone

from groups.models import NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.access import NOBODY

from .models import Clip
from .services.clips import erase_clip

KEEP_DAYS = 30


def kept_until(group: NetworkGroup) -> date | None:
    """The last day that a fragment of this group is kept; None while the date of the afsluiting is not known."""
    closing = Meeting.objects.filter(group=group, kind=Meeting.Kind.CLOSING).values_list("starts_at", flat=True).first()
    end = group.closed_at or closing
    return timezone.localdate(end) + timedelta(days=KEEP_DAYS) if end else None


def erase_what_is_past_its_date() -> None:
    """Erases the fragments of groups whose last day is over."""
    for group in NetworkGroup.objects.filter(memberships__clips__in=Clip.objects.not_erased()).distinct():
        last_day = kept_until(group)
        if last_day is not None and last_day < timezone.localdate():
            for clip in Clip.objects.not_erased().filter(owner__group=group).select_related("owner"):
                erase_clip(actor=NOBODY, clip=clip)
