"""Login with the one address of an account."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class ByOwnAddress(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which would also take an address that its owner has not confirmed yet (docs/security.md L4)."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user: User | None = self._check_password(User.objects.with_address(email).first(), password)
        return user
