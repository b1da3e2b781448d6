"""Checks for `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def demo_mode_is_off(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Demo mode logs anyone in with one click, so no real installation may have it."""
    if settings.DEMO:
        return [Error("NETWERKLEREN_DEMO is on: anyone can log in.", id="netwerkleren.E001")]
    return []


@register(Tags.security, deploy=True)
def plain_http_is_off(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Cookies without `Secure` are for one machine's own browser."""
    if settings.PLAIN_HTTP:
        return [Error("NETWERKLEREN_HTTP is on: cookies travel without TLS.", id="netwerkleren.E002")]
    return []
