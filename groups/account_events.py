"""What allauth and Django tell of an account, written in the audit: ids only (docs/security.md F5).

They tell it by signals alone, so these are the house's only receivers; `apps.py` connects them.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.db.models import Model
from django.dispatch import Signal

from netwerkleren.base import audit
from netwerkleren.base.access import NOBODY, Actor

from .models import User


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


def record_failed_login(actor: Actor, email: str) -> None:
    """A wrong password. Of an address that is nobody's nothing is kept but that it was tried."""
    known = User.objects.filter(email__iexact=email).first()
    audit.record(actor, "account.login_failed", known)


def _line(action: str) -> Any:
    def receive(sender: Any, user: User | None = None, **told: Any) -> None:
        about: Model | None = told.get("authenticator") or user
        audit.record(user or NOBODY, action, about)

    return receive
