"""The ground floor's own routes, for every kind of visitor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

VISITORS = ["anonymous", "outsider", "other_member", "ex_member", "participant", "coach", "beheerder", "expert"]


@pytest.fixture
def visit(request: pytest.FixtureRequest, sign_in: Callable[..., Client], client: Client) -> Callable[[str], Client]:
    def _visit(who: str) -> Client:
        if who == "anonymous":
            return client
        return request.getfixturevalue("expert_client") if who == "expert" else sign_in(request.getfixturevalue(who))

    return _visit


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("get", "/favicon.ico", 302),
        ("get", "/gezond/", 200),
        ("get", "/thema/", 405),
        ("post", "/thema/", 302),
        ("get", "/geen-bladzijde/", 404),
    ],
)
def test_open_to_everyone(
    method: str, address: str, code: int, who: str, visit: Callable[[str], Client], settings: Any
) -> None:
    assert getattr(visit(who), method)(address).status_code == code


@pytest.mark.parametrize("who", VISITORS)
def test_the_admin_is_for_the_beheerder(who: str, visit: Callable[[str], Client]) -> None:
    expected = {"anonymous": 302, "expert": 302, "beheerder": 200}.get(who, 404)
    assert visit(who).get("/beheer/").status_code == expected


@pytest.mark.parametrize("who", VISITORS)
def test_vandaag_is_for_who_has_an_account(who: str, visit: Callable[[str], Client]) -> None:
    expected = 302 if who in ("anonymous", "expert") else 200
    assert visit(who).get("/").status_code == expected


def test_the_theme_is_kept_and_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/thema/", {"theme": "dark", "next": "https://kwaad.example/"})
    assert (answer["Location"], answer.cookies["theme"].value) == ("/", "dark")
    assert client.post("/thema/", {"theme": "", "next": "/groepen/"})["Location"] == "/groepen/"
    assert client.cookies["theme"].value == ""


@pytest.mark.parametrize("address", ["/", "/gezond/", "/account/login/", "/geen-bladzijde/"])
def test_every_answer_has_the_policies(address: str, client: Client, db: None) -> None:
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
