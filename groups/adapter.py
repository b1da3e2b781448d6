"""allauth's adapter: nobody signs up by themselves, an address changes by its owner alone, and a mail server that is
down is no fault page."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from netwerkleren.base import limits
from netwerkleren.base.faults import what_is_missing
from netwerkleren.base.mail import absolute
from netwerkleren.base.request import actor_of

from .account_events import record_failed_login
from .models import User, user_of
from .own_phone import device_of
from .services import own_address, own_devices

logger = logging.getLogger(__name__)


class DevicesAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """ "Log overal anders uit": phones that add for their owner are elsewhere too."""
        super().end_sessions(sessions)
        user = user_of(actor_of(self.request))
        own_devices.end_own_devices(actor=user, user=user, but=device_of(self.request))


class InviteOnlyAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("Dit adres staat al bij je account."),
        "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het nog eens."),
        "enter_current_password": _("Dit is niet je huidige wachtwoord."),
        "incorrect_code": _("Deze code klopt niet."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "rate_limited": _("Er kwam te veel achter elkaar. Probeer het over een paar minuten nog eens."),
        "too_many_login_attempts": _("Het lukte te vaak niet. Wacht een paar minuten en probeer het dan nog eens."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In the place of allauth's own limit, which takes a turn for a right password too until it is known for one:
        of twenty-three people of one school who log in at once it refuses some."""
        limits.check_login(request, credentials.get("email", ""))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        limits.count_failed_login(request, credentials.get("email", ""))
        record_failed_login(actor_of(request), credentials.get("email", ""))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by accepting an invitation only."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who changes an address shows once more who they are: an open tablet is not its owner."""
        return app == "allauth.account" or bool(super().is_reauthentication_required(app=app, **kwargs))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """One door, and one truth: our service instead of what allauth writes."""
        if own_address.confirm_address(actor=actor_of(request), address=email_address):
            said = _("Je logt voortaan in met %(email)s.") % {"email": email_address.email}
            messages.success(request, said)
            return True
        messages.error(request, _("Dit adres kan niet van jou worden. Kies een ander e-mailadres."))
        return False

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_email")

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Only the one that waits; an account has an address."""
        return not email_address.verified

    def set_password(self, user: User, password: str) -> None:
        own_address.forget_waiting_address(actor=user)
        super().set_password(user, password)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether the login page may lead there. An address that nobody can read is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            # So the reader of addresses says that one is none, such as "https://[".
            return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Every way in ends here, so here a session begins."""
        super().login(request, user)
        session: Any = request.session
        session.begin()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once, not through the queue: the asker waits for it, so they read it when it cannot be sent.

        allauth takes an address for in a mail from the request, where whoever asks writes the Host header.
        """
        asked_at = self.request.build_absolute_uri("/")
        own = {
            name: absolute(f"/{value.removeprefix(asked_at)}")
            for name, value in context.items()
            if isinstance(value, str) and value.startswith(asked_at)
        }
        try:
            super().send_mail(template_prefix, email, context | own)
        except OSError as problem:
            if what_is_missing(problem):
                raise  # Where mails are files: the page says that it is the disk.
            logger.warning("%s was not sent: %s", template_prefix, type(problem).__name__)
            raise ImmediateHttpResponse(render(self.request, "account/mail_failed.html", status=503)) from problem

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What it tells of has been done, and stays done when the mail cannot be sent."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)
