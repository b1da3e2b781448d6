"""One place where a view answers htmx with a named part of its page."""

import hashlib
import re
from collections.abc import Hashable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .moments import Moments
from .request import Request

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
"""Another text in every answer, and no news."""
_written: Moments[bytes] = Moments()


def _field(request: Request) -> bytes:
    return f'name="csrfmiddlewaretoken" value="{get_token(request)}"'.encode()


def render_fragment(
    request: Request,
    template: str,
    partial: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    same_for: Hashable = None,
) -> HttpResponse:
    """The whole page, or for a request by htmx only its partial `partial`. Sets `Vary`, so that no cache mixes them.

    Who asks for a part again, with the ETag of what it shows, gets 304 while nothing in it changed.
    `same_for` names what the partial was made of, for whoever sees the same of it: then it is written once for all who
    ask at that moment, each with the own token in its forms.
    """
    by_htmx = bool(request.htmx) and not request.htmx.boosted
    name = f"{template}#{partial}" if by_htmx else template
    if by_htmx and same_for is not None:
        html = _written.get((name, same_for), lambda: render(request, name, dict(context)).content)
        response = HttpResponse(_TOKEN.sub(_field(request), html), status=status)
    else:
        response = render(request, name, dict(context), status=status)
    if by_htmx and request.method == "GET" and status == 200:
        tag = f'"{hashlib.sha256(_TOKEN.sub(b"", response.content)).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            response = HttpResponseNotModified()
        response["ETag"] = tag
    patch_vary_headers(response, ["HX-Request"])
    return response
