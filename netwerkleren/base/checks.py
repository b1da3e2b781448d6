"""Checks for `manage.py check --deploy`; `BaseConfig.ready()` registers them."""

from typing import Any

from django.conf import settings
from django.core.checks import Error


def demo_mode_is_off(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Demo mode logs anyone in with one click, so no real installation may have it."""
    if settings.DEMO:
        return [Error("NETWERKLEREN_DEMO is on: anyone can log in.", id="netwerkleren.E001")]
    return []


def mail_goes_out(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Mail in files is for reading in the demo: invitations would reach nobody, and nobody would know."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") and not settings.DEMO:
        return [Error("EMAIL_URL is not set: mail goes to files, not to people.", id="netwerkleren.E003")]
    return []


def plain_http_is_off(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Cookies without `Secure` are for one machine's own browser."""
    if settings.PLAIN_HTTP:
        return [Error("NETWERKLEREN_HTTP is on: cookies travel without TLS.", id="netwerkleren.E002")]
    return []
