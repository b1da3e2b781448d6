"""The second step at login that is asked of a coach and a beheerder: a week for it, and what is there after it."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User, WorkingAgreement
from tests.access.table import leads_to_login
from tests.factories import add_second_factor
from tests.types import SignIn

PAGE = {"Accept": "text/html", "Origin": "http://testserver"}
SET_UP = "/account/2fa/"


@pytest.fixture
def late(coach_without_factor: Membership) -> Membership:
    """A coach without a second step, whose week is over: what no page is there for stands in `tests/access`."""
    return coach_without_factor


def test_a_beheerder_without_one_gets_no_admin(beheerder: User, sign_in: SignIn) -> None:
    client = sign_in(beheerder)
    assert client.get("/beheer/").status_code == 200
    Authenticator.objects.all().delete()
    User.objects.update(second_factor_by=timezone.now())
    assert client.get("/beheer/")["Location"] == SET_UP


def test_what_it_takes_to_set_one_up_is_there_and_one_may_sign_out(late: Membership, sign_in: SignIn) -> None:
    client = sign_in(late)
    page = client.get(SET_UP)
    assert page.status_code == 200
    assert "Als coach of beheerder log je in met een tweede stap." in page.content.decode()
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        asks = client.get(reverse(name))
        assert asks["Location"].startswith(reverse("account_reauthenticate"))
        assert client.get(asks["Location"]).status_code == 200
    assert client.get(reverse("base:who")).json()["account"] == str(late.user_id)
    assert client.post(reverse("account_logout")).status_code == 302
    assert leads_to_login(client.get("/"))


@pytest.mark.parametrize(("factor", "is_enough"), [("totp", True), ("webauthn", True), ("recovery_codes", False)])
def test_with_one_everything_is_there_again(late: Membership, sign_in: SignIn, factor: str, is_enough: bool) -> None:
    client = sign_in(late)
    Authenticator.objects.create(user=late.user, type=factor, data={})
    assert client.get("/").status_code == (200 if is_enough else 302)


def test_there_is_a_week_and_vandaag_says_so(coach: Membership, sign_in: SignIn) -> None:
    """It begins when someone is seen as coach for the first time."""
    Authenticator.objects.all().delete()
    User.objects.update(second_factor_by=None)
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        sign_in(coach).get(reverse("roof:groups"))
        clock.shift(timedelta(days=6, hours=23))
        client = sign_in(coach)
        assert "Zet een tweede stap aan bij het inloggen" in client.get("/").content.decode()
        add_second_factor(coach.user)
        assert "Zet een tweede stap aan bij het inloggen" not in client.get("/").content.decode()
        Authenticator.objects.all().delete()
        clock.shift(timedelta(hours=1))
        assert client.get("/")["Location"] == SET_UP


def test_nobody_else_is_asked(participant: Membership, sign_in: SignIn) -> None:
    assert sign_in(participant).get("/").status_code == 200
    participant.user.refresh_from_db()
    assert participant.user.second_factor_by is None


def test_who_is_coach_no_longer_has_a_week_when_they_are_again(late: Membership, sign_in: SignIn) -> None:
    client = sign_in(late)
    User.objects.update(is_coach=False)
    Membership.objects.update(role=Membership.Role.PARTICIPANT)
    assert client.get("/").status_code == 200
    User.objects.update(is_coach=True)
    assert client.get("/").status_code == 200
    late.user.refresh_from_db()
    assert late.user.second_factor_by is not None and late.user.second_factor_by > timezone.now() + timedelta(days=6)


def test_in_the_demo_nobody_is_asked(late: Membership, sign_in: SignIn, settings: LazySettings) -> None:
    settings.DEMO = True
    assert sign_in(late).get("/").status_code == 200


def test_what_was_typed_is_shown_and_nothing_is_saved(late: Membership, sign_in: SignIn) -> None:
    address = reverse("groups:agreements", args=[late.group_id])
    answer = sign_in(late).post(address, {"text": "Wij praten over wat lukt."}, headers=PAGE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Wat je net verstuurde, is nog niet opgeslagen." in page
    assert '">Wij praten over wat lukt.</textarea>' in page
    assert "js/pages/not-sent.js" in page
    assert WorkingAgreement.objects.count() == 0


def test_what_another_site_posts_is_not_shown(late: Membership, sign_in: SignIn) -> None:
    address = reverse("groups:agreements", args=[late.group_id])
    headers = PAGE | {"Origin": "https://elders.example"}
    assert (
        "Bel dit nummer"
        not in sign_in(late).post(address, {"text": "Bel dit nummer"}, headers=headers).content.decode()
    )


def test_saving_while_typing_and_htmx_are_told_why(late: Membership, sign_in: SignIn) -> None:
    address = reverse("groups:agreements", args=[late.group_id])
    client = sign_in(late)
    sentence = "Als coach of beheerder log je in met een tweede stap. Zet die eerst aan, dan kun je verder."
    saving = client.post(address, {"text": "…"}, headers={"Accept": "application/json"})
    assert (saving.status_code, saving.json()) == (403, {"message": sentence})
    pressed = client.post(address, {"text": "…"}, headers={"HX-Request": "true"})
    assert (pressed.status_code, pressed["HX-Redirect"], pressed.content.decode()) == (403, SET_UP, sentence)
    waited = client.post(address, {"text": "…"}, headers={"X-From-Outbox": "1", "Accept": "text/html"})
    assert (waited.status_code, waited.content.decode()) == (403, sentence)


def test_who_was_coach_before_this_release_has_a_week_from_then(
    coach: Membership, beheerder: User, participant: Membership
) -> None:
    User.objects.update(second_factor_by=None)
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False):
        import_module("groups.migrations.0006_when_a_second_factor_is_asked").give_a_week(apps, None)
        asked = User.objects.filter(second_factor_by=timezone.now() + timedelta(days=7))
    assert set(asked) == {coach.user, beheerder}
