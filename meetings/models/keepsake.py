"""Geef door, at the afsluiting: what one member took along from exactly one other, on a card that those two read."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership, memberships_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

from .meeting import Meeting


class KeepsakeQuerySet(models.QuerySet["Keepsake"]):
    def visible_to(self, actor: Actor) -> "KeepsakeQuerySet":
        """Its writer, and once it is given its receiver; no coach, unless it is theirs."""
        if not is_user(actor):
            return self.none()
        mine = [own.pk for own in memberships_of(actor)]
        return self.filter(Q(giver__in=mine) | Q(receiver__in=mine, given_at__isnull=False))


class Keepsake(models.Model):
    """A card "Dit nam ik van jou mee". They are dealt in one ring, so everyone writes one and gets one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="keepsakes")
    giver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("dit nam ik van jou mee"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    given_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = KeepsakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kaartje")
        verbose_name_plural = _("kaartjes")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "giver"], name="meetings_keepsake_one_to_give"),
            models.UniqueConstraint(fields=["meeting", "receiver"], name="meetings_keepsake_one_to_get"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="meetings_keepsake_not_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"keepsake {self.pk}"

    @property
    def version(self) -> str:
        """What its writer starts from, perhaps on two devices."""
        return version_of(self.text)
