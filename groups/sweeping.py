"""What ended of accounts: where someone was signed in, own phones, and links that were not used."""

from allauth.usersessions.models import UserSession
from django.utils import timezone

from netwerkleren.base.sessions import ABSOLUTE
from netwerkleren.base.sweeping import erase_some

from .models import FactorReset, Invitation, OwnDevice


def erase_what_ended() -> None:
    """One query while there is nothing to erase. No session lasts longer than half a day, so its network address is
    kept no longer either."""
    now = timezone.now()
    erase_some(
        UserSession.objects.filter(created_at__lte=now - ABSOLUTE),
        OwnDevice.objects.filter(ends_at__lte=now),
        FactorReset.objects.filter(expires_at__lte=now),
        Invitation.objects.kept_no_longer(),
    )
