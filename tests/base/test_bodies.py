"""How much may be sent is known before a byte of it is read (docs/security.md U2)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client

from groups.models import Membership
from groups.photos import MOST_BYTES
from groups.urls import WITH_PHOTO
from meetings import handout_files
from tests.access.table import leads_to_login
from tests.bodies import announce
from tests.types import SignIn
from video_feedback.room import MAX_LENGTH

LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    ["/account/login/", "/beheer/login/", "/bestaat-niet/", "/thema/", "/", "/account/password/reset/"],
)
def test_no_address_takes_more_than_a_form_of_text(strict: Client, url: str) -> None:
    response = announce(strict, url, LIMIT + 1)

    assert response.status_code == 413
    assert "Dit is te groot om te versturen" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "status"), [(LIMIT + 1, 413), ("", 411)])
@pytest.mark.parametrize(
    ("referer", "is_ours"), [("http://testserver/fragmenten/nieuw/?x=1", True), ("http://kwaad.example/", False)]
)
def test_the_page_that_refuses_leads_back_to_the_form(
    strict: Client, length: int | str, status: int, referer: str, is_ours: bool
) -> None:
    chunked = {} if length else {"HTTP_TRANSFER_ENCODING": "chunked"}
    response = announce(strict, "/fragmenten/nieuw/", length, HTTP_REFERER=referer, **chunked)

    page = response.content.decode()
    assert response.status_code == status
    assert ('href="/fragmenten/nieuw/?x=1">Terug naar het formulier</a>' in page) is is_ours
    assert ("Terug naar het formulier" in page) is is_ours


def test_every_field_for_a_file_says_beforehand_how_large_it_may_be() -> None:
    files = [field for form in _forms(forms.BaseForm) for field in form.base_fields.values() if _is_for_file(field)]
    limits = {
        (field.widget.attrs.get("data-most-bytes"), bool(field.widget.attrs.get("data-too-large"))) for field in files
    }

    assert limits == {(str(MOST_BYTES), True), (str(handout_files.HANDOUT_BYTES), True), (str(MAX_LENGTH), True)}


def _forms(kind: type[forms.BaseForm]) -> Iterator[Any]:
    """Every form of ours."""
    for form in kind.__subclasses__():
        if not form.__module__.startswith(("django", "allauth", "tests")) and hasattr(form, "base_fields"):
            yield form
        yield from _forms(form)


def _is_for_file(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.FileInput)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/mijn-gegevens/", "/bijeenkomsten/", "/fragmenten/nieuw/"])
def test_who_is_signed_out_sends_nothing(strict: Client, url: str) -> None:
    assert leads_to_login(announce(strict, url, LIMIT))


@pytest.mark.django_db
def test_without_an_invitation_no_photo_is_read(strict: Client) -> None:
    assert announce(strict, "/uitnodiging/", WITH_PHOTO).status_code == 404


def test_an_address_for_a_photo_has_a_limit_of_its_own(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)

    assert announce(browser, "/mijn-gegevens/", WITH_PHOTO + 1).status_code == 413
    with pytest.raises(AssertionError, match="The body was read"):
        announce(browser, "/mijn-gegevens/", WITH_PHOTO)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("length", "headers"),
    [("", {"HTTP_TRANSFER_ENCODING": "chunked"}), ("twaalf", {}), ("-1", {}), ("9" * 19, {}), ("٣", {})],
)
def test_a_body_that_does_not_say_how_long_it_is_is_refused(
    strict: Client, length: str, headers: dict[str, str]
) -> None:
    response = announce(strict, "/account/login/", length, **headers)

    assert response.status_code == 411
    assert "Dit kwam niet goed over" in response.content.decode()


@pytest.mark.django_db
def test_a_module_is_answered_in_a_sentence(strict: Client) -> None:
    response = announce(strict, "/account/login/", LIMIT + 1, HTTP_ACCEPT="application/json")

    assert (response.status_code, response.content.decode()) == (413, "Dit is te groot om te versturen.")
