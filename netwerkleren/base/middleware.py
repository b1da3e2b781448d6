"""Middleware of the ground floor: plain text, the actor, the route table, and headers."""

from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import unquote

from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from . import audit
from .access import (
    NOBODY,
    Actor,
    DeviceThatAdds,
    DisplayThatShows,
    Who,
    is_user,
    note_request,
    request_scope,
    who_may_enter,
    why_read_only,
)
from .autosave import is_autosave, is_from_outbox
from .limits import TooMany
from .live import NothingNew
from .points import (
    FirstStep,
    adder_from_request,
    closed_to_writing,
    display_from_request,
    first_steps,
    guest_from_request,
)
from .read_only import sealed
from .request import Request
from .sessions import is_looked_at
from .text import CONTROL, one_line
from .unsent import texts_of

GetResponse = Callable[[Any], HttpResponseBase]

OURS = "X-From-Portal"
"""What a proxy answers in the portal's place has no such header, and a proxy may take `Server` for itself."""


def _actor(request: HttpRequest) -> Actor:
    # The account itself, not the proxy in `request.user`: a page asks its actor a hundred things.
    user: Any = get_user(request)
    if user.is_authenticated:
        # Where `once_a_request` keeps its answers; it is gone with the request.
        user.request_cache = {}
        actor: Actor = user
        return actor
    # In this order: a browser that was made a digibord on purpose adds nothing meanwhile.
    for point in (guest_from_request, display_from_request, adder_from_request):
        if found := point.collect(request):
            held: Actor = found[0]
            return held
    return NOBODY


class PlainTextMiddleware:
    """The door for text beside the forms: no view and no query meets a control character in what a request carries.

    No honest address holds one, so such an address does not exist. Cookies and headers that hold one are not ours to
    refuse a page for: the cookie is left out, the header is made plain.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if CONTROL.search(unquote(request.get_full_path())):
            raise Http404
        for name, value in request.COOKIES.copy().items():
            if CONTROL.search(value):
                del request.COOKIES[name]
        for name in ("HTTP_USER_AGENT", "HTTP_REFERER"):
            if name in request.META:
                request.META[name] = one_line(request.META[name])
        return self.get_response(request)


def actor_now(request: Request) -> Actor:
    """Who asks, as if the request came in only now: an answer that lasts outlives a session, or a right."""
    later = copy(request)
    later.session = type(request.session)(request.session.session_key)
    later.__dict__.pop("_cached_user", None)
    return _actor(later)


class ActorMiddleware:
    """Sets `request.actor`: a User, a guest by link, a digibord, an own phone that adds, or NOBODY."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.actor = _actor(request)
        return self.get_response(request)


class StillThereMiddleware:
    """Who looks at a page is still there, so the session goes on. What a page does by itself says nothing of that."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        if is_user(request.actor) and is_looked_at(request):
            request.session.renew()
        return self.get_response(request)


class AccessMiddleware:
    """Asks the route table before each view; a route that nobody decided on does not exist.

    Who must sign in is sent to the login page; a module gets 401, and its page says so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_scope():
            response = self.get_response(request)
            return sealed(response) if why_read_only() else response

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        assert match is not None
        note_request(view, request.method, closed_to_writing)
        who = who_may_enter(view, match.namespaces, match.url_name)
        actor = request.actor
        signed_in, guest = is_user(actor), actor.is_guest
        if who is None:
            raise Http404
        if who in (Who.ANYONE, Who.ADDRESS) or (guest and who in (Who.SIGNED_IN_OR_GUEST, Who.FOLLOWING)):
            return None
        if isinstance(actor, DeviceThatAdds) and who is Who.ADDING:
            return None
        if isinstance(actor, DisplayThatShows) and who in (Who.SHOWING, Who.FOLLOWING):
            return None
        is_for_module = getattr(view, "for_module", False) or _is_asked_by_a_module(request)
        if not signed_in:
            return _signed_out() if is_for_module else redirect_to_login(request.get_full_path())
        if match.view_name == "admin:login":
            # Also who is signed in does not log in there: it counts no failures, and asks for no second factor.
            return redirect_to_login("/beheer/")
        if who is Who.STAFF and not actor.is_staff:
            # The admin's existence is nobody's business.
            raise Http404
        step: FirstStep | None = next(iter(first_steps.collect(actor)), None)
        request.first_step = step
        if step is None or who is Who.SETTING_UP:
            return None
        return _held_up(request, step, is_for_module=is_for_module, takes_files=getattr(view, "body", 0) > 0)


def _is_asked_by_a_module(request: HttpRequest) -> bool:
    return is_autosave(request) or is_from_outbox(request) or "HX-Request" in request.headers


def _signed_out() -> HttpResponse:
    """401 with a sentence, for a module, which would take the login page for an answer to what it asked."""
    return HttpResponse(
        _("Je bent uitgelogd. Log opnieuw in, dan kun je verder."),
        status=401,
        content_type="text/plain; charset=utf-8",
        # RFC 9110 asks a 401 for a challenge. At Basic a browser shows a dialog of its own; at a scheme that it does
        # not know, such as this one for "a form of ours", it leaves the answer to the page.
        headers={"WWW-Authenticate": "FormBased"},
    )


def _held_up(request: Request, step: FirstStep, *, is_for_module: bool, takes_files: bool) -> HttpResponseBase:
    """Nothing was done, and what was typed stands there: something else must be done first.

    A file is not taken in to say so.
    """
    if is_autosave(request):
        return JsonResponse({"message": step.sentence}, status=403)
    if is_for_module:
        # htmx goes there by itself; what was typed waits in the tab.
        headers = {"HX-Redirect": step.url} if "HX-Request" in request.headers else {}
        return HttpResponse(step.sentence, status=403, content_type="text/plain; charset=utf-8", headers=headers)
    if request.method == "GET":
        return HttpResponseRedirect(step.url)
    context = {"step": step, "texts": [] if takes_files else texts_of(request)}
    return render(request, "first_step.html", context, status=403)


class NotAllowedMiddleware:
    """Words on the empty page that Django gives for a method which an address does not take.

    A module reads the status alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        view = request.resolver_match.func if request.resolver_match else None
        if (
            response.status_code == 405
            and isinstance(response, HttpResponse)
            and not getattr(view, "for_module", False)
        ):
            response.content = render_to_string("405.html", request=request)
        return response


class RefusalsMiddleware:
    """A 403 to who is signed in leaves a line in the audit (docs/security.md F5). What is not there for someone is a
    404 and leaves none: a player asks for a film that was withdrawn over and over, and a slip of the pen is no attempt.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: Request, problem: Exception) -> None:
        match = request.resolver_match
        if isinstance(problem, PermissionDenied) and match is not None and is_user(request.actor):
            audit.record_refusal(request.actor, match.view_name, match.kwargs.get("pk"))


class LimitsMiddleware:
    """What was asked too often answers 429, and says when to try again (`limits.py`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        if not isinstance(problem, TooMany):
            return None
        headers = {"Retry-After": str(problem.seconds), "Referrer-Policy": "no-referrer"}
        view = request.resolver_match.func if request.resolver_match else None
        if getattr(view, "for_module", False):
            return HttpResponse(str(problem), status=429, content_type="text/plain; charset=utf-8", headers=headers)
        page = render_to_string("429.html", {"sentence": str(problem)}, request=request)
        return HttpResponse(page, status=429, headers=headers)


class NoStoreMiddleware:
    """What an account sees is kept by no browser, unless its view says how: on a shared tablet "back" shows nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        response = self.get_response(request)
        if is_user(request.actor) or isinstance(request.actor, DeviceThatAdds | DisplayThatShows):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ResourcePolicyMiddleware:
    """On every answer, static files and errors too: no other site may embed ours, what serves it is nobody's business
    (docs/security.md O1), and a module knows it for the portal's own (`static/js/shared/ours.js`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers["Server"] = "Netwerkleren"
        response.headers[OURS] = "1"
        return response


class NothingNewMiddleware:
    """What a 304 of a poll says beside its version and the time is how a browser treats a page, and that the page has
    said already: left out, it is a sixth of the bytes."""

    KEPT = frozenset({"etag", "cache-control", "x-server-now", "server", OURS.lower()})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, NothingNew):
            for name in [name for name in response.headers if name.lower() not in self.KEPT]:
                del response.headers[name]
            response.headers["Cache-Control"] = "no-store"
        return response
