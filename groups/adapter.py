"""allauth's adapter: nobody signs up by themselves, and its mail goes out in our own layout."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InviteOnlyAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het nog eens."),
        "enter_current_password": _("Dit is niet je huidige wachtwoord."),
        "incorrect_code": _("Deze code klopt niet."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "rate_limited": _("Er kwam te veel achter elkaar. Probeer het over een paar minuten nog eens."),
        "too_many_login_attempts": _("Het lukte te vaak niet. Wacht een paar minuten en probeer het dan nog eens."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by accepting an invitation only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Account mail is sent at once: its links are short-lived and the asker is waiting for it."""
        super().send_mail(template_prefix, email, context)
