"""The mails by which an expert got the leervragen."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import ExpertInvitation


class MailingQuerySet(models.QuerySet["Mailing"]):
    def of_meeting(self) -> "MailingQuerySet":
        """Those with the questions of the expert's own meeting."""
        return self.exclude(kind=Mailing.Kind.PARKED)


class Mailing(models.Model):
    """One mail with leervragen to one expert: the first, once; then additions with only what is new. Beside those a
    question of another meeting, from the Parkeerplaats, that the coach sends by itself.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("de leervragen")
        ADDITION = "addition", _("een aanvulling")
        PARKED = "parked", _("een vraag van de Parkeerplaats")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invitation = models.ForeignKey(ExpertInvitation, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=8, choices=Kind)
    leervragen = models.ManyToManyField("leervragen.Leervraag", related_name="mailings")
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(kind="first"), name="leervragen_mailing_first_once"
            )
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"
