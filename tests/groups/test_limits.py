"""Limits count failures, in a cache that all processes share (docs/security.md L2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone

from groups.addresses import Address
from groups.models import Membership, User
from groups.services import inviting
from meetings.guests import mint_link
from meetings.models import ExpertInvitation
from netwerkleren.base import limits
from netwerkleren.base.limits import Limit, TooMany
from tests.factories import make_user
from tests.types import SignIn
from video_feedback.models import Clip
from video_feedback.room import Refused
from video_feedback.services import recordings

RIGHT = "een-lang-wachtwoord"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> Iterator[None]:
    cache.clear()
    yield


def log_in(email: str, password: str = RIGHT, *, address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"login": email, "password": password})


def fill(limit: Limit, *who: object) -> None:
    for _turn in range(limit.most):
        limit.count(*who)


@pytest.mark.django_db(transaction=True)
def test_twenty_three_people_of_one_school_log_in_at_once() -> None:
    people = [make_user() for _person in range(23)]

    def enter(person: User) -> int:
        try:
            return int(log_in(person.email).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=23) as pool:
        statuses = list(pool.map(enter, people))

    assert statuses == [302] * 23


def test_the_eleventh_wrong_password_is_not_looked_at_and_the_page_says_when_to_try_again() -> None:
    person = make_user()
    for _turn in range(10):
        assert log_in(person.email, "helemaal-fout").status_code == 200

    refused = log_in(person.email)

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "Dit ging te vaak achter elkaar. Probeer het over 15 minuten nog eens." in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert log_in(person.email).status_code == 302


def test_a_known_and_an_unknown_address_get_the_same_answers() -> None:
    known, unknown = make_user().email, "niemand@school.example"

    answers = {email: [log_in(email, "fout").status_code for _turn in range(12)] for email in (known, unknown)}

    assert answers[known] == answers[unknown] == [200] * 10 + [429] * 2


def test_right_passwords_never_count() -> None:
    person = make_user()

    assert {log_in(person.email).status_code for _turn in range(60)} == {302}


def test_who_guesses_does_not_shut_out_the_owner_elsewhere_until_very_many_were_wrong() -> None:
    person = make_user()
    fill(limits.LOGIN_HERE, person.email, "198.51.100.1")

    assert log_in(person.email, address="198.51.100.1").status_code == 429
    assert log_in(person.email, address="192.0.2.1").status_code == 302


def test_one_account_is_not_guessed_from_many_addresses() -> None:
    person = make_user()
    for number in range(5):
        for _turn in range(10):
            log_in(person.email, "fout", address=f"198.51.100.{number}")

    assert log_in(person.email, address="192.0.2.1").status_code == 429


def test_one_address_does_not_try_many_accounts() -> None:
    fill(limits.LOGIN_ADDRESS, "192.0.2.1")

    assert log_in(make_user().email).status_code == 429
    assert log_in(make_user().email, address="192.0.2.2").status_code == 302


def test_the_admin_has_no_login_of_its_own(beheerder: User, sign_in: SignIn) -> None:
    body = {"username": beheerder.email, "password": RIGHT}
    stranger = Client()

    outside = stranger.post("/beheer/login/", body)
    inside = sign_in(beheerder).post("/beheer/login/", body)

    assert outside.headers["Location"].startswith(LOGIN) and inside.headers["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize("path", ["/uitnodiging/", "/expert/"])
def test_wrong_links_are_not_tried_without_end(path: str, expert_invitation: ExpertInvitation) -> None:
    guesser, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    answers = [guesser.get(f"{path}{uuid4().hex}/").status_code for _turn in range(31)]

    assert answers == [404] * 30 + [429]
    right = f"/expert/{mint_link(expert_invitation)}/"
    assert guesser.get(right).status_code == 429
    assert other.get(right).status_code == 200


def test_a_right_link_does_not_count(expert_invitation: ExpertInvitation) -> None:
    right = f"/expert/{mint_link(expert_invitation)}/"

    assert {Client().get(right).status_code for _turn in range(40)} == {200}


def test_a_new_password_is_asked_five_times_an_hour_for_a_known_and_an_unknown_address() -> None:
    for email in (make_user().email, "niemand@school.example"):
        body = {"email": email}
        answers = [Client().post("/account/password/reset/", body).status_code for _turn in range(6)]

        assert answers == [302] * 5 + [429]


def test_twenty_three_people_of_one_school_ask_a_new_password() -> None:
    answers = {Client().post("/account/password/reset/", {"email": make_user().email}).status_code for _n in range(23)}

    assert answers == {302}


def test_a_coach_who_invites_too_many_keeps_what_was_typed(coach: Membership, sign_in: SignIn) -> None:
    fill(limits.INVITATIONS, coach.user_id)

    page = sign_in(coach).post(f"/groepen/{coach.group_id}/uitnodigingen/", {"people": "nieuw@school.example"})

    assert page.status_code == 429
    assert "Probeer het over 24 uur nog eens." in page.content.decode()
    assert "nieuw@school.example" in page.content.decode()
    assert not coach.group.invitations.exists()


def test_of_too_many_at_once_nobody_is_invited(coach: Membership) -> None:
    for _turn in range(limits.INVITATIONS.most - 1):
        limits.INVITATIONS.count(coach.user_id)
    people = [Address(f"{name}@school.example", "") for name in ("een", "twee")]

    with pytest.raises(TooMany):
        inviting.invite_people(actor=coach.user, group=coach.group, people=people)

    assert not coach.group.invitations.exists()
    inviting.invite_people(actor=coach.user, group=coach.group, people=people[:1])
    assert coach.group.invitations.count() == 1


def test_uploads_are_begun_a_hundred_times_an_hour(participant: Membership) -> None:
    clip = Clip.objects.create(owner=participant, uploaded_by=participant, title="Les")
    fill(limits.UPLOADS, participant.user_id)

    with pytest.raises(Refused) as refused:
        recordings.begin_upload(actor=participant.user, clip=clip, length=1000)

    assert refused.value.status == 429
    assert "minuten" in str(refused.value)


def test_a_counter_that_cannot_be_asked_answers_no_guess_and_is_over_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = make_user()

    def away(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError("unable to open database file")

    browser = Client(raise_request_exception=False)
    with monkeypatch.context() as patched:
        patched.setattr(cache, "get_many", away)
        statuses = {
            browser.post(LOGIN, {"login": person.email, "password": password}).status_code
            for password in ("fout", RIGHT)
        }

    assert statuses == {503}
    assert log_in(person.email).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_take_the_same_slot() -> None:
    limit = Limit("test", 20, timedelta(minutes=1))

    def take(_number: int) -> bool:
        try:
            limit.use("iemand")
        except TooMany:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(max_workers=8) as pool:
        taken = list(pool.map(take, range(30)))

    assert sum(taken) == 20
