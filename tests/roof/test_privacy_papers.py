"""The texts on privacy: for anyone to read, and true to what the portal does (docs/security.md P5)."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from netwerkleren.roof.papers import FIGURES, PAPERS_IN_ADDRESS
from tests.types import SignIn


@pytest.mark.parametrize("name", PAPERS_IN_ADDRESS)
@pytest.mark.django_db
def test_anyone_reads_it_and_it_says_who_must_check_it(name: str) -> None:
    page = Client().get(reverse("roof:paper", args=[name]))

    text = page.content.decode()
    assert page.status_code == 200
    assert "Laat de functionaris gegevensbescherming (FG) van je bestuur dit nakijken." in text
    for other in PAPERS_IN_ADDRESS:
        assert (reverse("roof:paper", args=[other]) in text) == (other != name)


@pytest.mark.django_db
def test_what_is_promised_is_what_the_portal_keeps() -> None:
    assert FIGURES == {
        "keep_days": 30,
        "keep_without_end_days": 365,
        "first_notice": 14,
        "last_notice": 3,
        "upload_days": 3,
        "to_cut_hours": 24,
        "audit_months": 12,
        "mail_days": 90,
        "lost_mail_months": 12,
        "session_hours": 12,
        "typed_days": 7,
        "own_device_days": 60,
        "invited_days": 104,
        "knock_hours": 12,
        "note_days": 90,
    }
    text = Client().get("/over/privacy/").content.decode()
    assert "tot 30 dagen na het einde van het traject" in text
    assert "14 en 3 dagen ervoor" in text
    assert "12 maanden" in text


@pytest.mark.django_db
def test_the_letter_to_parents_asks_what_a_statement_says_and_how_to_print_it() -> None:
    text = " ".join(Client().get("/over/brief-aan-ouders/").content.decode().split())

    for words in (
        "Dan zien ook leraren van de eigen school het fragment alleen met uw toestemming.",
        "Uw kind zit dan buiten beeld en is niet te horen. Dat geldt ook als uw kind zelf niet wil.",
        "De leraar vertelt de klas wanneer er wordt gefilmd.",
        "Iedereen met gezag over het kind tekent",
        "Afdrukken of bewaren als pdf gaat met je browser",
    ):
        assert words in text


def test_the_login_page_and_the_menu_lead_there(participant: Membership, sign_in: SignIn) -> None:
    for page in (Client().get("/account/login/"), sign_in(participant).get("/")):
        assert 'href="/over/privacy/"' in page.content.decode()


@pytest.mark.django_db
def test_they_set_no_cookie_and_load_nothing_from_elsewhere() -> None:
    page = Client().get("/over/privacy/")

    assert set(page.cookies) <= {"csrftoken"}
    assert 'src="http' not in page.content.decode() and 'href="http' not in page.content.decode()
