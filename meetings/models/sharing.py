"""Deel met je team: what a member takes along to the own school, and how they shared it (playbook 2.4.2)."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, memberships_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

from .meeting import Meeting

PAGE = 2400
"""The most characters of what fits on one A4."""
SENTENCES = 600
"""The most characters of three sentences."""


class OwnSharingQuerySet(models.QuerySet["TeamSharing"]):
    def visible_to(self, actor: Actor) -> "OwnSharingQuerySet":
        """One's own: what happens in a team is no business of the group."""
        return self.filter(member__in=memberships_of(actor)) if is_user(actor) else self.none()


class TeamSharing(models.Model):
    """That a member shared something of a meeting with the own team, in whatever form."""

    class Form(models.TextChoices):
        TALK = "talk", _("een gesprek")
        MEETING = "meeting", _("een vergadering")
        MAIL = "mail", _("een mail of bericht")
        PAPER = "paper", _("een papier of poster")
        LESSON = "lesson", _("samen in de klas")
        OTHER = "other", _("iets anders")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="team_sharings")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="team_sharings")
    form = models.CharField(_("hoe deelde je het?"), max_length=8, choices=Form)
    words = models.CharField(_("wat deelde je?"), max_length=500, blank=True)
    shared_on = models.DateField(_("wanneer?"))
    created = models.DateTimeField(auto_now_add=True)

    objects = OwnSharingQuerySet.as_manager()

    class Meta:
        ordering = ["shared_on", "created"]

    def __str__(self) -> str:
        return f"team sharing {self.pk}"


class TeamText(models.Model):
    """What a member wrote for the own team about a meeting: one A4, and three sentences to paste."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="team_texts")
    page = models.TextField(_("op één A4"), blank=True, validators=[MaxLengthValidator(PAGE)])
    sentences = models.TextField(_("in drie zinnen"), blank=True, validators=[MaxLengthValidator(SENTENCES)])
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="meetings_teamtext_one_a_member")]

    def __str__(self) -> str:
        return f"team text {self.pk}"

    @property
    def version(self) -> str:
        """What its writer starts from."""
        return version_of(self.page, self.sentences)
