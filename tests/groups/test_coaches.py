"""A second coach, and a coach who steps back: the group is handed over for good."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from groups.models import Invitation, Membership, User
from groups.second_factor import first_step
from groups.services import accounts, coaching, inviting
from meetings.models import Meeting
from netwerkleren.base.models import AuditEvent
from tests.factories import add_second_factor, make_user
from tests.types import OnCommit, SignIn

from .invited import ANNA, FILLED, fill_in, link_in, open_link


def test_a_member_who_is_made_coach_may_what_a_coach_may_and_is_told_once(
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    browser = sign_in(coach)
    assert "Marijke Hoekstra coach maken?" in browser.get(f"/groepen/leden/{participant.pk}/coach/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            browser.post(f"/groepen/leden/{participant.pk}/coach/")
    participant.refresh_from_db()
    maatje.refresh_from_db()
    assert (participant.role, participant.pair, maatje.pair) == ("coach", None, None)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([participant.user.email], "Je bent nu coach van De Hondsrug")
    ]
    assert AuditEvent.objects.filter(action="member.made_coach").count() == 1
    assert sign_in(participant).get(f"/groepen/{coach.group_id}/uitnodigingen/").status_code == 200


@pytest.mark.parametrize("has_one", [True, False])
def test_the_mail_asks_for_a_second_step_of_who_has_none(
    has_one: bool, coach: Membership, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    if has_one:
        add_second_factor(participant.user)
    with django_capture_on_commit_callbacks(execute=True):
        coaching.make_coach(actor=coach.user, membership=participant)
    (letter,) = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    for text in (letter.body, letter.alternatives[0][0]):
        assert "plannen en leiden." in str(text)
        assert ("binnen een week" in str(text)) != has_one


def test_who_leads_a_group_is_asked_for_a_second_step_but_may_make_no_groups(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    user = User.objects.get(pk=participant.user_id)
    assert user.second_factor_by is not None
    assert user.second_factor_by > timezone.now()
    assert sign_in(participant).get("/groepen/nieuw/").status_code == 403

    User.objects.filter(pk=user.pk).update(second_factor_by=timezone.now())
    assert first_step(User.objects.get(pk=user.pk)) is not None


def test_who_stepped_back_is_asked_for_a_second_step_no_longer(coach: Membership, participant: Membership) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    coaching.step_back(actor=participant.user, membership=participant, leave=False)
    assert first_step(User.objects.get(pk=participant.user_id)) is None
    assert User.objects.get(pk=participant.user_id).second_factor_by is None


def test_someone_new_is_invited_as_coach_and_leads_the_group(
    coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_in(coach).post(f"/groepen/{coach.group_id}/coaches/", {"people": ANNA.email})
    assert response.status_code == 302
    assert "als coach" in str(mail.outbox[0].body)
    browser, page = open_link(link_in(mail.outbox[0]))
    assert "als coach" in browser.get(page).content.decode()
    fill_in(browser, page, FILLED)
    joined = Membership.objects.get(user__email=ANNA.email)
    assert joined.role == "coach"
    assert (joined.user.is_coach, joined.user.second_factor_by is not None) == (False, True)


def test_who_was_invited_as_deelnemer_is_asked_anew_as_coach_and_never_asked_less(coach: Membership) -> None:
    inviting.invite_people(actor=coach.user, group=coach.group, people=[ANNA])
    added = inviting.invite_people(actor=coach.user, group=coach.group, people=[ANNA], role=Membership.Role.COACH)
    assert [one.role for one in added] == ["coach"]
    assert inviting.invite_people(actor=coach.user, group=coach.group, people=[ANNA]) == []
    assert Invitation.objects.get().role == "coach"


def test_an_older_invitation_as_deelnemer_makes_no_coach_a_deelnemer(
    coach: Membership, participant: Membership
) -> None:
    invitation = Invitation.objects.create(group=coach.group, email=coach.user.email, invited_by=coach.user)
    inviting.accept_signed_in(actor=coach.user, invitation=invitation)
    coach.refresh_from_db()
    assert coach.role == "coach"


def test_the_only_coach_cannot_step_back(coach: Membership, participant: Membership, sign_in: SignIn) -> None:
    with pytest.raises(ValidationError, match="Maak eerst iemand anders coach"):
        coaching.step_back(actor=coach.user, membership=coach, leave=True)
    response = sign_in(coach).post(f"/groepen/leden/{coach.pk}/terugtreden/", follow=True)
    assert "Maak eerst iemand anders coach" in response.content.decode()
    coach.refresh_from_db()
    assert (coach.role, coach.left) == ("coach", None)


@pytest.mark.parametrize("leave", [True, False])
def test_a_coach_steps_back_and_the_other_is_told(
    leave: bool,
    coach: Membership,
    participant: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    browser = sign_in(coach)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/groepen/leden/{coach.pk}/terugtreden/", {"leave": "1"} if leave else {})
    coach.refresh_from_db()
    assert (coach.role, coach.left is not None) == ("participant", leave)
    assert [letter.to for letter in mail.outbox if "geen coach meer" in letter.subject] == [[participant.user.email]]
    assert browser.get(f"/groepen/{coach.group_id}/").status_code == (404 if leave else 200)
    assert browser.get(f"/groepen/{coach.group_id}/uitnodigingen/").status_code == (404 if leave else 403)


def test_the_page_of_stepping_back_names_all_who_go_on(
    coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser, address = sign_in(coach), f"/groepen/leden/{coach.pk}/terugtreden/"
    coaching.make_coach(actor=coach.user, membership=participant)
    assert "Die krijgt er een mail over." in browser.get(address).content.decode()
    coaching.make_coach(actor=coach.user, membership=maatje)
    asked = browser.get(address).content.decode()
    assert "Marijke Hoekstra en Yusuf Demir." in asked and "Zij krijgen er een mail over." in asked


def test_nobody_steps_back_for_another(coach: Membership, participant: Membership, sign_in: SignIn) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    assert sign_in(coach).post(f"/groepen/leden/{participant.pk}/terugtreden/").status_code == 403
    participant.refresh_from_db()
    assert participant.role == "coach"


def test_nobody_who_left_is_made_coach(coach: Membership, ex_member: Membership, sign_in: SignIn) -> None:
    assert sign_in(coach).post(f"/groepen/leden/{ex_member.pk}/coach/").status_code == 404
    with pytest.raises(ValidationError, match="zit niet meer in de groep"):
        coaching.make_coach(actor=coach.user, membership=ex_member)


def test_who_hands_a_running_group_over_can_end_the_account(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    with pytest.raises(ValidationError, match="Maak eerst iemand anders coach"):
        accounts.delete_account(actor=coach.user)
    coaching.make_coach(actor=coach.user, membership=participant)
    accounts.delete_account(actor=coach.user)
    assert not User.objects.get(pk=coach.user_id).is_active


def test_a_member_of_another_group_makes_nobody_coach(
    participant: Membership, other_coach: Membership, sign_in: SignIn
) -> None:
    for person in (other_coach.user, make_user("Ooit Langs")):
        assert sign_in(person).post(f"/groepen/leden/{participant.pk}/coach/").status_code == 404
    assert sign_in(participant).post(f"/groepen/leden/{participant.pk}/coach/").status_code == 403
