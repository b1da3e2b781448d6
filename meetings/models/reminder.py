"""That who was not ready for a meeting was reminded, once for each deadline."""

from datetime import datetime

from django.db import models

from .meeting import Meeting


class Reminder(models.Model):
    """One deadline of which a reminder went, by itself or by hand; also when nobody was left to remind."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=20)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "field"], name="meetings_reminder_once_a_deadline")]

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    @staticmethod
    def fields_of(meeting: Meeting) -> dict[str, datetime]:
        """Which deadlines of this meeting were told of, and when."""
        return dict(Reminder.objects.filter(meeting=meeting).values_list("field", "created"))
