"""The group's pages and the wizard × every actor: the code that they answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from groups.models import Membership
from netwerkleren.roof.urls import urlpatterns

ACTORS = [
    "anonymous",
    "expert",
    "outsider",
    "beheerder",
    "other_member",
    "other_coach",
    "ex_member",
    "member",
    "maatje",
    "coach",
]
OUT = {"anonymous": 302, "expert": 302}
STRANGERS = {**OUT, **dict.fromkeys(["outsider", "beheerder", "other_member", "other_coach", "ex_member"], 404)}
COACHES = {**dict.fromkeys(ACTORS, 403), **OUT}

TABLE: list[tuple[str, str, dict[str, int]]] = [
    ("GET", "/", {**dict.fromkeys(ACTORS, 200), **OUT}),
    ("GET", "/groepen/", {**dict.fromkeys(ACTORS, 200), **OUT, "other_member": 302, "member": 302, "maatje": 302}),
    ("GET", "/groepen/{group}/", {**STRANGERS, "member": 200, "maatje": 200, "coach": 200}),
    ("GET", "/groepen/nieuw/", {**COACHES, "other_coach": 302, "coach": 302}),
    ("GET", "/groepen/nieuw/groep/", {**COACHES, "other_coach": 200, "coach": 200}),
    ("POST", "/groepen/nieuw/groep/", {**COACHES, "other_coach": 422, "coach": 422}),
    ("GET", "/groepen/nieuw/controleren/", {**COACHES, "other_coach": 302, "coach": 302}),
    ("POST", "/groepen/nieuw/controleren/", {**COACHES, "other_coach": 302, "coach": 302}),
    ("POST", "/groepen/nieuw/opnieuw/", {**COACHES, "other_coach": 302, "coach": 302}),
    ("GET", "/groepen/nieuw/opnieuw/", {**COACHES, "other_coach": 405, "coach": 405}),
]


@pytest.mark.parametrize(("method", "address", "codes"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_codes(
    method: str,
    address: str,
    codes: dict[str, int],
    coach: Membership,
    request: pytest.FixtureRequest,
    sign_in: Callable[[Any], Client],
) -> None:
    answered = {}
    for actor in ACTORS:
        if actor == "anonymous":
            client = Client()
        elif actor == "expert":
            client = request.getfixturevalue("expert_client")
        else:
            client = sign_in(request.getfixturevalue("participant" if actor == "member" else actor))
        answered[actor] = client.generic(method, address.format(group=coach.group_id)).status_code
    assert answered == codes


def test_every_route_of_the_roof_stands_in_the_table() -> None:
    tabled = {address.replace("/nieuw/groep/", "/nieuw/{step}/") for _method, address, _codes in TABLE}
    routes = {"/" + str(pattern.pattern) for pattern in urlpatterns}
    shapes = {"/".join("*" if "{" in part else part for part in address.split("/")) for address in tabled}
    assert {"/".join("*" if "<" in part else part for part in route.split("/")) for route in routes} == shapes
