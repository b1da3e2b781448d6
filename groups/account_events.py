"""What allauth and Django tell of an account, written in the audit: ids only (docs/security.md F5).

They tell it by signals alone, so these are the house's only receivers; `apps.py` connects them.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.db.models import Model
from django.dispatch import Signal
from django.http import HttpRequest

from netwerkleren.base import audit
from netwerkleren.base.access import NOBODY, Actor

from .models import User
from .own_phone import device_of
from .services import own_devices
from .services.devices import OWN_DEVICE


def connect() -> None:
    told: dict[str, Signal] = {
        "account.logged_in": auth.user_logged_in,
        "account.logged_out": auth.user_logged_out,
        "account.password_changed": account.password_changed,
        "account.password_set": account.password_set,
        "account.password_reset": account.password_reset,
        "factor.added": mfa.authenticator_added,
        "factor.removed": mfa.authenticator_removed,
        "factor.renewed": mfa.authenticator_reset,
        "factor.failed": mfa.authentication_failed,
    }
    for action, signal in told.items():
        signal.connect(_line(action), weak=False, dispatch_uid=f"groups.audit:{action}")
    auth.user_logged_in.connect(_end_what_is_of_another, dispatch_uid="groups.own_phone:in")
    auth.user_logged_out.connect(_end_what_is_here, dispatch_uid="groups.own_phone:out")


def _end_what_is_of_another(sender: Any, request: HttpRequest, user: User, **told: Any) -> None:
    """Where someone else signs in, the phone is not its owner's alone."""
    device = device_of(request)
    if device is None:
        return
    if device.user_id == user.pk:
        request.session[OWN_DEVICE] = str(device.pk)
    else:
        own_devices.end_held(actor=user, device=device)


def _end_what_is_here(sender: Any, request: HttpRequest, user: User | None, **told: Any) -> None:
    device = device_of(request)
    if device is not None:
        own_devices.end_held(actor=user or device.user, device=device)


def record_failed_login(actor: Actor, email: str) -> None:
    """A wrong password. Of an address that is nobody's nothing is kept but that it was tried."""
    known = User.objects.filter(email__iexact=email).first()
    audit.record(actor, "account.login_failed", known)


def _line(action: str) -> Any:
    def receive(sender: Any, user: User | None = None, **told: Any) -> None:
        about: Model | None = told.get("authenticator") or user
        audit.record(user or NOBODY, action, about)

    return receive
