"""What every visitor meets: what is no page, the theme's way back, and the policies on every answer."""

import re

import pytest
from django.test import Client

from tests.access.table import ACTORS


def test_what_is_no_page_is_no_page_for_anyone(browsers: dict[str, Client]) -> None:
    found = {actor: browsers[actor].get("/geen-bladzijde/").status_code for actor in ACTORS}
    assert found == dict.fromkeys(ACTORS, 404)


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
    assert answer["Server"] == "Netwerkleren"
    assert answer["X-From-Portal"] == "1"


def test_what_pages_have_hidden_is_the_same_to_everyone_and_kept(browsers: dict[str, Client]) -> None:
    address = re.search(r'data-parts="([^"]+)"', browsers["coach"].get("/").content.decode())
    assert address is not None
    answers = [browsers[actor].get(address[1]) for actor in ACTORS]
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Cache-Control"] for answer in answers} == {"max-age=31536000, immutable"}
