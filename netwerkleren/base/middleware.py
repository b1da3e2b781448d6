"""Middleware of the ground floor: the actor, the route table, and one header."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from .access import NOBODY, Actor, Who, is_user, who_may_enter
from .autosave import is_autosave, is_from_outbox
from .points import guest_from_request
from .request import Request

GetResponse = Callable[[Any], HttpResponseBase]


def _actor(request: HttpRequest) -> Actor:
    # The account itself, not the proxy in `request.user`: a page asks its actor a hundred things.
    user: Any = get_user(request)
    if user.is_authenticated:
        # Where `once_a_request` keeps its answers; it is gone with the request.
        user.request_cache = {}
        actor: Actor = user
        return actor
    guest: Actor | None = next(iter(guest_from_request.collect(request)), None)
    return guest or NOBODY


class ActorMiddleware:
    """Sets `request.actor`: a User, a guest by link, or AnonymousUser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.actor = _actor(request)
        return self.get_response(request)


class AccessMiddleware:
    """Asks the route table before each view; a route that nobody decided on does not exist.

    Who must sign in is sent to the login page; a module gets 401, and its page says so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        assert match is not None
        who = who_may_enter(view, match.namespaces, match.url_name)
        actor = request.actor
        signed_in, guest = is_user(actor), actor.is_guest
        if who is None:
            raise Http404
        if who is Who.ANYONE or (guest and who is Who.SIGNED_IN_OR_GUEST):
            return None
        if not signed_in:
            is_for_module = getattr(view, "for_module", False) or _is_asked_by_a_module(request)
            return _signed_out() if is_for_module else redirect_to_login(request.get_full_path())
        if who is Who.STAFF and not actor.is_staff:
            # The admin's existence is nobody's business.
            raise Http404
        return None


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


class ResourcePolicyMiddleware:
    """Cross-Origin-Resource-Policy on every answer: no other site may embed ours (docs/security.md O1)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
