"""Bedank de expert: after the meeting, once, in words that the coach read first, without a name of a member."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag
from meetings.models import ExpertInvitation, Meeting, Thanks
from netwerkleren.base.models import OutgoingMail
from tests.factories import make_expert_invitation
from tests.types import OnCommit, SignIn

TEXT = "Dank je wel, Lotte!"


@pytest.fixture
def came(meeting: Meeting, coach: Membership) -> ExpertInvitation:
    """Lotte was there yesterday."""
    starts_at = timezone.now() - timedelta(days=1)
    Meeting.objects.update(state="ended", starts_at=starts_at, ended_at=starts_at)
    return make_expert_invitation(meeting, invited_by=coach.user, answer="yes")


def page_of(invitation: ExpertInvitation) -> str:
    return reverse("meetings:thank_expert", args=[invitation.pk])


def test_the_proposal_says_in_numbers_what_became_of_the_questions_and_names_nobody(
    came: ExpertInvitation, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    for outcome in ("answered", "answered", "moved", "withdrawn"):
        Leervraag.objects.create(meeting=came.meeting, author=participant, text="Hoe help ik Bram?", outcome=outcome)

    words = sign_in(coach).get(page_of(came)).context["form"]["text"].value()
    assert "Er waren 3 leervragen: 2 beantwoord, 1 mee naar een volgende bijeenkomst." in words
    assert words.startswith("Beste Lotte Meijerink,") and words.endswith("Hanneke")
    assert "Marijke" not in words and "Bram" not in words


def test_it_goes_once_with_the_way_to_leave_a_handout(
    came: ExpertInvitation, coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser = sign_in(coach)
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post(page_of(came), {"text": TEXT}).status_code == 302
    assert browser.post(page_of(came), {"text": "Andere woorden"}).status_code == 422

    assert [letter.to for letter in mail.outbox] == [[came.expert.email]]
    letter = mail.outbox[0]
    assert TEXT in letter.body and "/expert/" in letter.body
    assert letter.reply_to == [coach.user.email]
    assert "Je bedankje is verstuurd" in browser.get(page_of(came)).content.decode()


def test_until_it_left_it_is_under_way(came: ExpertInvitation, coach: Membership, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    browser.post(page_of(came), {"text": TEXT})
    assert "Je bedankje is onderweg" in browser.get(page_of(came)).content.decode()
    detail = browser.get(reverse("meetings:detail", args=[came.meeting_id])).content.decode()
    assert "Bekijk je bedankje" in detail


def test_after_the_link_ended_the_mail_holds_none(
    came: ExpertInvitation, coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        browser = sign_in(coach)
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(page_of(came), {"text": TEXT})
    assert "/expert/" not in mail.outbox[0].body


@pytest.mark.parametrize("facts", [{"answer": "no"}, {"answer": "open"}, {"revoked_at": timezone.now()}])
def test_who_did_not_come_is_not_thanked(
    facts: dict[str, object], came: ExpertInvitation, coach: Membership, sign_in: SignIn
) -> None:
    ExpertInvitation.objects.update(**facts)
    browser = sign_in(coach)
    assert (browser.get(page_of(came)).status_code, browser.post(page_of(came), {"text": TEXT}).status_code) == (
        302,
        422,
    )
    assert not Thanks.objects.exists() and not OutgoingMail.objects.exists()


def test_nobody_is_thanked_before_the_meeting(came: ExpertInvitation, coach: Membership, sign_in: SignIn) -> None:
    Meeting.objects.update(state="planned")
    assert sign_in(coach).post(page_of(came), {"text": TEXT}).status_code == 422
