"""A form that says no: what was typed is there whole, and its first fault has focus."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from groups.models import LINE, Membership
from meetings.models import Meeting
from tests.types import SignIn


class Two(forms.Form):
    first = forms.CharField(max_length=LINE)
    second = forms.CharField(max_length=LINE)

    def clean(self) -> None:
        if self.cleaned_data.get("first") == "samen fout":
            raise forms.ValidationError("Dit past niet bij elkaar.")


def focused(form: forms.Form) -> list[str]:
    shown = render_to_string("components/fields.html", {"form": form})
    return [tag.split()[0] for tag in shown.split("<") if " autofocus" in tag]


@pytest.mark.parametrize(
    ("sent", "name"), [({"first": "a"}, "second"), ({"second": "a"}, "first"), ({}, "first"), (None, None)]
)
def test_the_first_fault_has_focus_and_nothing_else(sent: dict[str, str] | None, name: str | None) -> None:
    form = Two(sent)
    assert focused(form) == (["input"] if name else [])
    assert [field.name for field in form if " autofocus" in str(field)] == ([name] if name else [])


def test_where_no_field_is_wrong_by_itself_the_sentences_have_focus() -> None:
    assert focused(Two({"first": "samen fout", "second": "a"})) == ["div"]


def test_what_is_too_long_comes_back_whole_and_is_refused_in_words(coach: Membership, sign_in: SignIn) -> None:
    url = reverse("groups:edit", args=[coach.group.pk])
    theme = "Wachten " * 40
    answer = sign_in(coach).post(url, {"name": "De Hondsrug", "theme": theme})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert theme.strip() in shown and "319" in shown and "200" in shown
    assert 'data-most="200"' in shown and "maxlength" not in shown


def test_a_method_that_an_address_does_not_take_is_answered_in_words(coach: Membership, sign_in: SignIn) -> None:
    answer = sign_in(coach).post(reverse("meetings:overview"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert "Dat kan hier niet" in answer.content.decode()


def test_a_module_gets_the_status_alone(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    answer = sign_in(participant).put(reverse("base:topic_version", args=[f"meeting:{meeting.pk}"]))
    assert (answer.status_code, answer.content) == (405, b"")


def test_a_reload_after_a_refusal_shows_the_page_of_the_form(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    url = reverse("meetings:add_agreement", args=[meeting.pk])
    assert browser.post(url, {}).status_code == 422
    assert browser.get(url)["Location"] == reverse("meetings:evaluation", args=[meeting.pk])


def test_the_login_page_leads_back_to_a_page(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    url = reverse("meetings:cancel", args=[meeting.pk])
    login = Client().post(url)["Location"]
    assert login.endswith(f"?next={url}")
    answer = sign_in(coach).get(url, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, reverse("meetings:detail", args=[meeting.pk]))
