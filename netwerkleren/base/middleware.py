"""Middleware of the ground floor: the actor, the route table, and one header."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from .access import NOBODY, Actor, Who, is_user, who_may_enter
from .points import guest_from_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def _actor(request: HttpRequest) -> Actor:
    if request.user.is_authenticated:
        # Where `once_a_request` keeps its answers; it is gone with the request.
        request.user.request_cache = {}
        return request.user
    for guest in guest_from_request.collect(request):
        return guest
    return NOBODY


class ActorMiddleware:
    """Sets `request.actor`: a User, a guest by link, or AnonymousUser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class AccessMiddleware:
    """Asks the route table before each view; a route that nobody decided on does not exist."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        assert match is not None
        who = who_may_enter(view, match.namespaces, match.url_name)
        actor = request.actor  # type: ignore[attr-defined]
        signed_in, guest = is_user(actor), bool(getattr(actor, "is_guest", False))
        if who is None:
            raise Http404
        if who is Who.ANYONE or (signed_in and who in (Who.SIGNED_IN, Who.SIGNED_IN_OR_GUEST)):
            return None
        if guest and who is Who.SIGNED_IN_OR_GUEST:
            return None
        if not signed_in:
            return redirect_to_login(request.get_full_path())
        if who is Who.COACH and actor.is_coach:
            return None
        if who is Who.STAFF and actor.is_staff:
            return None
        if who is Who.STAFF:
            # The admin's existence is nobody's business.
            raise Http404
        raise PermissionDenied(_("Deze bladzijde is voor coaches."))


class ResourcePolicyMiddleware:
    """Cross-Origin-Resource-Policy on every answer: no other site may embed ours (security.md O1)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
