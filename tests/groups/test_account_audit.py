"""The audit holds what happens to accounts, and who was refused: ids only, never changed, twelve months (F5)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.account import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.forms import model_to_dict
from django.test import Client
from django.utils import timezone

from groups.models import Membership, User
from netwerkleren.base import audit
from netwerkleren.base.models import AuditEvent
from tests.factories import make_user
from tests.types import SignIn

RIGHT = "een-lang-wachtwoord"


@pytest.fixture
def person(db: None) -> User:
    cache.clear()
    return make_user("Marijke Hoekstra")


def lines() -> list[tuple[Any, ...]]:
    return list(AuditEvent.objects.order_by("pk").values_list("actor_id", "action", "object_type", "object_id"))


def test_who_logs_in_and_out_leaves_a_line(person: User) -> None:
    browser = Client()
    browser.post("/account/login/", {"login": person.email, "password": RIGHT})
    browser.post("/account/logout/")

    about = ("groups.user", str(person.pk))
    assert lines() == [(person.pk, "account.logged_in", *about), (person.pk, "account.logged_out", *about)]


def test_a_wrong_password_leaves_a_line_with_the_account_and_without_the_address(person: User) -> None:
    Client().post("/account/login/", {"login": person.email, "password": "fout"})
    Client().post("/account/login/", {"login": "niemand@school.example", "password": "fout"})

    assert lines() == [
        (None, "account.login_failed", "groups.user", str(person.pk)),
        (None, "account.login_failed", "", ""),
    ]


def test_a_changed_password_leaves_a_line(person: User, sign_in: SignIn) -> None:
    new = "een-heel-ander-woord-7"
    sign_in(person).post(
        "/account/password/change/", {"oldpassword": RIGHT, "password1": new, "password2": new, "password": new}
    )

    assert lines()[-1] == (person.pk, "account.password_changed", "groups.user", str(person.pk))


def test_a_reset_password_and_factors_leave_lines(person: User) -> None:
    factor = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    told: dict[str, Any] = {"sender": User, "request": SimpleNamespace(), "user": person}

    signals.password_reset.send(**told)
    for signal in (authenticator_added, authentication_failed, authenticator_reset, authenticator_removed):
        signal.send(**told, authenticator=factor)

    account, its_factor = ("groups.user", str(person.pk)), ("mfa.authenticator", str(factor.pk))
    assert lines() == [
        (person.pk, "account.password_reset", *account),
        (person.pk, "factor.added", *its_factor),
        (person.pk, "factor.failed", *its_factor),
        (person.pk, "factor.renewed", *its_factor),
        (person.pk, "factor.removed", *its_factor),
    ]


def test_who_is_told_no_leaves_a_line_and_what_is_not_there_leaves_none(
    participant: Membership, outsider: User, sign_in: SignIn
) -> None:
    address = f"/groepen/{participant.group_id}/uitnodigingen/"
    member, stranger = sign_in(participant), sign_in(outsider)

    assert member.get(address).status_code == 403
    assert stranger.get(address).status_code == 404

    refused = [line for line in lines() if line[1] == "page.refused"]
    assert refused == [(participant.user_id, "page.refused", "groups:invitations", str(participant.group_id))]


def test_a_line_holds_ids_only(person: User) -> None:
    Client().post("/account/login/", {"login": person.email, "password": "fout"})

    text = str([model_to_dict(line) for line in AuditEvent.objects.all()])
    assert person.email not in text and "Marijke" not in text and "127.0.0.1" not in text


def test_the_database_changes_no_line(person: User) -> None:
    line = audit.record(person, "clip.shared")

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEvent.objects.filter(pk=line.pk).update(action="clip.erased")

    assert lines() == [(person.pk, "clip.shared", "", "")]


def test_a_line_ends_after_twelve_months(person: User) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=366)):
        audit.record(person, "clip.shared")
    with time_machine.travel(now - timedelta(days=364)):
        audit.record(person, "clip.viewed")

    audit.sweep_audit()

    assert [line[1] for line in lines()] == ["clip.viewed"]
