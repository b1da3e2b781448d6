"""Where allauth's own forms ask an address that is not, or not yet, the account's (docs/security.md L2, L4)."""

from typing import Any

from allauth.account.forms import AddEmailForm, ResetPasswordForm
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base import limits
from netwerkleren.base.access import NOBODY
from netwerkleren.base.request import actor_of

from .account_events import record_failed_login
from .models import User
from .services import own_address


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    """The address to change to; the one that is left behind is told before anything counts."""

    def save(self, request: HttpRequest) -> EmailAddress:
        waiting = own_address.ask_for_address(actor=actor_of(request), email=self.cleaned_data["email"])
        send_verification_email_to_address(request, waiting)
        return waiting


class NewPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """A link for a new password goes to the address of the account, and to no other that was ever written beside it.

    Asked too often it raises TooMany, for a known and an unknown address alike.
    """

    def clean_email(self) -> str:
        limits.use_reset(context.request, self.cleaned_data["email"])
        email: str = super().clean_email()
        self.users = list(User.objects.with_address(email).filter(is_active=True))
        return email


class OwnPasswordForm(forms.Form):
    """The password of an account, asked of who holds a link of its mail. Wrong ones count as those of a login do."""

    password = forms.CharField(
        label=gettext_lazy("Je wachtwoord"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_password(self) -> str:
        limits.check_login(self.request, self.user.email)
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            limits.count_failed_login(self.request, self.user.email)
            record_failed_login(NOBODY, self.user.email)
            raise forms.ValidationError(_("Dit wachtwoord klopt niet."))
        return password
