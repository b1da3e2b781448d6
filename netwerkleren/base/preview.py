"""A page as someone who is made up sees it: nothing is stored of them, nothing can be sent, and nothing leads away.

The page is that of the real view, asked by an actor who is in no table, so that gate 1 gives them what any such person
may see and no more. What it answers is sealed: without modules, without forms, and with links to other such pages only.
"""

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.db import connection
from django.http import HttpResponse, HttpResponseBase

from .access import NOBODY, Actor, is_user
from .request import Request

FORM = re.compile(r"<(/?)form\b")
ANCHOR = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"')
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")


@dataclass(frozen=True)
class Preview:
    """What stands above it: whose eyes these are, the way back, and the pages of this kind, by address."""

    title: str
    back: str
    pages: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the portal, each with that of the same page in the preview."""


def show_as(
    request: Request, actor: Actor, preview: Preview, view: Callable[[Request], HttpResponse]
) -> HttpResponseBase:
    """What `view` answers to `actor`. A statement that would change a row fails, and so does the page."""
    seen: Any = copy(request)
    seen.actor, seen.user = actor, actor if is_user(actor) else NOBODY
    seen.preview = preview
    with connection.execute_wrapper(_refuse_writes):
        response: Any = view(seen)
    if response.status_code == 200:
        response.content = _sealed(response.content.decode(), preview)
    return _sending_nothing(response)


def _refuse_writes(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    if sql.lstrip().upper().startswith(WRITES):
        raise RuntimeError("A preview writes nothing.")
    return execute(sql, *args)


def _sealed(page: str, preview: Preview) -> str:
    own = {preview.back, *preview.pages, *preview.leads.values()}

    def led(link: re.Match[str]) -> str:
        address, _mark, part = link[2].partition("#")
        to = address if address in own or not address else preview.leads.get(address)
        if to is None:
            return link[1]
        return f'{link[1]} href="{to}{"#" + part if part else ""}"'

    return ANCHOR.sub(led, FORM.sub(r"<\1div", page))


@csp_replace({name: [NONE] for name in ("script-src", "connect-src", "form-action", "worker-src")})
def _sending_nothing(response: Any) -> HttpResponseBase:
    """The browser itself refuses a form and a script here, whatever stands in the page."""
    answer: HttpResponseBase = response
    return answer
