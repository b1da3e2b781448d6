"""The expert, and any member, answers a question in writing, in the same place and form."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen import documents
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag, Mailing, WrittenAnswer
from leervragen.own_data import written_answers_part
from leervragen.services import asking, mailing, writing
from meetings.models import ExpertInvitation, Meeting
from tests.types import AskQuestion, SignIn

pytestmark = pytest.mark.django_db

WORDS = "Vraag eerst wat er gebeurde."


@pytest.fixture
def leervraag(ask: AskQuestion) -> Leervraag:
    return ask("Hoe help ik bij een ruzie?")


@pytest.fixture
def mailed(leervraag: Leervraag, expert_invitation: ExpertInvitation) -> Leervraag:
    Mailing.objects.create(invitation=expert_invitation, kind="first").leervragen.add(leervraag)
    return leervraag


def address(leervraag: Leervraag) -> str:
    return reverse("leervragen:write_answer", args=[leervraag.pk])


def send(browser: Client, leervraag: Leervraag, text: str, **more: str) -> str:
    version = browser.get(address(leervraag)).context["form"]["version"].value()
    body = {"text": text, "version": version} | more
    return browser.post(address(leervraag), body, follow=True).content.decode()


def test_a_member_answers_and_it_stands_there_with_the_name(
    leervraag: Leervraag, maatje: Membership, participant: Membership, sign_in: SignIn
) -> None:
    assert "Je antwoord staat bij de vraag." in send(sign_in(maatje), leervraag, WORDS)
    written = WrittenAnswer.objects.get()
    assert (written.text, written.author, written.invitation, written.writer) == (WORDS, maatje, None, "Yusuf")
    for name, pk in (("leervragen", leervraag.meeting_id), ("group_questions", maatje.group_id)):
        html = sign_in(participant).get(reverse(f"leervragen:{name}", args=[pk])).content.decode()
        assert html.index(WORDS) < html.index("Yusuf", html.index(WORDS))


def test_the_expert_answers_from_the_own_page_in_the_same_form(
    mailed: Leervraag, expert_client: Client, expert_invitation: ExpertInvitation, maatje: Membership, sign_in: SignIn
) -> None:
    page = expert_client.get(reverse("meetings:guest")).content.decode()
    assert f'href="{address(mailed)}"' in page

    html = send(expert_client, mailed, WORDS, about=str(expert_invitation.pk))

    assert WORDS in html
    written = WrittenAnswer.objects.get()
    name = expert_invitation.expert.name
    assert (written.author, written.invitation, written.writer) == (None, expert_invitation, name)
    read = sign_in(maatje).get(address(mailed)).content.decode()
    assert (WORDS in read, name in read) == (True, True)


def test_an_expert_who_did_not_get_the_questions_or_cannot_come_answers_none(
    leervraag: Leervraag, expert_client: Client, expert_invitation: ExpertInvitation
) -> None:
    assert expert_client.get(address(leervraag)).status_code == 403
    Mailing.objects.create(invitation=expert_invitation, kind="first").leervragen.add(leervraag)
    assert expert_client.get(address(leervraag)).status_code == 200
    ExpertInvitation.objects.update(answer="no")
    assert expert_client.get(address(leervraag)).status_code == 403


def test_an_expert_reads_of_another_meeting_only_what_was_sent_apart(
    ask: AskQuestion, next_meeting: Meeting, expert_client: Client, expert_invitation: ExpertInvitation
) -> None:
    apart, other = (ask(text, meeting=next_meeting, state="parked", outcome="parked") for text in ("Wat?", "Waar?"))
    Mailing.objects.create(invitation=expert_invitation, kind="parked").leervragen.add(apart)
    assert [expert_client.get(address(one)).status_code for one in (apart, other)] == [200, 404]


def test_what_was_sent_apart_of_the_own_meeting_stands_there_once_and_is_answered(
    ask: AskQuestion, coach: Membership, expert_client: Client, expert_invitation: ExpertInvitation, meeting: Meeting
) -> None:
    """Before the first mail, and after it."""
    parked = ask("Wat geef ik mee?", state="parked")
    mailing.send_parked(actor=coach.user, leervraag=parked, invitation=expert_invitation)
    assert expert_client.get(address(parked)).status_code == 200
    for _before_and_after in range(2):
        html = expert_client.get(reverse("meetings:guest")).content.decode()
        assert (html.count(f'<span class="q">{parked.text}'), "Van een ander moment" in html) == (1, False)
        ask("Hoe begin ik?")
        mailing.send_now(actor=coach.user, meeting=meeting)


def test_what_an_expert_sends_for_another_link_changes_nothing(mailed: Leervraag, expert_client: Client) -> None:
    html = send(expert_client, mailed, WORDS, about="another")
    assert "Je opende intussen een andere uitnodiging." in html
    assert WORDS in html
    assert not WrittenAnswer.objects.exists()


def test_it_is_changed_and_an_empty_text_takes_it_back(
    leervraag: Leervraag, maatje: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(maatje)
    for text in (WORDS, WORDS, "Wacht drie tellen."):
        send(browser, leervraag, text)
    assert WrittenAnswer.objects.get().text == "Wacht drie tellen."
    send(browser, leervraag, "")
    assert not WrittenAnswer.objects.exists()


def test_after_the_meeting_it_is_still_allowed_and_of_a_question_taken_back_not(
    leervraag: Leervraag, maatje: Membership, participant: Membership, sign_in: SignIn
) -> None:
    was = timezone.now() - timedelta(days=3)
    Meeting.objects.update(state=Meeting.State.ENDED, starts_at=was, ended_at=was)
    assert WORDS in send(sign_in(maatje), leervraag, WORDS)
    asking.withdraw_leervraag(actor=participant.user, leervraag=leervraag)
    with pytest.raises(ValidationError, match="ingetrokken"):
        writing.write_answer(actor=maatje.user, leervraag=leervraag, text="Anders.", version="")


def test_too_long_a_text_is_said_beside_the_field(leervraag: Leervraag, maatje: Membership, sign_in: SignIn) -> None:
    assert "4000" in send(sign_in(maatje), leervraag, "x" * 5000)
    assert not WrittenAnswer.objects.exists()


def test_each_has_one_writer(leervraag: Leervraag, maatje: Membership, expert_invitation: ExpertInvitation) -> None:
    for writers in ({}, {"author": maatje, "invitation": expert_invitation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WrittenAnswer.objects.create(leervraag=leervraag, text="x", **writers)


def test_it_goes_into_the_pdf_and_into_the_writers_own_data(
    leervraag: Leervraag, maatje: Membership, sign_in: SignIn
) -> None:
    send(sign_in(maatje), leervraag, WORDS)
    html = documents.group_questions_pdf(maatje.group, group_journeys(maatje.group, None)).html
    assert (WORDS in html, "Yusuf" in html) == (True, True)
    (row,) = written_answers_part(maatje.user).rows
    assert (row["bij de vraag"], row["antwoord"]) == (leervraag.text, WORDS)
