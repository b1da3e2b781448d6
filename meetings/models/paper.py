"""What came from paper after a meeting that was held without the portal."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership

from .meeting import Meeting
from .talk import MeetingOwnedQuerySet

BOARD_PHOTOS = "board-photos"
"""The folder of the photos; one a meeting below it, and in that names that say nothing."""


class FilledInQuerySet(MeetingOwnedQuerySet["FilledIn"]):
    def names_of(self, meeting: Meeting) -> str:
        """Who filled it in, as it is read: "Hanneke en Karin"; empty where nobody did, or it was not held yet."""
        if not meeting.is_over:
            return ""
        by = self.filter(meeting=meeting, by__isnull=False).order_by("created")
        names = list(by.values_list("by__user__name", flat=True))
        return str(_(" en ")).join(name.split()[0] for name in names)


class FilledIn(models.Model):
    """That a coach typed in what a group did on paper, in its name: wherever that is read, it says so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="filled_in")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(help_text="of the form that was sent last")
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    objects = FilledInQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "by"], name="meetings_filledin_once_a_coach")]

    def __str__(self) -> str:
        return f"filled in {self.pk}"


def place_of(photo: "BoardPhoto", name: str) -> str:
    return f"{BOARD_PHOTOS}/{photo.meeting_id}/{name}"


class BoardPhoto(models.Model):
    """A photo of the cardboard meetlat: one a meeting, without people on it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="board_photo")
    put_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.FileField(gettext_lazy("foto van de meetlat"), upload_to=place_of, max_length=200)
    created = models.DateTimeField(auto_now=True)

    objects = MeetingOwnedQuerySet["BoardPhoto"].as_manager()

    class Meta:
        verbose_name = gettext_lazy("foto van de meetlat")
        verbose_name_plural = gettext_lazy("foto's van de meetlat")

    def __str__(self) -> str:
        return f"board photo {self.pk}"
