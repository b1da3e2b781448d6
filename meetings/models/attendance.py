"""Who is at a meeting, and who cannot come."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, User, memberships_of
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.request import once_a_request

from .meeting import Meeting


@dataclass(frozen=True)
class Recorded:
    """Who was said to be there at one moment, by membership."""

    statuses: Mapping[UUID, str]

    @property
    def version(self) -> str:
        return version_of(*(f"{pk} {status}" for pk, status in sorted(self.statuses.items())))


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def of(self, meeting: Meeting) -> Recorded:
        return Recorded(dict(self.filter(meeting=meeting).values_list("membership", "status")))

    def absent(self) -> "AttendanceQuerySet":
        """Of who cannot come: nothing is asked of them for that meeting."""
        return self.filter(status=Attendance.Status.ABSENT)

    def absent_from(self, meeting: Meeting) -> "AttendanceQuerySet":
        return self.absent().filter(meeting=meeting)


@once_a_request
def meetings_without(user: User) -> frozenset[UUID]:
    """The ids of meetings that this user cannot come to."""
    mine = Attendance.objects.absent().filter(membership__in=memberships_of(user))
    return frozenset(mine.values_list("meeting", flat=True))


class Attendance(models.Model):
    class Status(models.TextChoices):
        PRESENT = "present", _("aanwezig")
        ONLINE = "online", _("online")
        ABSENT = "absent", _("afgemeld")
        LATE = "late", _("later")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendance")
    status = models.CharField(max_length=8, choices=Status)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="meetings_attendance_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
