"""A second step that was lost: the beheerder sends an invitation, and its owner alone takes the step off
(docs/security.md L1)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail as outbox_module
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import FactorReset, Membership, User
from groups.services import factor_resets
from netwerkleren.base import limits
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.access.table import leads_to_login, own_phone_of
from tests.factories import add_second_factor
from tests.groups.signing_in import PASSWORD
from tests.types import OnCommit, SignIn

LINK = re.compile(r"/tweede-stap/[\w-]{20,}/")


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def link(coach: Membership, beheerder: User, django_capture_on_commit_callbacks: OnCommit) -> str:
    """In the mail to `coach`, who has a second step."""
    return _mailed(beheerder, coach.user, django_capture_on_commit_callbacks)


def _mailed(beheerder: User, user: User, on_commit: OnCommit) -> str:
    with on_commit(execute=True):
        factor_resets.invite_anew(actor=beheerder, user=user)
    (letter,) = [one for one in outbox_module.outbox[-1:] if one.to == [user.email]]
    found = LINK.search(str(letter.body))
    assert found is not None
    return found[0]


def opened(link: str) -> Client:
    browser = Client()
    assert browser.get(link)["Location"] == "/tweede-stap/"
    return browser


def accept(browser: Client, password: str = PASSWORD) -> int:
    mark = FactorReset.objects.get().token_hash
    return int(browser.post("/tweede-stap/", {"about": mark, "password": password}).status_code)


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def test_the_beheerder_sends_a_mail_and_nothing_of_the_account_changes(
    coach: Membership, beheerder: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser = sign_in(beheerder)
    address = reverse("admin:groups_user_factor", args=[coach.user_id])
    page = browser.get(reverse("admin:groups_user_change", args=[coach.user_id])).content.decode()
    assert f'action="{address}"' in page and "Nieuwe uitnodiging voor een tweede stap" in page

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address)

    assert outbox_module.outbox[-1].to == [coach.user.email]
    assert outbox_module.outbox[-1].subject == "Zet je tweede stap opnieuw aan"
    assert has_factor(coach.user)
    assert AuditEvent.objects.get(action="factor.invited").actor_id == beheerder.pk


def test_its_owner_takes_it_off_and_sets_one_up_at_once(
    coach: Membership, link: str, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    elsewhere, phone = sign_in(coach), own_phone_of(coach.user)
    elsewhere.post("/account/login/")
    browser = opened(link)

    with django_capture_on_commit_callbacks(execute=True):
        assert accept(browser) == 302

    assert not has_factor(coach.user)
    assert outbox_module.outbox[-1].subject == "Je tweede stap is weg"
    assert AuditEvent.objects.get(action="factor.taken_off").actor_id == coach.user_id
    assert leads_to_login(phone.get("/talentmomenten/"))
    browser.post("/account/login/", {"login": coach.user.email, "password": PASSWORD})
    assert browser.get("/")["Location"] == reverse("mfa_index")


def test_who_is_signed_in_anywhere_is_out(
    coach: Membership, participant: Membership, beheerder: User, django_capture_on_commit_callbacks: OnCommit
) -> None:
    """Of a deelnemer, who gets in by the password when there is no second step."""
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": participant.user.email, "password": PASSWORD})
    assert elsewhere.get("/").status_code == 200
    add_second_factor(participant.user)

    assert accept(opened(_mailed(beheerder, participant.user, django_capture_on_commit_callbacks))) == 302

    assert leads_to_login(elsewhere.get("/"))
    again = Client()
    again.post("/account/login/", {"login": participant.user.email, "password": PASSWORD})
    assert again.get("/").status_code == 200


def test_a_link_that_is_opened_changes_nothing_and_the_password_is_asked(coach: Membership, link: str) -> None:
    browser = opened(link)
    for method in (browser.get, browser.head):
        assert method("/tweede-stap/").status_code == 200
    assert accept(browser, "helemaal-fout") == 422
    assert has_factor(coach.user)


def test_wrong_passwords_are_limited_as_at_a_login(coach: Membership, link: str) -> None:
    browser = opened(link)
    for _turn in range(10):
        assert accept(browser, "helemaal-fout") == 422
    assert accept(browser) == 429
    assert has_factor(coach.user)


def test_the_link_works_once_and_fourteen_days(coach: Membership, link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert Client().get(link).status_code == 404
    browser, second = opened(link), opened(link)
    assert accept(browser) == 302
    add_second_factor(coach.user)
    assert second.post("/tweede-stap/", {"about": "", "password": PASSWORD}).status_code == 404
    assert Client().get(link).status_code == 404
    assert has_factor(coach.user)


def test_a_later_mail_is_the_one_live_link(
    coach: Membership, beheerder: User, link: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    assert factor_resets.invite_anew(actor=beheerder, user=coach.user) is False
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        later = _mailed(beheerder, coach.user, django_capture_on_commit_callbacks)
        assert Client().get(link).status_code == 404
        assert Client().get(later).status_code == 302


def test_a_link_to_an_address_that_was_left_opens_nothing(coach: Membership, link: str) -> None:
    User.objects.filter(pk=coach.user_id).update(email="ander@school.example")
    assert Client().get(link).status_code == 404


def test_of_an_account_without_one_no_mail_goes_and_nothing_says_so(
    participant: Membership, beheerder: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = sign_in(beheerder).post(reverse("admin:groups_user_factor", args=[participant.user_id]), follow=True)
    assert f"Heeft {participant.user.email} een tweede stap, dan is de mail" in page.content.decode()
    assert outbox_module.outbox == []
    assert OutgoingMail.objects.get().status == OutgoingMail.Status.DROPPED


@pytest.mark.parametrize("who", ["coach", "participant", "outsider"])
def test_nobody_but_a_beheerder_sends_it(
    who: str, request: pytest.FixtureRequest, maatje: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.post(reverse("admin:groups_user_factor", args=[maatje.user_id])).status_code == 404
    assert not FactorReset.objects.exists()


def test_mails_and_wrong_links_have_limits(coach: Membership, beheerder: User, sign_in: SignIn) -> None:
    for _turn in range(limits.INVITATIONS.most):
        limits.INVITATIONS.count(beheerder.pk)
    said = sign_in(beheerder).post(reverse("admin:groups_user_factor", args=[coach.user_id]), follow=True)
    assert "Dit ging te vaak achter elkaar." in said.content.decode()
    assert not FactorReset.objects.exists()
    guesser = Client(REMOTE_ADDR="192.0.2.7")
    assert [guesser.get(f"/tweede-stap/{'x' * 43}/").status_code for _turn in range(31)] == [404] * 30 + [429]


def test_what_is_kept_of_a_link_is_its_hash(link: str) -> None:
    token = link.split("/")[2]
    assert len(token) >= 43 and token not in str(vars(FactorReset.objects.get()))
    assert "noindex" in opened(link).get("/tweede-stap/")["X-Robots-Tag"]
    assert Client().get(link)["Referrer-Policy"] == "no-referrer"
