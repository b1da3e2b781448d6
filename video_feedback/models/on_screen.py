"""What is on the Scherm for a moment, in the place of what its onderdeel shows; and which fragments may be."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models import AgendaItem, Meeting


class ScreenPermit(models.Model):
    """Of one fragment in one meeting: who leads asked for it, or its owner said beforehand that it may be shown.

    It is gone with the meeting's end, and with the sharing of the fragment.
    """

    clip = models.ForeignKey("Clip", on_delete=models.CASCADE, related_name="screen_permits")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="screen_permits")
    asked_at = models.DateTimeField(null=True)
    allowed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "meeting"], name="video_feedback_screenpermit_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"permit {self.pk}"


class OnScreenQuerySet(models.QuerySet["OnScreen"]):
    def live(self) -> "OnScreenQuerySet":
        """Of a meeting that is on, as long as it is at the same onderdeel."""
        return self.filter(
            meeting__state=Meeting.State.RUNNING,
            meeting__group__closed_at=None,
            item=F("meeting__current_item"),
        )

    def with_people(self) -> "OnScreenQuerySet":
        return self.select_related("clip__owner__user", "talentmoment__author__user")


class OnScreen(models.Model):
    """What is shown now: a fragment or a talentmoment. Another takes its place; at most one of a meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="on_screen")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="+", help_text="on when it was shown")
    clip = models.ForeignKey("Clip", on_delete=models.CASCADE, null=True, related_name="on_screens")
    talentmoment = models.ForeignKey("Talentmoment", on_delete=models.CASCADE, null=True, related_name="on_screens")
    is_playing = models.BooleanField(default=False)
    shown_at = models.DateTimeField(default=timezone.now)

    objects = OnScreenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(clip=None, talentmoment__isnull=False) | Q(clip__isnull=False, talentmoment=None),
                name="video_feedback_onscreen_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"on screen {self.pk}"


def clips_on_screen_of(meeting: UUID) -> models.QuerySet[OnScreen, UUID | None]:
    """For in a query: the fragment that is shown in this meeting now, if one is."""
    shown = OnScreen.objects.live().filter(meeting=meeting, clip__isnull=False)
    return shown.order_by().values_list("clip", flat=True)
