"""What the beheerder reads and can do: accounts, groups by name, the audit in words, whether mail works, coaches."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.admin import beheer as site
from groups.models import Invitation, Membership, User
from groups.services import inviting
from netwerkleren.base import audit
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.factories import make_member, make_user
from tests.types import CountQueries, OnCommit, SignIn

from .invited import link_in

INVITE = "/beheer/groups/invitation/add/"


@pytest.fixture
def browser(beheerder: User, sign_in: SignIn) -> Client:
    return sign_in(beheerder)


def text_of(browser: Client, address: str) -> str:
    """What a page says, without its tags."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[1]).split())


def change(of: User) -> str:
    return reverse("admin:groups_user_change", args=[of.pk])


# --- Accounts and groups ---


def test_a_beheerder_changes_no_address_and_makes_no_superuser(browser: Client, outsider: User) -> None:
    own = outsider.email
    sent = {"email": "kaper@elders.example", "name": "Lies", "is_active": "on", "is_superuser": "on"}
    assert browser.post(change(outsider), sent).status_code == 302
    outsider.refresh_from_db()
    assert (outsider.email, outsider.name, outsider.is_superuser) == (own, "Lies", False)


def test_no_table_of_allauth_is_there_to_see_or_change() -> None:
    assert {model._meta.label for model in site._registry} == {
        "groups.User",
        "groups.Invitation",
        "groups.School",
        "groups.NetworkGroup",
        "base.AuditEvent",
    }


@pytest.mark.parametrize(
    "table", ["account/emailaddress", "mfa/authenticator", "usersessions/usersession", "auth/group", "admin/logentry"]
)
def test_an_address_of_another_table_does_not_exist(browser: Client, table: str) -> None:
    assert browser.get(f"/beheer/{table}/").status_code == 404
    assert browser.get(f"/beheer/{table}/add/").status_code == 404


def test_a_password_is_changed_where_everyone_changes_it(browser: Client) -> None:
    answer = browser.get(reverse("admin:password_change"))
    assert answer.headers["Location"] == reverse("account_change_password")


def test_accounts_show_their_groups_by_name(browser: Client, coach: Membership, participant: Membership) -> None:
    page = text_of(browser, reverse("admin:groups_user_changelist"))
    assert "De Hondsrug (coach)" in page and "De Hondsrug (deelnemer)" in page
    assert "De Hondsrug (deelnemer)" in text_of(browser, change(participant.user))
    assert "Hanneke Dijkstra 1" in text_of(browser, reverse("admin:groups_networkgroup_changelist"))


@pytest.mark.parametrize("table", ["user", "networkgroup"])
def test_a_list_asks_as_much_for_one_as_for_thirty(
    browser: Client, participant: Membership, table: str, django_assert_num_queries: CountQueries
) -> None:
    address = reverse(f"admin:groups_{table}_changelist")
    for _round in range(2):
        with django_assert_num_queries(6):
            browser.get(address)
        for _number in range(30):
            make_member(participant.group)


def test_a_change_leaves_no_name_in_a_log_of_djangos(browser: Client, outsider: User) -> None:
    browser.post(change(outsider), {"name": "Lies", "is_active": "on"})
    assert not LogEntry.objects.exists()


# --- The audit in words ---


def test_the_audit_is_read_in_words_that_are_looked_up_now(
    browser: Client, coach: Membership, participant: Membership
) -> None:
    audit.record(coach.user, "member.removed", participant, group_id=coach.group_id)
    page = text_of(browser, reverse("admin:base_auditevent_changelist"))
    assert "Hanneke Dijkstra haalde iemand uit de groep Marijke Hoekstra De Hondsrug" in page
    User.objects.filter(pk=participant.user_id).update(name="Marijke de Boer")
    assert "Marijke de Boer" in text_of(browser, reverse("admin:base_auditevent_changelist"))


def test_who_is_gone_reads_oud_deelnemer(browser: Client, coach: Membership) -> None:
    gone = make_user("Piet Vos")
    audit.record(gone, "clip.shared", None, group_id=coach.group_id)
    audit.record(coach.user, "user.changed", gone)
    AuditEvent.objects.create(actor_id=uuid4(), action="clip.viewed", group_id=uuid4())
    gone.delete()
    page = text_of(browser, reverse("admin:base_auditevent_changelist"))
    assert "oud-deelnemer deelde een fragment – De Hondsrug" in page
    assert "Hanneke Dijkstra veranderde een account oud-deelnemer" in page
    assert "oud-deelnemer bekeek een fragment – een groep die weg is" in page
    assert "Piet Vos" not in page


def test_the_audit_asks_as_much_for_one_as_for_thirty(
    browser: Client, coach: Membership, participant: Membership, django_assert_num_queries: CountQueries
) -> None:
    for _round in range(2):
        audit.record(coach.user, "member.removed", participant, group_id=coach.group_id)
        with django_assert_num_queries(8):
            browser.get(reverse("admin:base_auditevent_changelist"))
        for _number in range(30):
            audit.record(make_user(), "clip.viewed", group_id=coach.group_id)


def test_the_audit_is_filtered_by_what_was_done(browser: Client, coach: Membership) -> None:
    for action in ("clip.shared", "clip.viewed"):
        audit.record(coach.user, action)
    address = reverse("admin:base_auditevent_changelist")
    rows = re.findall(r'class="field-did">([^<]+)', browser.get(f"{address}?action=clip.shared").content.decode())
    assert rows == ["deelde een fragment"]


def test_an_event_has_no_page_of_its_own(browser: Client, coach: Membership) -> None:
    event = audit.record(coach.user, "clip.shared")
    address = reverse("admin:base_auditevent_change", args=[event.pk])
    assert browser.get(address).status_code == 302
    assert browser.post(address, {"action": "clip.viewed"}).status_code == 302
    event.refresh_from_db()
    assert event.action == "clip.shared"


# --- Whether mail works ---


def test_the_page_says_what_went_what_did_not_and_what_waits(browser: Client) -> None:
    page = reverse("admin:mail")
    assert "er ging nog geen mail" in text_of(browser, page)
    now = timezone.now()
    OutgoingMail.objects.create(kind="meetings.facts", recipient="a@b.example", status="sent", sent_at=now)
    assert "kijk even" not in text_of(browser, page)
    OutgoingMail.objects.create(
        kind="groups.invitation", recipient="weg@school.example", status="failed", error="SMTPRecipientsRefused 550"
    )
    waits = OutgoingMail.objects.create(kind="meetings.facts", recipient="a@b.example")
    OutgoingMail.objects.filter(pk=waits.pk).update(send_after=now - timedelta(hours=1))
    said = text_of(browser, page)
    assert "Uitnodiging, mislukt" in said and "SMTPRecipientsRefused 550" in said
    assert "Wacht op versturen 1 De oudste wacht al sinds" in said
    assert "Niet aangekomen, of onzeker 1" in said and "kijk even" in said
    assert "weg@school.example" not in said


def test_a_trial_goes_to_oneself_and_once_a_minute(
    browser: Client, beheerder: User, django_capture_on_commit_callbacks: OnCommit
) -> None:
    press = reverse("admin:send_trial")
    with time_machine.travel(timezone.now().replace(second=1), tick=False):
        for _press in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                assert browser.post(press).headers["Location"] == reverse("admin:mail")
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([beheerder.email], "Proefmail van Netwerkleren")
    ]
    assert browser.get(press).status_code == 405


@pytest.mark.parametrize("name", ["admin:mail", "admin:send_trial", "admin:index", "admin:groups_invitation_add"])
def test_these_pages_exist_for_no_coach(coach: Membership, sign_in: SignIn, name: str) -> None:
    assert sign_in(coach).get(reverse(name)).status_code == 404
    assert sign_in(coach).post(reverse(name)).status_code == 404


# --- Inviting a coach ---


def invite(browser: Client, on_commit: OnCommit, email: str = "coach@school.example") -> str:
    """Invites by the form, and answers the link in the mail."""
    with on_commit(execute=True):
        assert browser.post(INVITE, {"email": email}).status_code == 302
    return link_in(mail.outbox[-1])


def test_the_page_and_the_mail_say_in_dutch_that_it_invites_a_coach(
    browser: Client, django_capture_on_commit_callbacks: OnCommit
) -> None:
    page = text_of(browser, INVITE)
    assert "Nodig een coach uit" in page and "E-mailadres van de coach" in page
    invite(browser, django_capture_on_commit_callbacks)
    assert mail.outbox[0].subject == "Je bent uitgenodigd als coach"
    invited = Invitation.objects.get()
    said = text_of(browser, reverse("admin:groups_invitation_change", args=[invited.pk]))
    assert "De uitnodiging als coach is voor coach@school.example." in said and "uitgenodigd" in said


def test_sending_it_again_leaves_one_live_link(browser: Client, django_capture_on_commit_callbacks: OnCommit) -> None:
    first = invite(browser, django_capture_on_commit_callbacks)
    invited = Invitation.objects.get()
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=5)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        browser.post(reverse("admin:groups_invitation_resend", args=[invited.pk]))
    assert len(mail.outbox) == 2
    assert Client().get(first).status_code == 404
    assert Client().get(link_in(mail.outbox[1])).status_code == 302


@pytest.mark.parametrize("ended", ["revoked_at", "expires_at"])
def test_inviting_anew_after_one_that_ended_is_the_same_invitation(
    browser: Client, ended: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    first = invite(browser, django_capture_on_commit_callbacks)
    Invitation.objects.update(**{ended: timezone.now() - timedelta(days=1)})
    second = invite(browser, django_capture_on_commit_callbacks, "Coach@School.example")
    invited = Invitation.objects.get()
    assert invited.is_open
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=5)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        browser.post(reverse("admin:groups_invitation_resend", args=[invited.pk]))
    assert [Client().get(link).status_code for link in (first, second, link_in(mail.outbox[-1]))] == [404, 404, 302]


def test_it_can_be_withdrawn_and_says_so(browser: Client, django_capture_on_commit_callbacks: OnCommit) -> None:
    link = invite(browser, django_capture_on_commit_callbacks)
    invited = Invitation.objects.get()
    browser.post(reverse("admin:groups_invitation_revoke", args=[invited.pk]))
    assert Client().get(link).status_code == 410
    assert "ingetrokken" in text_of(browser, reverse("admin:groups_invitation_changelist"))


def test_the_list_shows_that_it_was_accepted(browser: Client, beheerder: User, outsider: User) -> None:
    invited = inviting.invite_coach(actor=beheerder, email=outsider.email)
    assert "aangenomen" not in text_of(browser, reverse("admin:groups_invitation_changelist")).split(outsider.email)[1]
    inviting.accept_signed_in(actor=outsider, invitation=invited)
    row = text_of(browser, reverse("admin:groups_invitation_changelist")).split(outsider.email)[1]
    assert row.startswith(" coach aangenomen")
    page = browser.get(reverse("admin:groups_invitation_change", args=[invited.pk])).content.decode()
    assert "Verstuur opnieuw" not in page and "Trek in" not in page


def test_who_is_a_coach_already_is_not_invited(browser: Client, coach: Membership) -> None:
    answer = browser.post(INVITE, {"email": coach.user.email.upper()})
    assert answer.status_code == 422
    assert "is al coach." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_of_a_group_is_its_coachs_to_send_and_withdraw(browser: Client, coach: Membership) -> None:
    invited = Invitation.objects.create(email="anna@school.example", group=coach.group)
    for press in ("resend", "revoke"):
        browser.post(reverse(f"admin:groups_invitation_{press}", args=[invited.pk]))
    invited.refresh_from_db()
    assert invited.is_open and not OutgoingMail.objects.exists()


# --- The look ---


@pytest.mark.parametrize("name", ["index", "mail", "groups_user_changelist", "groups_invitation_add"])
def test_it_is_in_the_portals_look(browser: Client, name: str) -> None:
    page = browser.get(reverse(f"admin:{name}")).content.decode()
    assert "TalentKrachtig<br>Netwerkleren" in page
    assert page.index("admin/css/base.css") < page.index("css/tokens.css") < page.index("css/admin.css")
    assert "theme.js" not in page and " style=" not in page
