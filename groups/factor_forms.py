"""The code of a second step, in our words and with our limits (docs/security.md L2)."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from netwerkleren.base import limits


class OwnWordsAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Deze tweede stap kun je nu niet uitzetten."),
        "cannot_generate_recovery_codes": _("Noodcodes komen er zodra je een code-app of passkey hebt."),
        "incorrect_code": _("Deze code klopt niet. Kijk in je app welke code er nu staat, of gebruik een noodcode."),
        "unverified_email": _("Bevestig eerst je e-mailadres. Daarna kun je een tweede stap aanzetten."),
    }


class _CountsFailures(BaseAuthenticateForm):  # type: ignore[misc]
    """allauth's, but a right code takes no turn. Raises TooMany before a code is looked at."""

    def clean_code(self) -> str:
        request: Any = context.request
        limits.check_code(request, self.user.pk)
        code: str = self.cleaned_data["code"]
        own = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        for authenticator in own:
            if authenticator.wrap().validate_code(code):
                authenticator.user = self.user
                self.authenticator = authenticator
                return code
        limits.count_wrong_code(request, self.user.pk)
        if main := own.order_by("-type").first():
            self._emit_authentication_failed(main)
        raise OwnWordsAdapter().validation_error("incorrect_code")


class CodeForm(_CountsFailures, AuthenticateForm):  # type: ignore[misc]
    """At a login."""


class CodeAgainForm(_CountsFailures, ReauthenticateForm):  # type: ignore[misc]
    """Before something that matters."""
