"""A phone that adds for its owner when nobody is signed in on it (docs/security.md L3).

The token stands in a cookie of its own; the row is asked on every request, so what ended is gone at the next one.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from netwerkleren.base.access import DeviceThatAdds
from netwerkleren.base.request import actor_of
from netwerkleren.base.tokens import hash_of

from .models import OwnDevice, User, memberships_of, user_of
from .second_factor import first_step
from .services import own_devices

OWN_DEVICE_COOKIE = "own_device"


@dataclass(frozen=True)
class OwnPhones:
    """Where someone may add without signing in: on the browser in hand, and elsewhere."""

    here: OwnDevice | None
    others: list[OwnDevice]
    may_be_made: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "OwnPhones":
        user = user_of(actor_of(request))
        held = device_of(request)
        live = OwnDevice.objects.of(user)
        here = next((device for device in live if held is not None and device.pk == held.pk), None)
        may = any(own.group.closed_at is None for own in memberships_of(user))
        return cls(here, [device for device in live if device != here], may)

    @property
    def all(self) -> list[OwnDevice]:
        return [*([self.here] if self.here else []), *self.others]


def remember(response: HttpResponse, device: OwnDevice, token: str) -> None:
    response.set_cookie(
        OWN_DEVICE_COOKIE,
        token,
        expires=device.ends_at,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(OWN_DEVICE_COOKIE, samesite="Lax")


def device_of(request: HttpRequest) -> OwnDevice | None:
    """The row of the cookie, whoever is signed in; None for one that ended, also by another password."""
    token = request.COOKIES.get(OWN_DEVICE_COOKIE, "")
    if not token:
        return None
    device = OwnDevice.objects.live().filter(token_hash=hash_of(token)).select_related("user").first()
    return device if device is not None and device.knows(device.user) else None


def adder_of(request: HttpRequest) -> DeviceThatAdds | None:
    """Who is in no running group, or must set up a second step first, adds nothing."""
    device = device_of(request)
    if device is None:
        return None
    owner: User = device.user
    owner.request_cache = {}
    if not any(own.group.closed_at is None for own in memberships_of(owner)) or first_step(owner):
        return None
    if request.method == "POST":
        own_devices.note_use(device=device)
    return DeviceThatAdds(device.pk, owner)
