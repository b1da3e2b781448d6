"""One place where a view answers htmx with a named part of its page."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .request import Request

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
"""Another text in every answer, and no news."""


def render_fragment(
    request: Request, template: str, partial: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or for a request by htmx only its partial `partial`. Sets `Vary`, so that no cache mixes them.

    Who asks for a part again, with the ETag of what it shows, gets 304 while nothing in it changed.
    """
    by_htmx = bool(request.htmx) and not request.htmx.boosted
    name = f"{template}#{partial}" if by_htmx else template
    response = render(request, name, dict(context), status=status)
    if by_htmx and request.method == "GET" and status == 200:
        tag = f'"{hashlib.sha256(_TOKEN.sub(b"", response.content)).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            response = HttpResponseNotModified()
        response["ETag"] = tag
    patch_vary_headers(response, ["HX-Request"])
    return response
