"""The meetings that a member was at: what a certificate counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Attendance, Meeting

THERE = (Attendance.Status.PRESENT, Attendance.Status.ONLINE, Attendance.Status.LATE)


@dataclass(frozen=True)
class Attended:
    """A meeting that someone was at, as it was planned."""

    meeting: Meeting
    minutes: int

    @property
    def length(self) -> str:
        return in_hours(self.minutes)


def in_hours(minutes: int) -> str:
    """ "2 uur en 20 minuten": a certificate is exact."""
    hours, rest = divmod(minutes, 60)
    said = [_("%(hours)d uur") % {"hours": hours}] if hours else []
    said += [_("%(minutes)d minuten") % {"minutes": rest}] if rest or not said else []
    return _(" en ").join(said)


def meetings_attended(member: Membership) -> list[Attended]:
    """What was held, and where it was recorded that this member was there."""
    there = Attendance.objects.filter(membership=member, status__in=THERE).values("meeting")
    held = Meeting.objects.of_group(member.group).filter(state=Meeting.State.ENDED, pk__in=there).with_facts()
    return [Attended(meeting, meeting.minutes_available or meeting.total_minutes or 0) for meeting in held]
