"""Noteren without a network: a worker in the browser, and the one page that it keeps."""

import hashlib
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from netwerkleren.base.access import NOBODY
from netwerkleren.base.context import parts_url
from netwerkleren.base.request import Request

from ..forms import TalentmomentForm

SHEETS = ("tokens", "dark", "base", "shell", "components", "objects", "geometry", "video_feedback", "forced")
APP = (
    *("autosave", "confirm", "counter", "date-words", "double-click", "file-size", "goes-along", "htmx-csrf"),
    *("keep-typed", "menu", "sending", "sign-out", "submit-once", "toast", "waiting"),
)
SHARED = (
    "blind",
    "csrf",
    "date-words",
    "folds",
    "kept-cut-rules",
    "kept-cuts",
    "ours",
    "outbox",
    "outbox-rules",
    "outbox-store",
    "parts",
    "save-rules",
    "second-press",
    "who",
    "who-rules",
)
FILES = (
    *(f"css/{name}.css" for name in SHEETS),
    *(f"js/app/{name}.js" for name in APP),
    *(f"js/shared/{name}.js" for name in SHARED),
    "js/app.js",
    "js/pages/noteren.js",
    "img/favicon.svg",
    "vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "vendor/htmx.min.js",
    "vendor/icons.svg",
)
"""All that the page loads (`tests/video_feedback/test_noteren.py` looks)."""


@login_not_required
@never_cache
@require_GET
def worker(request: Request) -> HttpResponse:
    """The worker, for Noteren alone: no other page passes through it."""
    addresses = [*(static(name) for name in FILES), parts_url()]
    page = {
        "files": addresses,
        "page": reverse("video_feedback:talentmomenten"),
        "shell": reverse("video_feedback:cold"),
    }
    said = cold(request).content + "\n".join(addresses).encode()
    page["release"] = hashlib.sha256(said).hexdigest()[:16]
    return render(request, "video_feedback/noteren_worker.js", page, content_type="text/javascript; charset=utf-8")


@login_not_required
@never_cache
@require_GET
def cold(request: Request) -> HttpResponse:
    """Noteren as it opens without a network: an empty form, the same to everyone at every moment.

    It says nothing of its reader, not even a token. Its key is made in the browser, for the page is kept.
    """
    context = {
        "form": TalentmomentForm(actor=NOBODY, initial={"key": ""}),
        "actor": NOBODY,
        "user": NOBODY,
        "nav_items": [],
        "messages": [],
        "csrf_token": "",
        "theme": "",
        "server_now": datetime.fromtimestamp(0, UTC),
    }
    return render(request, "video_feedback/talentmoment_cold.html", context)
