"""The two gates, and the table of routes."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import UUIDField
from django.http import Http404, HttpRequest, HttpResponse

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import NOBODY, Who, get_for, route, who_may_enter
from tests.access.routes import every_route

OUR_APPS = {"groups", "meetings", "leervragen", "video_feedback", "reports", "netwerkleren"}


def test_every_route_has_a_decision() -> None:
    undecided = [
        found.name
        for found in every_route()
        if who_may_enter(found.pattern.callback, list(found.namespaces), found.pattern.name) is None
    ]
    assert undecided == []


def test_one_view_cannot_have_two_decisions() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    route("a/", view, "a")
    with pytest.raises(ImproperlyConfigured):
        route("b/", view, "b", Who.ANYONE)
    with pytest.raises(ImproperlyConfigured):
        route("c/", view, "c", for_module=True)


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


def test_what_stands_in_an_address_has_a_random_id() -> None:
    """No own address counts, and what has an id of this kind gets it at random."""
    own = [found.pattern for found in every_route() if hasattr(found.pattern.callback, "who")]
    counting = [one.name for one in own if "<int:" in str(one.pattern)]
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OUR_APPS]
    keys = {model.__name__: model._meta.pk for model in ours if isinstance(model._meta.pk, UUIDField)}

    assert len(own) > 50 and counting == []
    assert {name for name, key in keys.items() if key.default is not uuid4} == set()
    assert {"Clip", "Meeting", "Leervraag", "Invitation", "User", "Export"} <= set(keys)
