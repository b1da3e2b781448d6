"""A form that stood open while its user signed out and in: nothing is done, and what was typed is not lost."""

import re

import pytest
from django.http import HttpResponseBase
from django.test import Client

from groups.models import Membership, User
from netwerkleren.base.views import STALE_FORM
from tests.factories import make_session
from tests.types import SignIn

pytestmark = pytest.mark.django_db

FORM = "/talentmomenten/"
PAGE = {"Accept": "text/html", "Origin": "http://testserver", "Referer": f"http://testserver{FORM}?page=2#noteer"}
OTHER_SITE = {"Accept": "text/html", "Origin": "https://kwaad.example", "Referer": "https://kwaad.example/"}
TYPED = {
    "key": "3b0ff3a5-3c0c-4a34-bf8c-7df0f9c2a3de",
    "text": "Noor legde <b>zelf</b> uit",
    "before": "Ik wachtte",
    "signs": "on",
    "author": "3b0ff3a5-3c0c-4a34-bf8c-7df0f9c2a3df",
    "minutes": "15",
}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def writer(strict: Client, coach: Membership) -> Client:
    """Someone who is signed in, and whose form is of before."""
    strict.cookies["sessionid"] = make_session(coach.user)
    return strict


def shown(answer: HttpResponseBase) -> list[str]:
    return re.findall(r"<textarea readonly[^>]*>([^<]*)</textarea>", b"".join(answer).decode())


def test_the_page_shows_what_was_typed_as_text_and_leads_back_to_the_form(writer: Client) -> None:
    answer = writer.post(FORM, TYPED, headers=PAGE)

    html = answer.content.decode()
    assert (answer.status_code, answer.headers[STALE_FORM]) == (403, "1")
    assert shown(answer) == ["Noor legde &lt;b&gt;zelf&lt;/b&gt; uit", "Ik wachtte"]
    assert f'href="{FORM}?page=2"' in html
    assert "<form" not in html, "one click must not send what another page posted"
    assert "name=" not in re.sub(r"<meta[^>]*>", "", html)


def test_what_another_site_posts_is_not_shown_as_ours(writer: Client) -> None:
    answer = writer.post(FORM, TYPED, headers=OTHER_SITE)

    assert (answer.status_code, shown(answer)) == (403, [])
    assert "kwaad.example" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/account/login/", "login"),
        (FORM, "password"),
        (FORM, "new-password1"),
        (FORM, "code"),
        (FORM, "csrfmiddlewaretoken"),
    ],
)
def test_a_password_is_never_shown(writer: Client, address: str, name: str) -> None:
    answer = writer.post(address, {name: "geheim en lang"}, headers=PAGE)

    assert answer.status_code == 403
    assert "geheim" not in answer.content.decode()


def test_a_module_is_told_by_a_header_and_gets_no_page(writer: Client) -> None:
    answer = writer.post(FORM, TYPED, headers={"Accept": "application/json", "Origin": "http://testserver"})

    assert (answer.status_code, answer.headers[STALE_FORM]) == (403, "1")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_403_that_says_no_has_no_such_header(sign_in: SignIn, beheerder: User) -> None:
    answer = sign_in(beheerder).get("/live/onbekend/")

    assert STALE_FORM not in answer.headers


def test_the_page_asks_who_is_signed_in_and_gets_a_token_that_works(strict: Client, coach: Membership) -> None:
    strict.cookies["sessionid"] = make_session(coach.user)

    answer = strict.get("/wie/")

    found = answer.json()
    assert found["account"] == str(coach.user.pk)
    assert "no-store" in answer.headers["Cache-Control"]
    assert strict.post("/thema/", {"csrfmiddlewaretoken": found["token"], "theme": "dark"}).status_code == 302


def test_of_nobody_it_says_so(strict: Client) -> None:
    assert strict.get("/wie/").json()["account"] == ""


def test_a_token_of_before_another_signed_in_does_nothing(strict: Client, participant: Membership) -> None:
    """So between the question who is signed in and the post nobody can come in between."""
    before = strict.get("/wie/").json()["token"]
    participant.user.set_password("een lang wachtwoord")
    participant.user.save()
    login = {"login": participant.user.email, "password": "een lang wachtwoord", "csrfmiddlewaretoken": before}
    strict.post("/account/login/", login)

    assert strict.get("/wie/").json()["account"] == str(participant.user.pk)
    assert strict.post("/thema/", {"csrfmiddlewaretoken": before}).status_code == 403
