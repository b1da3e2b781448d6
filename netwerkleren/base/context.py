"""What every template may use."""

import hashlib
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .access import why_read_only
from .middleware import OURS
from .request import actor_of

THEMES = ("light", "dark")


@cache
def hidden_parts() -> str:
    """What each page has hidden until something cannot be sent (`static/js/shared/parts.js`)."""
    return render_to_string("components/waiting.html")


@cache
def parts_url() -> str:
    """Another address for other words, so a browser may keep what it has: with the mark that its reader asks for."""
    return reverse("base:parts", args=[hashlib.sha256(f"{OURS} {hidden_parts()}".encode()).hexdigest()[:8]])


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the chosen theme ("" follows the system), whether this is the demo, now, for what counts, whether a
    stream tells of changes (`static/js/shared/stream.js`), and what stands above a page that is seen through the eyes
    of another (`preview.py`), or of a group that is closed."""
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor_of(request),
        "theme": theme if theme in THEMES else "",
        "demo": settings.DEMO,
        "server_now": timezone.now(),
        "live_by_events": settings.LIVE_BY_EVENTS,
        "parts_url": parts_url(),
        "preview": getattr(request, "preview", None),
        "read_only": why_read_only(),
    }
