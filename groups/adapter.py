"""allauth's adapter: nobody signs up by themselves, and its mail goes out in our own layout."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InviteOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by accepting an invitation only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Account mail is sent at once: its links are short-lived and the asker is waiting for it."""
        super().send_mail(template_prefix, email, context)
