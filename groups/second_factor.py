"""The second step at login that is asked of a coach and of a beheerder (docs/security.md L1).

They open what others made, so a password that was guessed must not be enough. There is a week for it from when someone
became coach or beheerder; after it only the pages to set it up are there, until it is. In the demo nobody is asked.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.points import FirstStep

from .models import User, memberships_of
from .services import second_factor as asking

COUNTS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]
"""What is a second step; recovery codes come along with either."""


def first_step(actor: Actor) -> FirstStep | None:
    """The pages to set it up, for who is asked for it, has none, and had a week. One query after that week only."""
    if not isinstance(actor, User):
        return None
    if not _is_asked_of(actor):
        if actor.second_factor_by:
            asking.ask_for_second_factor(user=actor, by=None)
        return None
    if actor.second_factor_by is None:
        asking.ask_for_second_factor(user=actor, by=timezone.now() + asking.GRACE)
    elif actor.second_factor_by <= timezone.now() and not has_one(actor):
        return FirstStep(
            reverse("mfa_index"),
            _("Eerst een tweede stap"),
            _("Als coach of beheerder log je in met een tweede stap. Zet die eerst aan, dan kun je verder."),
            _("Zet een tweede stap aan"),
        )
    return None


def today_panel(user: User) -> Panel | None:
    """On Vandaag in that week. One query for who is asked."""
    if not _is_asked_of(user) or user.second_factor_by is None or has_one(user):
        return None
    return Panel("groups/_second_factor_panel.html", {"by": user.second_factor_by})


def _is_asked_of(user: User) -> bool:
    return (user.is_coach or user.is_staff or _leads_a_group(user)) and not settings.DEMO


def _leads_a_group(user: User) -> bool:
    """Who was made coach of one group, and may make none: asked from that moment, so others cost no query."""
    return user.second_factor_by is not None and any(own.is_coach for own in memberships_of(user))


def has_one(user: User) -> bool:
    """Whether a login of theirs takes more than a password."""
    found: bool = Authenticator.objects.filter(user=user, type__in=COUNTS).exists()
    return found
