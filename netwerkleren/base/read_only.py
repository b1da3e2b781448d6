"""A page of a group that is closed: all of it is read, and what would be refused is not asked."""

import re

from django.http import HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve

FORM_TAG = re.compile(r"<form\b[^>]*>|</form>")
ACTION = re.compile(r'\s(?:action|hx-post)="([^"#?]*)')
POSTS = re.compile(r'\s(?:method="post"|hx-post=")', re.IGNORECASE)
OPEN, SHUT = '<fieldset class="kept" disabled>', "</fieldset>"


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """The same page, in which a form that a closed group refuses can be read and not be sent. Forms do not nest."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and isinstance(response, HttpResponse) and response.status_code == 200:
        page = response.content.decode()
        if "<form" in page:
            response.content = _with_kept_forms(page)
    return response


def _with_kept_forms(page: str) -> str:
    is_kept = False

    def seal(tag: re.Match[str]) -> str:
        nonlocal is_kept
        if tag[0] == "</form>":
            return SHUT + tag[0] if is_kept else tag[0]
        is_kept = bool(POSTS.search(tag[0])) and _is_refused(tag[0])
        return tag[0] + OPEN if is_kept else tag[0]

    return FORM_TAG.sub(seal, page)


def _is_refused(form: str) -> bool:
    """Without an address it is sent to the page that it stands on, which is the group's."""
    action = ACTION.search(form)
    if action is None or not action[1]:
        return True
    try:
        match = resolve(action[1])
    except Resolver404:
        return False
    # The floor itself knows no group: the theme is of a browser.
    return match.namespace != "base" and getattr(match.func, "when_closed", None) is False
