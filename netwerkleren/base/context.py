"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .request import actor_of

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the chosen theme ("" follows the system), whether this is the demo, and now, for what counts."""
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor_of(request),
        "theme": theme if theme in THEMES else "",
        "demo": settings.DEMO,
        "server_now": timezone.now(),
    }
