"""allauth's adapter: nobody signs up by themselves, and a mail server that is down is no fault page."""

import logging
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from netwerkleren.base import limits
from netwerkleren.base.faults import what_is_missing
from netwerkleren.base.mail import absolute
from netwerkleren.base.request import actor_of

from .account_events import record_failed_login

logger = logging.getLogger(__name__)


class InviteOnlyAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
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

    def is_safe_url(self, url: str | None) -> bool:
        """Whether the login page may lead there. An address that nobody can read is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            # So the reader of addresses says that one is none, such as "https://[".
            return False

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
