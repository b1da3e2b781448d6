"""A view that only writes, and the page on which its form stands.

A page may bring the forms of other pages together, so that nobody walks between them: it is a host, and says so with
`@hosts_forms`. What is pressed there leads back there, and a form that is refused is shown there, beside its field.
Where something was pressed the browser says by itself (`Referer`, for htmx `HX-Current-URL`); when it does not, the
form's own page is there as ever.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import reduce, wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.views.decorators.http import require_http_methods

from .access import get_for
from .request import Request

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def posts_from(
    page: str | Callable[[Any], str], row: type[Model] | None = None, of: str = "pk", *, leads_on: bool = False
) -> Callable[[V], Callable[..., HttpResponseBase]]:
    """Only a POST comes to the view; a GET changes nothing and leads to the page with the form.

    A form that was refused leaves the browser at the view's own address, and the login page leads back to it: reload
    and coming back are no dead end. Who may not see the `row` of the address gets the 404 that the view gives.

    `@posts_from("groups:pairs", Pair, "group_id")`: the page by its name, the model of `pk` in the address, and what
    the page's address holds, each a word of the view's address or else a fact of the row. Or the page is a function
    that makes its address of the row. What was pressed on a host leads back there, unless the view `leads_on`.
    """

    def decorated(view: V) -> Callable[..., HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answered(request: Request, **words: Any) -> HttpResponseBase:
            if request.method == "POST":
                response = view(request, **words)
                return response if leads_on else _led_back(request, response)
            found = get_for(request.actor, row, words["pk"]) if row else None
            return HttpResponseRedirect(_address(found, words))

        return answered

    def _address(found: Model | None, words: dict[str, UUID | str]) -> str:
        if callable(page):
            return page(found)
        facts = of.split() if found else []
        return reverse(page, args=[_fact(found, fact, words) for fact in facts])

    return decorated


def _fact(found: Model | None, fact: str, words: dict[str, UUID | str]) -> Any:
    return words[fact] if fact in words else reduce(getattr, fact.split("."), found)


def hosts_forms(view: V) -> V:
    """The page has forms of other pages on it. The view shows those in `refused_in(request)` as they were refused."""
    view.hosts_forms = True  # type: ignore[attr-defined]
    return view


def _host_of(request: Request) -> ResolverMatch | None:
    """The host on which this was pressed. An address is never followed for what it says, only for its own page."""
    pressed_on = urlsplit(request.htmx.current_url or request.headers.get("Referer", ""))
    if request.method != "POST" or pressed_on.netloc != request.get_host():
        return None
    try:
        match = resolve(pressed_on.path)
    except Resolver404:
        # Another server in front of the portal may serve pages of its own under this name.
        return None
    return match if getattr(match.func, "hosts_forms", False) else None


def _address_of(match: ResolverMatch) -> str:
    return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


def _led_back(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == 302 and (host := _host_of(request)):
        response["Location"] = _address_of(host)
    return response


def back(request: Request, page: str, *args: Any, query: Mapping[str, str] | None = None) -> HttpResponseRedirect:
    """To the host on which this was pressed, or else to this page."""
    host = _host_of(request)
    return redirect(_address_of(host) if host else reverse(page, args=args, query=query))


def shown_on_host(request: Request, *refused: BaseForm) -> HttpResponse | None:
    """The host on which this was sent, with the forms that say no; None when it came from the form's own page."""
    host = _host_of(request)
    if host is None:
        return None
    seen: Any = copy(request)
    seen.method, seen.refused = "GET", refused
    shown: HttpResponse = host.func(seen, *host.args, **host.kwargs)
    return shown


def refused_in(request: Request) -> tuple[BaseForm, ...]:
    """The forms that say no, which a host shows in the place of its own."""
    refused: tuple[BaseForm, ...] = getattr(request, "refused", ())
    return refused
