"""The devices on which someone is logged in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from netwerkleren.base.access import Actor


@transaction.atomic
def end_device(*, actor: Actor, device: UserSession) -> None:
    """It is out at its next request. One of another is left alone."""
    if device.user_id == actor.pk:
        Session.objects.filter(session_key=device.session_key).delete()
        device.delete()
