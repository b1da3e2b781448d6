"""What an expert leaves for the group: a link, or a file that everyone may take along."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, LINK, Membership
from netwerkleren.base.access import Actor

from ..actors import ExpertGuest
from .expert import ExpertInvitation
from .meeting import Meeting
from .talk import MeetingOwnedQuerySet

HANDOUTS = "handouts"
"""The folder of the files; one a meeting below it, and in that names that say nothing."""


def place_of(handout: "Handout", name: str) -> str:
    return f"{HANDOUTS}/{handout.meeting_id}/{name}"


class HandoutQuerySet(MeetingOwnedQuerySet["Handout"]):
    def visible_to(self, actor: Actor) -> "HandoutQuerySet":
        """Members see those of their meetings, a guest the own ones."""
        if isinstance(actor, ExpertGuest):
            return self.filter(invitation=actor.invitation_id)
        return self.filter(pk__in=super().visible_to(actor))

    def of(self, meeting: Meeting) -> "HandoutQuerySet":
        """As they came in, each with who it is from."""
        return self.filter(meeting=meeting).select_related("invitation__expert", "put_by__user").order_by("created")


class Handout(models.Model):
    """A link or a file. From the expert of `invitation`, or from the coach alone; `put_by` is the coach who put it
    there, also for the expert.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("link")
        PDF = "pdf", _("pdf")
        PNG = "png", _("afbeelding")
        JPEG = "jpeg", _("foto")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="handouts")
    invitation = models.ForeignKey(
        ExpertInvitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="handouts"
    )
    put_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("hoe heet het?"), max_length=LINE)
    kind = models.CharField(max_length=4, choices=Kind)
    link = models.URLField(_("link"), max_length=LINK, blank=True)
    file = models.FileField(_("bestand"), upload_to=place_of, blank=True, max_length=200)
    size = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-out")
        verbose_name_plural = _("hand-outs")
        ordering = ["created"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="link", file="") & ~Q(link="")) | (~Q(kind="link") & Q(link="") & ~Q(file="")),
                name="meetings_handout_link_or_file",
                violation_error_message=_("Geef een link of een bestand."),
            )
        ]

    def __str__(self) -> str:
        return f"handout {self.pk}"

    @property
    def is_link(self) -> bool:
        return self.kind == self.Kind.LINK

    @property
    def expert_name(self) -> str:
        """Whose it is; empty where the coach put it there for no one else."""
        return self.invitation.expert.name if self.invitation else ""

    @property
    def coach_id(self) -> UUID | None:
        """The account of the coach who put it there."""
        return self.put_by.user_id if self.put_by else None
