"""Django's LoginRequiredMiddleware behind our own gate: an open view says twice that it is open."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_GET

from netwerkleren.base.access import Who, route, who_may_enter
from netwerkleren.base.request import Request
from netwerkleren.roof.demo.urls import urlpatterns as demo_routes

from .routes import Found, every_route
from .table import leads_to_login


@require_GET
def leak(request: Request) -> HttpResponse:
    return HttpResponse("Iedereen leest dit.")


urlpatterns = [route("vergissing/", leak, "mistake", Who.ANYONE), path("", include("netwerkleren.urls"))]


@pytest.mark.urls(__name__)
def test_a_view_that_is_routed_open_by_mistake_still_leads_to_the_login_page(client: Client) -> None:
    assert leads_to_login(client.get("/vergissing/"))


def test_the_table_of_routes_and_the_views_agree_on_what_is_open() -> None:
    demo = [Found(pattern, ("demo",)) for pattern in demo_routes]
    disagree = [
        found.name
        for found in [*every_route(), *demo]
        if is_open_by_table(found) == getattr(found.pattern.callback, "login_required", True)
    ]
    # The admin has a login page of its own, which Django opens and we do not: it leads to the portal's. allauth lets
    # anyone confirm an address that holds its link; we let its owner.
    assert sorted(disagree) == ["account_confirm_email", "admin:login"]


def is_open_by_table(found: Found) -> bool:
    who = who_may_enter(found.pattern.callback, list(found.namespaces), found.pattern.name)
    return who not in (None, Who.SIGNED_IN, Who.SETTING_UP, Who.STAFF)
