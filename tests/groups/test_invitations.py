"""From a pasted address to a mail: who is invited, once, again, or no more."""

from datetime import timedelta

import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.addresses import Address
from groups.models import Invitation, Membership, User
from groups.services import accounts, coaching, inviting, members, network_groups
from tests.types import Invite, OnCommit, SignIn

from .invited import ANNA, BUTTON_ONLY, FILLED, fill_in, link_in, open_link


def test_a_draft_sends_no_mail_and_publishing_invites_everyone_once(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        group = network_groups.create_group(
            actor=coach.user, name="Drenthe", people=[ANNA, Address("tom@school.example")]
        )
    assert mail.outbox == []
    assert [invitation.state for invitation in group.invitations.all()] == ["draft", "draft"]

    with django_capture_on_commit_callbacks(execute=True):
        assert network_groups.publish_group(actor=coach.user, group=group) is True
        assert network_groups.publish_group(actor=coach.user, group=group) is False
    assert sorted(message.to[0] for message in mail.outbox) == ["anna@school.example", "tom@school.example"]
    assert {invitation.state for invitation in group.invitations.all()} == {"invited"}


def test_the_mail_has_one_link_in_text_and_html_and_comes_in_the_coachs_name(coach: Membership, invite: Invite) -> None:
    link = invite()
    message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert message.subject == "Doe mee met netwerkgroep De Hondsrug"
    assert message.from_email.startswith('"Hanneke Dijkstra via Netwerkleren"') or message.from_email.startswith(
        "Hanneke Dijkstra via Netwerkleren"
    )
    assert message.reply_to == [coach.user.email]
    assert link in html
    assert "Hallo Anna," in str(message.body)
    assert "Leerlingen met autisme in de klas" in str(message.body)


def test_only_a_hash_of_the_token_is_kept(invite: Invite) -> None:
    token = invite().split("/")[2]
    stored = Invitation.objects.get()
    assert len(token) >= 43
    assert token not in stored.token_hash
    assert len(stored.token_hash) == 64


def test_who_is_a_member_or_invited_already_gets_no_second_mail(
    coach: Membership, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    people = [ANNA, Address(participant.user.email)]
    with django_capture_on_commit_callbacks(execute=True):
        assert len(inviting.invite_people(actor=coach.user, group=coach.group, people=people)) == 1
        assert inviting.invite_people(actor=coach.user, group=coach.group, people=people) == []
    assert [message.to for message in mail.outbox] == [[ANNA.email]]


def test_sending_again_ends_the_old_link_and_a_second_click_sends_nothing(
    invite: Invite, coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    old = invite()
    invited = Invitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert invited.state == "expired"
        with django_capture_on_commit_callbacks(execute=True):
            assert inviting.resend_invitation(actor=coach.user, invitation=invited) is True
            assert inviting.resend_invitation(actor=coach.user, invitation=invited) is False
        assert len(mail.outbox) == 2
        assert Client().get(old).status_code == 404
        assert Client().get(link_in(mail.outbox[-1])).status_code == 302


def test_who_left_does_not_stand_on_the_list_as_taking_part(
    coach: Membership, invite: Invite, sign_in: SignIn, beheerder: User
) -> None:
    client, page = open_link(invite())
    fill_in(client, page, FILLED)
    listed = f"/groepen/{coach.group_id}/uitnodigingen/"
    assert "doet mee" in sign_in(coach).get(listed).content.decode()

    members.remove_member(actor=coach.user, membership=Membership.objects.get(user__email=ANNA.email))

    assert ANNA.email not in sign_in(coach).get(listed).content.decode()
    in_beheer = sign_in(beheerder).get(reverse("admin:groups_invitation_changelist")).content.decode()
    assert ANNA.email in in_beheer and "doet mee" not in in_beheer


def test_a_coach_who_sends_it_again_invites_by_their_own_name(
    coach: Membership, participant: Membership, invite: Invite, django_capture_on_commit_callbacks: OnCommit
) -> None:
    invite()
    coaching.make_coach(actor=coach.user, membership=participant)
    coaching.step_back(actor=coach.user, membership=coach, leave=True)
    mail.outbox.clear()

    with time_machine.travel(timezone.now() + timedelta(minutes=5)), django_capture_on_commit_callbacks(execute=True):
        inviting.resend_invitation(actor=participant.user, invitation=Invitation.objects.get())

    (message,) = mail.outbox
    assert message.reply_to == [participant.user.email]
    assert "Marijke Hoekstra nodigt je uit" in str(message.body)


def test_a_mail_that_waits_for_a_coach_whose_account_is_gone_names_nobody(
    coach: Membership, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite_people(actor=coach.user, group=coach.group, people=[ANNA])
        accounts.delete_account(actor=coach.user)

    (message,) = [message for message in mail.outbox if message.to == [ANNA.email]]
    assert message.reply_to == []
    assert "Je bent uitgenodigd voor netwerkgroep De Hondsrug." in " ".join(str(message.body).split())
    assert "Oud-deelnemer" not in str(message.message())


def test_who_was_removed_can_be_invited_again(
    coach: Membership, participant: Membership, invite: Invite, sign_in: SignIn
) -> None:
    members.remove_member(actor=coach.user, membership=participant)
    client, page = open_link(invite(Address(participant.user.email)), sign_in(participant))
    fill_in(client, page, {"school": str(participant.school_id), "discipline": "groep 6"})
    back = Membership.objects.get(pk=participant.pk)
    assert (back.left, back.discipline) == (None, "groep 6")


def test_a_mail_that_waits_is_dropped_when_the_invitation_was_revoked(
    coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        [invited] = inviting.invite_people(actor=coach.user, group=coach.group, people=[ANNA])
        inviting.revoke_invitation(actor=coach.user, invitation=invited)
    assert mail.outbox == []


def test_a_beheerder_invites_a_coach_in_the_admin(
    beheerder: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_in(beheerder).post("/beheer/groups/invitation/add/", {"email": "Coach@School.example"})
    assert response.status_code == 302
    assert mail.outbox[0].subject == "Je bent uitgenodigd als coach"
    client, page = open_link(link_in(mail.outbox[0]))
    response = fill_in(client, page, {"name": "Karin Bos", "password": FILLED["password"]})
    assert response.headers["Location"] == "/welkom/"
    karin = User.objects.get(email="coach@school.example")
    assert (karin.is_coach, karin.is_staff, karin.memberships.count()) == (True, False, 0)


def test_a_known_user_becomes_coach_by_invitation(
    beheerder: User, outsider: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite_coach(actor=beheerder, email=outsider.email)
    client, page = open_link(link_in(mail.outbox[0]), sign_in(outsider))
    assert fill_in(client, page, BUTTON_ONLY).headers["Location"] == "/"
    outsider.refresh_from_db()
    assert outsider.is_coach


def test_the_coach_pastes_sends_again_and_revokes(
    coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = sign_in(coach)
    page = f"/groepen/{coach.group_id}/uitnodigingen/"
    response = client.post(page, {"people": f"Anna <anna@school.example>; kapot; {coach.user.email}"})
    assert "Dit is geen e-mailadres: “kapot”." in response.content.decode()
    assert "anna@school.example" in response.content.decode()
    assert Invitation.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"people": "Anna <anna@school.example>; kapot", "without_bad": "1"})
    assert [message.to for message in mail.outbox] == [["anna@school.example"]]
    invited = Invitation.objects.get()
    assert "uitgenodigd" in client.get(page).content.decode()
    client.post(f"/groepen/uitnodigingen/{invited.pk}/intrekken/")
    assert "ingetrokken" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/groepen/uitnodigingen/{invited.pk}/opnieuw/")
    assert len(mail.outbox) == 2


def test_more_people_than_a_group_holds_is_said(coach: Membership, sign_in: SignIn) -> None:
    many = "\n".join(f"p{number}@school.example" for number in range(61))
    response = sign_in(coach).post(f"/groepen/{coach.group_id}/uitnodigingen/", {"people": many})
    assert "Dit zijn 61 mensen. Een groep heeft er hoogstens 60." in response.content.decode()
    assert Invitation.objects.count() == 0
