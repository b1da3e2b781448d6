"""The one door for text: whatever comes in, no control character gets past it, and a line end is a line feed."""

import pytest
from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

from groups.admin import beheer as site
from groups.admin.invitations import CoachForm
from groups.models import Membership, School, User
from netwerkleren.base.fields import PlainBoundField
from netwerkleren.base.text import one_line, only_seen, plain
from tests.types import SignIn

PASTED = "Eerst\r\nWord\vbreekt\rzo\u2028en\u2029zo\x85af\x00\x02\x1b\x7f\ud800\ufffe.\tKlaar"


class Everything(forms.Form):
    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    email = forms.EmailField()
    link = forms.URLField(assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput, strip=False)
    many = forms.MultipleChoiceField(choices=[("a b", "a b")])


def test_a_text_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    assert plain(PASTED) == "Eerst\nWord\nbreekt\nzo\nen\nzo\naf.\tKlaar"


def test_a_line_stays_one_line() -> None:
    assert one_line(PASTED) == "Eerst Word breekt zo en zo af. Klaar"


def test_letters_of_every_script_and_their_joiners_stay() -> None:
    words = "Zoë نورا می‌خواهم 👩‍🏫 ሰላም 日本 e\u0301"
    assert plain(words) == one_line(words) == words


@pytest.mark.parametrize(
    "typed",
    [
        "karin@school.nl\u200b",
        "\ufeffkarin@school.nl",
        "karin@scho\u00adol.nl",
        "\u202akarin@school.nl\u202c",
        "\u00a0karin@school.nl\u3000\r\n",
        "karin@school.nl\u2060\ufe0f\u3164\u2800\u115f\ue000\x02",
    ],
)
def test_an_address_is_what_is_seen_of_it(typed: str) -> None:
    assert only_seen(typed) == "karin@school.nl"


@pytest.mark.parametrize("typed", ["karin @school.nl", "karin\u00a0@school.nl", "karin@scho\u2003ol.nl"])
def test_a_space_within_an_address_is_said_to_be_wrong(typed: str) -> None:
    form = Everything({"email": typed})
    assert "email" in form.errors


def test_every_field_of_a_form_comes_through_the_door() -> None:
    form = Everything(
        {
            "line": PASTED,
            "text": PASTED,
            "email": "karin@school.nl\u200b",
            "link": "https://school.nl/a\u200b\r\n",
            "secret": "a\tb",
            "many": ["a\vb"],
        }
    )
    assert form.is_valid()
    assert form.cleaned_data == {
        "line": one_line(PASTED),
        "text": plain(PASTED),
        "email": "karin@school.nl",
        "link": "https://school.nl/a",
        "secret": "a\tb",
        "many": ["a b"],
    }
    assert form["line"].value() == one_line(PASTED), "and so it comes back"


def test_the_door_stands_before_the_forms_of_packages_too(beheerder: User) -> None:
    request = RequestFactory().get("/")
    request.user = beheerder
    of_admin = site.get_model_admin(School).get_form(request)({"name": "De\nLinde\x00", "place": "Assen\v"})
    assert of_admin.is_valid() and of_admin.cleaned_data == {"name": "De Linde", "place": "Assen"}
    name = site.get_model_admin(User).get_form(request, beheerder)(instance=beheerder)["name"]
    assert isinstance(name, PlainBoundField)
    for field in (CoachForm()["email"], LoginForm()["login"], ResetPasswordForm()["email"]):
        assert isinstance(field, PlainBoundField) and isinstance(field.field, forms.EmailField)


def test_no_form_has_a_door_of_its_own() -> None:
    assert import_string(settings.FORM_RENDERER).bound_field_class is PlainBoundField
    assert forms.BaseForm.bound_field_class is None and forms.Field.bound_field_class is None


@pytest.mark.parametrize("address", ["/live/meeting:%00/", "/groepen/?page=%00", "/?%02=1", "/uitnodiging/a%1bb/"])
def test_an_address_with_a_control_character_does_not_exist(
    address: str, participant: Membership, sign_in: SignIn
) -> None:
    assert sign_in(participant).get(address).status_code == 404
    assert Client().post(address, {"text": "x"}).status_code == 404


def test_a_cookie_with_a_control_character_is_no_cookie(client: Client, db: None) -> None:
    cookies = r'sessionid="\000aaaaaaaaaaaa"; expert="\000b"; theme=dark'
    answer = client.get(reverse("account_login"), headers={"Cookie": cookies, "User-Agent": "Fire\x02fox\x00"})
    assert answer.status_code == 200
    assert 'data-theme="dark"' in answer.content.decode()
