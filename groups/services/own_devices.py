"""Phones that may add for their owner."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.tokens import hash_of, new_token

from ..models import Membership, OwnDevice, User, own_device_end, user_of

USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_own_device(*, actor: Actor, user_agent: str, instead_of: OwnDevice | None = None) -> tuple[OwnDevice, str]:
    """The device on which the actor is signed in adds for them from now on. Answers it, and the token for its cookie.

    `instead_of` is what this browser held: one browser is one device. Raises ValidationError for who is in no group
    that still runs: there would be nothing to add.
    """
    user = lock(user_of(actor))
    if not Membership.objects.current().filter(user=user, group__closed_at=None).exists():
        raise ValidationError(_("Je zit nog niet in een groep. Daarna kan dit wel."))
    if instead_of is not None:
        _end(OwnDevice.objects.filter(pk=instead_of.pk), user)
    token = new_token()
    device = OwnDevice.objects.create(
        user=user,
        token_hash=hash_of(token),
        password_mark=user.get_session_auth_hash(),
        user_agent=user_agent[:200],
        ends_at=own_device_end(),
    )
    audit.record(user, "own_device.made", user)
    return device, token


@transaction.atomic
def end_own_device(*, actor: Actor, device: UUID) -> bool:
    """One of the actor's own; it adds nothing any more from its next request. False when there was none to end."""
    return _end(OwnDevice.objects.filter(pk=device, user=actor.pk), actor) > 0


@transaction.atomic
def end_own_devices(*, actor: Actor, user: User, but: OwnDevice | None = None) -> None:
    """All of a person, as when they leave a group, or log out everywhere else than here."""
    devices = OwnDevice.objects.filter(user=user)
    _end(devices.exclude(pk=but.pk) if but else devices, actor)


@transaction.atomic
def end_held(*, actor: Actor, device: OwnDevice) -> None:
    """What a browser held in which its owner signs out, or another signs in: it is not its owner's alone."""
    _end(OwnDevice.objects.filter(pk=device.pk), actor)


def note_use(*, device: OwnDevice) -> None:
    """That something was sent from it, for its owner to see."""
    now = timezone.now()
    OwnDevice.objects.filter(pk=device.pk, last_used__lt=now - USE_NOTED_EVERY).update(last_used=now)


def _end(devices: models.QuerySet[OwnDevice], by: Actor) -> int:
    ended = list(devices.select_related("user"))
    for device in ended:
        audit.record(by, "own_device.ended", device.user)
    OwnDevice.objects.filter(pk__in=[device.pk for device in ended]).delete()
    return len(ended)
