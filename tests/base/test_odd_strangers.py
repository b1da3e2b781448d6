"""The odd values of `test_odd_values.py`, from who has no place in a group: beheerder, signed out, expert."""

from urllib.parse import quote

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from groups.admin import beheer
from groups.models import Invitation, Membership, User
from meetings.guests import COOKIE
from meetings.models import ExpertInvitation
from netwerkleren.base.models import AuditEvent
from tests.types import SignIn

from .test_odd_values import ODD

pytestmark = pytest.mark.on_postgresql

WORDS = ["q", "p", "o", "e", "all", "_to_field", "_popup", "_changelist_filters", "action", "action__isnull", "id__in"]
LOOKUPS = ["role__exact", "at__gte", "group__id__exact", "pk", "email__regex", "name__in", "is_active__exact"]
REGISTERED = list(beheer._registry)


@pytest.fixture
def at_the_desk(beheerder: User, coach: Membership, participant: Membership, sign_in: SignIn) -> Client:
    Invitation.objects.create(group=coach.group, email="anna@school.example")
    AuditEvent.objects.create(action="clip.added")
    browser = sign_in(participant)
    browser.force_login(beheerder)
    return browser


# Django says so of a date in an address that has no zone; it then takes the portal's.
@pytest.mark.filterwarnings("ignore:DateTimeField AuditEvent.at received a naive datetime:RuntimeWarning")
@pytest.mark.parametrize("model", REGISTERED)
def test_no_odd_word_of_a_list_of_beheer_is_a_fault_of_ours(model: type[Model], at_the_desk: Client) -> None:
    of = f"{model._meta.app_label}_{model._meta.model_name}"
    address = reverse(f"admin:{of}_changelist")
    for word in [*WORDS, *LOOKUPS]:
        for odd in ODD:
            assert at_the_desk.get(address, {word: odd}).status_code < 500, (word, odd)
    for odd in ODD:
        ticked = {"action": odd, "_selected_action": [odd], "index": odd, "select_across": odd}
        for sent in (ticked, {"action": "delete_selected", "_selected_action": [odd], "select_across": "0"}):
            assert at_the_desk.post(address, sent).status_code < 500, sent


@pytest.mark.parametrize("model", REGISTERED)
def test_nor_one_in_a_form_of_beheer(model: type[Model], at_the_desk: Client) -> None:
    of = f"{model._meta.app_label}_{model._meta.model_name}"
    row = model._base_manager.first()
    addresses = [reverse(f"admin:{of}_add")]
    if row is not None:
        addresses += [reverse(f"admin:{of}_{page}", args=[row.pk]) for page in ("change", "delete", "history")]
    fields = [field.name for field in model._meta.get_fields()]
    for address in addresses:
        for odd in ODD:
            sent = dict.fromkeys([*fields, "post", "date_joined_0", "date_joined_1", "published_at_0"], odd)
            assert at_the_desk.post(address, sent).status_code < 500, (address, odd)
    for odd in ODD:
        path = reverse(f"admin:{of}_changelist") + quote(odd, safe="") + "/change/"
        assert at_the_desk.get(path).status_code < 500, odd


FORMS = {
    "account_login": ["login", "password", "next", "remember"],
    "account_reset_password": ["email", "next"],
    "account_signup": ["email", "password1", "password2"],
    "groups:invitation": ["name", "password", "about", "school", "place", "discipline", "photo-kept"],
    "meetings:guest": ["answer", "remark", "about"],
    "meetings:guest_answer": ["answer", "remark", "about"],
    "base:who": ["q"],
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("who", ["nobody", "the expert", "the invited"])
def test_nor_one_in_a_form_of_who_has_no_account(
    name: str, who: str, coach: Membership, expert_client: Client, expert_invitation: ExpertInvitation
) -> None:
    browser = expert_client if who == "the expert" else Client()
    mark = str(expert_invitation.pk)
    if who == "the invited":
        invited = Invitation.objects.create(group=coach.group, email="anna@school.example", token_hash="1" * 64)
        session = browser.session
        session["invitation"] = mark = invited.token_hash
        session.save()
    address = reverse(name)
    for odd in ODD:
        for sent in (dict.fromkeys(FORMS[name], odd), {**dict.fromkeys(FORMS[name], odd), "about": mark}):
            assert browser.post(address, sent).status_code < 500, odd
            assert browser.get(address, sent).status_code < 500, odd


@pytest.mark.parametrize("credential", ["9" * 5000, "[" * 100_000, '{"a":' * 100_000, "{", ""])
def test_nor_one_in_the_answer_of_a_passkey(credential: str, db: None) -> None:
    answer = Client().post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.status_code < 500


@pytest.mark.parametrize("cookie", [COOKIE, "sessionid", "csrftoken", "messages"])
def test_nor_one_in_a_cookie(cookie: str, db: None) -> None:
    for odd in ("a\x01b", "9" * 5000, "%00", "a:b:c", ":", "\xff"):
        browser = Client()
        browser.cookies[cookie] = odd
        assert browser.get(reverse("meetings:guest")).status_code < 500, odd
        assert browser.get(reverse("account_login")).status_code < 500, odd


def test_nor_one_in_a_link(expert_client: Client, db: None) -> None:
    for browser in (Client(), expert_client):
        for odd in [*ODD, "a:b", "a:b:c", "..", "%2e%2e", "%"]:
            link = quote(odd.encode("utf-8", "surrogatepass"), safe="")
            for start in (
                "/expert/",
                "/uitnodiging/",
                "/account/password/reset/key/1-",
                "/account/password/reset/key/",
                "/account/confirm-email/",
                "/live/expert:",
                "/live/",
                "/media/",
                "/bijeenkomsten/",
            ):
                assert browser.get(f"{start}{link}/").status_code < 500, (start, odd)
