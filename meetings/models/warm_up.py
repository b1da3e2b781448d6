"""A minute for oneself before the talk: two lines on the own phone, which the group then reads together."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, Membership
from netwerkleren.base.conflicts import version_of

from .meeting import Meeting


class WarmUp(models.Model):
    """What one member wrote. Words and no ratings; read by the member, and by who leads the room without a name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="warm_ups")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    went_well = models.CharField(_("wat ging goed?"), max_length=LINE, blank=True)
    otherwise = models.CharField(_("wat doen we anders?"), max_length=LINE, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="meetings_warmup_once_per_meeting")]

    def __str__(self) -> str:
        return f"warm-up {self.pk}"

    @property
    def version(self) -> str:
        """What its writer starts from, perhaps on two devices."""
        return version_of(self.went_well, self.otherwise)
