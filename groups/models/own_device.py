"""A phone of which someone said that it is their own."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from .user import User

OWN_DEVICE_DAYS = 60


class OwnDeviceQuerySet(models.QuerySet["OwnDevice"]):
    def live(self) -> "OwnDeviceQuerySet":
        return self.filter(ends_at__gt=timezone.now(), user__is_active=True)

    def of(self, user: User) -> "list[OwnDevice]":
        """Those that may add for this account now, the last one made first."""
        return [device for device in self.live().filter(user=user) if device.knows(user)]


class OwnDevice(models.Model):
    """It may add under its owner's name for sixty days, also when nobody is signed in (docs/security.md L3).

    Of its token only the hash is kept. It ends with the password that its owner had when it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="own_devices")
    token_hash = models.CharField(max_length=64, unique=True)
    password_mark = models.CharField(max_length=128)
    user_agent = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    last_used = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(db_index=True)

    objects = OwnDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen telefoon")
        verbose_name_plural = _("eigen telefoons")
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"own device {self.pk}"

    def knows(self, user: User) -> bool:
        """Whether the password is still the one of when it was made, as a session asks too."""
        return constant_time_compare(self.password_mark, user.get_session_auth_hash())


def own_device_end() -> datetime:
    return timezone.now() + timedelta(days=OWN_DEVICE_DAYS)
