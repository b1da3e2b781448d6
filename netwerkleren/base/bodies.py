"""How much may be sent to an address: known before a byte of it is read (docs/security.md U2).

Django's form parser, and the check of the CSRF token before it, write to disk whatever comes. So what is larger than
any form of text is refused here, unless the route table gives its address a limit of its own (`route(…, body=…)`);
there the view asks who may send it before it reads a field.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from .autosave import is_autosave
from .unsent import form_of

FIELDS = 1024 * 1024
"""Room for the other fields of a form with a file, and for what its parts are wrapped in."""
ANY = 10**18
"""For a view that reads piece by piece, and itself asks how much there is room for."""

IN_FLIGHT = 64 * 1024
"""Bytes that have left a proxy before anyone could refuse them."""
READ_AWAY = 64 * 1024 * 1024
"""Bytes of what nobody took that are read to be thrown away: more than any form with a file is."""
READ_AWAY_SECONDS = 10
TOLD_SECONDS = 0.02
"""Between the last byte and the answer: Caddy, answered before it knows that all is sent, gives an empty page."""

_NUMBER = re.compile(r"[0-9]{1,18}")
"""Of bytes: more digits would be a number that no body has."""


class BodyLimitMiddleware:
    """413 for a body that is too long for its address, 411 for one that does not say how long it is."""

    def __init__(self, get_response: Callable[[Any], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("Content-Length") or "0"
        if "Transfer-Encoding" in request.headers or not _NUMBER.fullmatch(length):
            return _refuse(request, 411)
        if int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or int(length) <= _limit_of(request):
            response = self.get_response(request)
        else:
            response = _refuse(request, 413)
        if settings.SECURE_PROXY_SSL_HEADER and int(length) > IN_FLIGHT and _limit_of(request) < ANY:
            _read_away(request)
        return response


def _limit_of(request: HttpRequest) -> int:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return 0
    limit: int = getattr(view, "body", 0)
    return limit


def _refuse(request: HttpRequest, status: int) -> HttpResponse:
    if is_autosave(request) or "Tus-Resumable" in request.headers:
        words = _("Dit is te groot om te versturen.") if status == 413 else _("Dit kwam niet heel over.")
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    return render(request, f"{status}.html", {"form_url": form_of(request)}, status=status)


def _read_away(request: HttpRequest) -> None:
    """A proxy that is answered while it still sends may say 502 in words of its own, instead of ours."""
    until, left = time.monotonic() + READ_AWAY_SECONDS, READ_AWAY
    with suppress(UnreadablePostError):
        while left > 0 and time.monotonic() < until and (piece := request.read(IN_FLIGHT)):
            left -= len(piece)
    time.sleep(TOLD_SECONDS)
