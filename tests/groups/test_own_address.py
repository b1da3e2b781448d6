"""The address of an account: one truth, changed by its owner alone, with a mail to both (docs/security.md L4)."""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from groups.addresses import Address
from groups.models import Invitation, Membership, User
from groups.services import inviting, own_address
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.factories import make_user
from tests.types import OnCommit, SignIn

from .invited import link_in
from .signing_in import PASSWORD, is_signed_in, log_in

NEW = "marijke@nieuweschool.example"


@pytest.fixture
def marijke(participant: Membership) -> User:
    return participant.user


@pytest.fixture
def owner(marijke: User, django_capture_on_commit_callbacks: OnCommit) -> Client:
    """Her browser, in which she asked for the new address."""
    browser = log_in(marijke)
    with django_capture_on_commit_callbacks(execute=True):
        ask(browser, NEW)
    return browser


def ask(browser: Client, email: str) -> None:
    browser.post(reverse("account_email"), {"email": email, "action_add": ""})


def confirm_link() -> str:
    """The path of the link in the last mail to the new address."""
    text = [str(letter.body) for letter in mail.outbox if "/confirm-email/" in str(letter.body)][-1]
    return str(re.findall(r"https?://[^/]+(/account/confirm-email/\S+)", text)[0])


def asks_new_password(email: str) -> list[str]:
    """What a mailbox gets that asks for a new password: the links in it."""
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": email})
    return [word for letter in mail.outbox for word in str(letter.body).split() if "/reset/key/" in word]


def addresses_of(user: User) -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


def test_both_mailboxes_are_told_before_it_counts_and_after(
    owner: Client, marijke: User, django_capture_on_commit_callbacks: OnCommit
) -> None:
    old = marijke.email
    assert sorted((letter.to[0], letter.subject) for letter in mail.outbox) == sorted(
        [(NEW, "Is dit je e-mailadres?"), (old, "Verander je je e-mailadres?")]
    )
    link = confirm_link()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert owner.post(link).headers["Location"] == reverse("account_email")
    marijke.refresh_from_db()
    assert (marijke.email, addresses_of(marijke)) == (NEW, [(NEW, True, True)])
    assert sorted((letter.to[0], letter.subject) for letter in mail.outbox) == sorted(
        [(NEW, "Je e-mailadres is veranderd"), (old, "Je e-mailadres is veranderd")]
    )
    assert all(NEW not in str(letter.body) for letter in mail.outbox if letter.to == [old])
    about_addresses = AuditEvent.objects.filter(action__startswith="address.").order_by("pk")
    assert list(about_addresses.values_list("action", flat=True)) == ["address.asked", "address.changed"]


def test_until_it_is_confirmed_the_new_address_opens_nothing(owner: Client, marijke: User) -> None:
    owner.get(confirm_link())
    marijke.refresh_from_db()
    assert marijke.email != NEW, "looking at the link changes nothing"
    assert asks_new_password(NEW) == []
    assert not is_signed_in(log_in(marijke, NEW))
    assert len(asks_new_password(marijke.email)) == 1


def test_a_mailbox_of_a_stranger_cannot_confirm_a_slip_of_the_pen(
    owner: Client, marijke: User, outsider: User, sign_in: SignIn
) -> None:
    link = confirm_link()
    assert Client().post(link).headers["Location"].startswith(reverse("account_login"))
    sign_in(outsider).post(link)
    marijke.refresh_from_db()
    outsider.refresh_from_db()
    assert NEW not in (marijke.email, outsider.email)


def test_the_old_address_gets_no_working_link_from_then_on(owner: Client, marijke: User) -> None:
    old = marijke.email
    confirm = confirm_link()
    (reset,) = asks_new_password(old)
    owner.post(confirm)
    assert asks_new_password(old) == []
    assert len(asks_new_password(NEW)) == 1
    assert not is_signed_in(log_in(marijke, old)) and is_signed_in(log_in(marijke, NEW))
    path = re.sub(r"https?://[^/]+", "", reset)
    page = Client().get(path)
    assert page.status_code == 200 and "password1" not in page.content.decode(), "the link of before has ended"


def test_invitations_that_waited_go_to_the_new_address_and_their_old_link_ends(
    owner: Client, marijke: User, other_coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    old, confirm = marijke.email, confirm_link()
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite_people(actor=other_coach.user, group=other_coach.group, people=[Address(old)])
    old_link = link_in(mail.outbox[-1])
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(confirm)
    assert Client().get(old_link).status_code == 404
    (letter,) = [letter for letter in mail.outbox if letter.subject.startswith("Doe mee")]
    assert letter.to == [NEW]
    assert Client().get(link_in(letter)).status_code == 302
    assert Invitation.objects.get().email == NEW


def test_of_two_invitations_to_one_group_the_one_to_the_new_address_stands(
    owner: Client, marijke: User, other_coach: Membership
) -> None:
    people = [Address(marijke.email), Address(NEW)]
    inviting.invite_people(actor=other_coach.user, group=other_coach.group, people=people)
    owner.post(confirm_link())
    assert [invitation.email for invitation in Invitation.objects.all()] == [NEW]


def test_mail_that_waits_or_was_lost_goes_to_the_new_address(owner: Client, marijke: User) -> None:
    old = marijke.email
    rows = {
        status: OutgoingMail.objects.create(kind="meetings.facts", recipient=old, status=status)
        for status in OutgoingMail.Status.values
    }
    owner.post(confirm_link())
    went = {status: OutgoingMail.objects.get(pk=row.pk).recipient for status, row in rows.items()}
    assert went == dict.fromkeys(("waiting", "busy", "uncertain", "failed"), NEW) | dict.fromkeys(
        ("sent", "dropped"), old
    )


def test_an_address_of_another_account_never_becomes_ones_own(owner: Client, marijke: User, outsider: User) -> None:
    ask(owner, outsider.email)
    (letter,) = [letter for letter in mail.outbox if letter.to == [outsider.email]]
    answer = owner.post(confirm_link(), follow=True)
    assert "Dit adres kan niet van jou worden." in answer.content.decode()
    marijke.refresh_from_db()
    assert marijke.email != outsider.email and letter.subject == "Is dit je e-mailadres?"
    assert is_signed_in(log_in(outsider))


def test_a_new_password_stops_a_change_that_waits(owner: Client, marijke: User) -> None:
    link, new = confirm_link(), "fiets-regen-appeltaart"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    owner.post(reverse("account_change_password"), form)
    owner.post(link)
    marijke.refresh_from_db()
    assert marijke.email != NEW


def test_another_address_that_is_asked_for_ends_the_link_of_the_one_before(owner: Client, marijke: User) -> None:
    first = confirm_link()
    ask(owner, "derde@school.example")
    owner.post(first)
    marijke.refresh_from_db()
    assert marijke.email != NEW


def test_an_open_session_alone_changes_no_address(marijke: User, sign_in: SignIn) -> None:
    browser = sign_in(marijke)
    answer = browser.post(reverse("account_email"), {"email": NEW, "action_add": ""})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert [email for email, *_ in addresses_of(marijke)] == [marijke.email]
    browser.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
    assert (NEW, False, False) in addresses_of(marijke), "and what was asked goes on after it"


def test_ones_address_cannot_be_taken_away_nor_the_waiting_one_be_put_first(owner: Client, marijke: User) -> None:
    page = reverse("account_email")
    owner.post(page, {"email": marijke.email, "action_remove": ""})
    owner.post(page, {"email": NEW, "action_primary": ""})
    marijke.refresh_from_db()
    assert marijke.email != NEW and sorted(addresses_of(marijke)) == sorted(
        [(marijke.email, True, True), (NEW, False, False)]
    )
    owner.post(page, {"email": NEW, "action_remove": ""})
    assert addresses_of(marijke) == [(marijke.email, True, True)]


def test_the_mail_to_the_old_address_is_dropped_when_nothing_waits_any_more(
    marijke: User, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        own_address.ask_for_address(actor=marijke, email=NEW)
        own_address.forget_waiting_address(actor=marijke)
    assert OutgoingMail.objects.get().status == "dropped"


def test_mijn_gegevens_leads_to_the_page_of_the_address(marijke: User, sign_in: SignIn) -> None:
    assert f'href="{reverse("account_email")}"' in sign_in(marijke).get(reverse("groups:profile")).content.decode()


def test_every_way_to_an_account_gives_it_one_address(db: None) -> None:
    for make in (User.objects.create_user, User.objects.create_superuser):
        user = make(f"{make.__name__}@School.example", PASSWORD, name="Karin")
        assert addresses_of(user) == [(user.email, True, True)]


def test_an_existing_portal_gets_one_address_an_account_and_tells_where_they_differed(db: None) -> None:
    same, moved, waits, bare, twice = (make_user(name, email=f"{name}@school.example") for name in "abcde")
    EmailAddress.objects.filter(user=moved).update(email="oud@school.example")  # the beheerder changed the account
    EmailAddress.objects.create(user=waits, email="straks@school.example")
    EmailAddress.objects.filter(user=bare).delete()
    EmailAddress.objects.filter(user=twice).update(primary=False)
    # What one account has beside it is the address of another.
    EmailAddress.objects.filter(user=bare).delete()
    EmailAddress.objects.create(user=twice, email=bare.email, verified=True, primary=True)
    kept = EmailAddress.objects.get(user=same).pk

    migration = import_module("groups.migrations.0003_one_address_an_account")
    migration.give_each_account_one_address(apps, None)

    for user in (same, moved, waits, bare, twice):
        user.refresh_from_db()
        assert addresses_of(user) == [(user.email, True, True)]
    assert EmailAddress.objects.get(user=same).pk == kept
    told = OutgoingMail.objects.filter(kind="groups.address_changed").order_by("about", "recipient")
    assert {(row.recipient, row.values["is_old"]) for row in told if row.about == moved.pk} == {
        ("oud@school.example", True),
        (moved.email, False),
    }
    assert {row.about for row in told} == {moved.pk, twice.pk}
    assert asks_new_password("oud@school.example") == []
