"""An invitation to set up the second step anew, for who lost it."""

from uuid import uuid4

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .invitation import invitation_end
from .user import User


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def open(self) -> "FactorResetQuerySet":
        """For the address that the account has now: a link to an earlier one ends with it."""
        return self.filter(
            accepted_at=None, expires_at__gt=timezone.now(), email=F("user__email"), user__is_active=True
        )


class FactorReset(models.Model):
    """A beheerder sent it and its owner alone accepts it; one an account, so one link is alive (docs/security.md L1).

    The link in a mail is its token, of which only the hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor_reset")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=invitation_end, db_index=True)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging voor een tweede stap")
        verbose_name_plural = _("uitnodigingen voor een tweede stap")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"factor reset {self.pk}"
