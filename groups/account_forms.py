"""Forms of allauth's pages, where the house asks something more."""

from allauth.account.forms import ResetPasswordForm
from allauth.core import context

from netwerkleren.base import limits


class AskedResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth's forms carry no types
    """Asked too often it raises TooMany, for a known and an unknown address alike."""

    def clean_email(self) -> str:
        limits.use_reset(context.request, self.cleaned_data["email"])
        email: str = super().clean_email()
        return email
