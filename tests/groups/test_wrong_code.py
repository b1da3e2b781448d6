"""The code of a second step: what is said of a wrong one, and how many may be (docs/security.md L2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from groups.models import User
from netwerkleren.base import limits
from tests.factories import make_user
from tests.groups.signing_in import PASSWORD

CODE = "/account/2fa/authenticate/"
SAID = "Deze code klopt niet. Kijk in je app welke code er nu staat, of gebruik een noodcode."


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def person() -> User:
    return _with_codes(make_user("Anna de Vries"))


def _with_codes(user: User) -> User:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def right_codes(user: User) -> list[str]:
    from allauth.mfa.models import Authenticator

    kept: Any = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap()
    return list(kept.get_unused_codes())


def half_way(user: User, address: str = "192.0.2.1") -> Client:
    """A browser in which the password was right, and the code is asked."""
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith(CODE)
    return browser


def fill(limit: limits.Limit, *who: object) -> None:
    for _turn in range(limit.most):
        limit.count(*who)


def test_a_wrong_code_is_told_in_our_words_beside_the_field(person: User) -> None:
    page = half_way(person).post(CODE, {"code": "000000"}).content.decode()

    assert SAID in page and "Incorrect code" not in page
    field = page[page.index('name="code"') :]
    assert 'aria-invalid="true"' in field[: field.index(">")]


def test_the_eleventh_wrong_code_is_not_looked_at_and_a_right_one_waits_too(person: User) -> None:
    browser, right = half_way(person), right_codes(person)
    assert {browser.post(CODE, {"code": "000000"}).status_code for _turn in range(10)} == {200}

    refused = browser.post(CODE, {"code": right[0]})

    assert refused.status_code == 429
    assert 800 < int(refused.headers["Retry-After"]) <= 900
    assert "Dit ging te vaak achter elkaar. Probeer het over" in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert half_way(person).post(CODE, {"code": right[0]}).status_code == 302


def test_right_codes_never_count(person: User) -> None:
    codes = right_codes(person)[:9]
    for _turn in range(9):
        limits.CODE_HERE.count(person.pk, "192.0.2.1")

    assert {half_way(person).post(CODE, {"code": code}).status_code for code in codes} == {302}


def test_a_right_code_is_not_refused_for_what_another_got_wrong(person: User) -> None:
    """Another account at the same school, and someone elsewhere who knows this one's password."""
    other = half_way(_with_codes(make_user("Piet Vos")))
    for _turn in range(11):
        other.post(CODE, {"code": "000000"})
    fill(limits.CODE_HERE, person.pk, "198.51.100.1")

    assert half_way(person).post(CODE, {"code": right_codes(person)[0]}).status_code == 302


def test_one_account_is_not_guessed_from_many_networks(person: User) -> None:
    for number in range(3):
        guesser = half_way(person, f"198.51.100.{number}")
        for _turn in range(10):
            guesser.post(CODE, {"code": "000000"})

    assert half_way(person).post(CODE, {"code": right_codes(person)[0]}).status_code == 429


def test_the_same_holds_where_who_is_signed_in_is_asked_again(person: User) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": right_codes(person)[0]})
    again = "/account/2fa/reauthenticate/"

    assert SAID in browser.post(again, {"code": "000000"}).content.decode()
    fill(limits.CODE_HERE, person.pk, "192.0.2.1")
    assert browser.post(again, {"code": right_codes(person)[0]}).status_code == 429
