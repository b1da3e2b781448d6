"""One place where a view answers htmx with a named part of its page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .request import Request


def render_fragment(
    request: Request, template: str, partial: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or for a request by htmx only its partial `partial`. Sets `Vary`, so that no cache mixes them."""
    by_htmx = bool(request.htmx) and not request.htmx.boosted
    name = f"{template}#{partial}" if by_htmx else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
