"""An address with an invisible character is mailed, and can never be typed again: no field takes one."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from groups.models import Invitation, Membership, User
from meetings.models import Expert, ExpertInvitation, Meeting
from netwerkleren.base.models import OutgoingMail
from tests.factories import make_user
from tests.types import SignIn

from .signing_in import PASSWORD, log_in

HIDDEN = "\u202akarin\u200b@scho\u00adol.example\u00a0\ufeff"
SEEN = "karin@school.example"


@pytest.fixture
def karin(db: None) -> User:
    return make_user("Karin Bos", email=SEEN)


def test_in_a_pasted_list(coach: Membership, sign_in: SignIn) -> None:
    sign_in(coach).post(reverse("groups:invitations", args=[coach.group.pk]), {"people": f"Karin <{HIDDEN}>"})
    assert Invitation.objects.get().email == SEEN


def test_of_an_expert(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    sign_in(coach).post(reverse("meetings:invite_expert", args=[meeting.pk]), {"name": "Karin", "email": HIDDEN})
    assert ExpertInvitation.objects.get().expert.email == SEEN


def test_of_a_coach_whom_the_beheerder_invites(beheerder: User, sign_in: SignIn) -> None:
    sign_in(beheerder).post(reverse("admin:groups_invitation_add"), {"email": HIDDEN})
    assert Invitation.objects.get().email == SEEN


def test_at_login(karin: User, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": HIDDEN, "password": PASSWORD})
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(karin.pk)


def test_at_the_reset_of_a_password(karin: User, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": HIDDEN})
    assert [message.to for message in mail.outbox] == [[SEEN]]


def test_at_the_change_of_an_address(outsider: User) -> None:
    browser = log_in(outsider)
    browser.post(reverse("account_email"), {"email": HIDDEN, "action_add": ""})
    assert EmailAddress.objects.filter(user=outsider, email=SEEN).exists()


def test_of_an_account_that_is_made_by_hand(db: None) -> None:
    assert User.objects.create_user(HIDDEN, PASSWORD, name="Karin").email == SEEN


def test_what_was_stored_is_mended_where_it_is_nobody_elses(coach: Membership, karin: User) -> None:
    lost = make_user("Lies", email="lies@school.example")
    User.objects.filter(pk=lost.pk).update(email="lies@school.example\u200b")
    EmailAddress.objects.filter(user=lost).update(email="lies@school.example\u200b", verified=False)
    twin = make_user("Karin", email="x@school.example")
    User.objects.filter(pk=twin.pk).update(email=f"{SEEN}\u200b")
    group = coach.group
    invitation = Invitation.objects.create(group=group, email="piet@school.example\ufeff")
    waiting = OutgoingMail.objects.create(kind="groups.invitation", recipient="piet@school.example\ufeff")
    sent = OutgoingMail.objects.create(kind="groups.invitation", recipient="piet@school.example\ufeff", status="sent")
    expert = Expert.objects.create(group=group, name="Lotte", email="lotte@praktijk.example\u00ad")

    for app, name in [
        ("groups", "0002_addresses_that_can_be_typed"),
        ("meetings", "0004_addresses_that_can_be_mailed"),
    ]:
        importlib.import_module(f"{app}.migrations.{name}").mend_addresses(apps, None)

    for row in (lost, twin, invitation, waiting, sent, expert):
        row.refresh_from_db()
    assert (lost.email, EmailAddress.objects.get(user=lost).email) == ("lies@school.example",) * 2
    assert twin.email == f"{SEEN}\u200b", "it is Karin's already"
    assert (invitation.email, waiting.recipient) == ("piet@school.example",) * 2
    assert sent.recipient == "piet@school.example\ufeff", "what was is not rewritten"
    assert expert.email == "lotte@praktijk.example"


def test_a_link_for_a_new_password_is_for_one_account_in_whichever_tab(karin: User, outsider: User) -> None:
    browser = Client()
    pages = []
    for user in (karin, outsider):
        browser.post(reverse("account_reset_password"), {"email": user.email})
        (link,) = [word for word in str(mail.outbox[-1].body).split() if "/reset/key/" in word]
        pages.append(browser.get(link.partition("8000")[2])["Location"])

    answer = browser.post(pages[0], {"password1": "fiets-regen-appeltaart", "password2": "fiets-regen-appeltaart"})

    assert answer.status_code == 200, "it says that this link does not work"
    for user in (karin, outsider):
        user.refresh_from_db()
        assert user.check_password(PASSWORD)
