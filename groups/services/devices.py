"""The devices on which someone is logged in."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from netwerkleren.base.access import Actor
from netwerkleren.base.sessions import SessionStore

from . import own_devices

OWN_DEVICE = "own_device"
"""In a session: the key of the own phone on which it is."""


@transaction.atomic
def end_device(*, actor: Actor, device: UserSession) -> None:
    """It is out at its next request, and adds nothing any more. One of another is left alone."""
    if device.user_id == actor.pk:
        if own := SessionStore(device.session_key).get(OWN_DEVICE):
            own_devices.end_own_device(actor=actor, device=UUID(own))
        Session.objects.filter(session_key=device.session_key).delete()
        device.delete()
