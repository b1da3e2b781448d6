"""What someone typed in a form that was refused for its token: shown again, to copy, and never as a form to send.

A post without a right token may come from anywhere. So only what our own page sent is shown, only as text, and nothing
of what a reader did not see or must not read here: hidden fields, passwords and codes.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

NOT_TYPED = re.compile(r"(^|-)(csrfmiddlewaretoken|key|version|next|kind)$|password|token|code|secret")
MACHINES = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|on|[\W\d_]*", re.IGNORECASE)
"""The id of a row, a tick, a number or a date: chosen, and chosen again in a moment."""
ACCOUNT = "/account/"
"""Where people log in: nothing that is typed there is shown again."""


def texts_of(request: HttpRequest) -> list[str]:
    """Each text that our own page posted, as it was typed."""
    if not is_of_our_page(request) or request.path.startswith(ACCOUNT):
        return []
    lists = [values for name, values in request.POST.lists() if not NOT_TYPED.search(name)]
    return [text for values in lists for text in values if not MACHINES.fullmatch(text.strip())]


def is_of_our_page(request: HttpRequest) -> bool:
    """Browsers say with every post where it comes from."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def form_of(request: HttpRequest) -> str:
    """The address of the page that posted, "" where the browser does not tell or it is not ours."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()
