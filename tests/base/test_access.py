"""The two gates, and the table of routes."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import NOBODY, Who, get_for, route, who_may_enter


def _every_route(patterns: list[Any], namespaces: tuple[str, ...] = ()) -> list[tuple[URLPattern, tuple[str, ...]]]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            found += _every_route(pattern.url_patterns, inner)
        else:
            found.append((pattern, namespaces))
    return found


def test_every_route_has_a_decision() -> None:
    undecided = [
        f"{':'.join(namespaces)}:{pattern.name}"
        for pattern, namespaces in _every_route(get_resolver().url_patterns)
        if who_may_enter(pattern.callback, list(namespaces), pattern.name) is None
    ]
    assert undecided == []


def test_one_view_cannot_have_two_decisions() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    route("a/", view, "a", Who.SIGNED_IN)
    with pytest.raises(ImproperlyConfigured):
        route("b/", view, "b", Who.ANYONE)


def test_what_is_not_visible_does_not_exist(coach: Membership, other_group: NetworkGroup) -> None:
    with pytest.raises(Http404):
        get_for(coach.user, NetworkGroup, other_group.pk)
    with pytest.raises(Http404):
        get_for(NOBODY, NetworkGroup, other_group.pk)


def test_visible_is_not_the_same_as_allowed(participant: Membership, group: NetworkGroup, coach: Membership) -> None:
    assert get_for(participant.user, NetworkGroup, group.pk) == group
    with pytest.raises(PermissionDenied):
        get_for(participant.user, NetworkGroup, group.pk, need="groups.change_networkgroup")
    assert get_for(coach.user, NetworkGroup, group.pk, need="groups.change_networkgroup") == group


def test_who_left_sees_nothing(ex_member: Membership, group: NetworkGroup) -> None:
    with pytest.raises(Http404):
        get_for(ex_member.user, NetworkGroup, group.pk)
