"""What the page behind an expert's mail shows and takes: day, place, who asks, who comes, and yes or no at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from groups.services import coaching
from meetings.guests import COOKIE, mint_link
from meetings.models import Attendance, ExpertInvitation, ExpertLink, Meeting
from meetings.services import announcing
from netwerkleren.base.models import OutgoingMail
from tests.factories import local, make_expert_invitation, make_member, make_user
from tests.types import OnCommit, SignIn

NUMBER = "+31 6 12345678"


@pytest.fixture
def invitation(meeting: Meeting, coach: Membership) -> ExpertInvitation:
    """For a meeting on a Wednesday, by a coach who may be called."""
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=local(2099, 1, 14, 15, 30), minutes_available=140)
    coach.user.telephone = NUMBER
    coach.user.save()
    return make_expert_invitation(meeting, invited_by=coach.user)


@pytest.fixture
def link(invitation: ExpertInvitation) -> str:
    return reverse("meetings:expert_link", args=[mint_link(invitation)])


def _words(browser: Client, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get(address).content.decode()).split())


@pytest.mark.parametrize(("answer", "said"), [("yes", "Fijn dat je komt!"), ("no", "Jammer dat je niet kunt")])
def test_from_mail_to_an_answer_in_two_clicks(
    answer: str,
    said: str,
    link: str,
    invitation: ExpertInvitation,
    coach: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    browser = Client(enforce_csrf_checks=True)
    landing = browser.get(link).content.decode()
    assert f'name="answer" value="{answer}"' in landing
    with django_capture_on_commit_callbacks(execute=True):
        answered = browser.post(link, {"answer": answer}, headers={"origin": "null"})
    assert (answered.status_code, answered.headers["Location"]) == (302, "/expert/")
    assert answered.headers["Referrer-Policy"] == "no-referrer"
    assert browser.cookies[COOKIE]["httponly"]
    assert said in browser.get("/expert/").content.decode()
    invitation.refresh_from_db()
    assert invitation.answer == answer
    assert [message.to for message in mail.outbox] == [[coach.user.email]]


def test_looking_at_it_changes_nothing_and_gives_no_cookie(link: str) -> None:
    browser = Client()
    before = ExpertInvitation.objects.values().get(), list(ExpertLink.objects.values())
    for method in (browser.get, browser.head):
        assert method(f"{link}?answer=yes").status_code == 200
    assert (ExpertInvitation.objects.values().get(), list(ExpertLink.objects.values())) == before
    assert COOKIE not in browser.cookies


def test_the_landing_and_the_own_page_say_when_where_who_asks_and_who_comes(
    link: str, invitation: ExpertInvitation, coach: Membership, participant: Membership, maatje: Membership
) -> None:
    make_member(coach.group, "Ria Post", discipline="logopedist")
    ill = make_member(coach.group, "Tom Bos", discipline="gymleraar")
    Attendance.objects.create(meeting=invitation.meeting, membership=ill, status=Attendance.Status.ABSENT)
    browser = Client()
    landing = _words(browser, link)
    browser.post(link)
    for shown in (landing, _words(browser, "/expert/")):
        assert "Woensdag 14 januari, 15.30 tot 17.50" in shown
        assert "Obs De Lindenhof, lokaal 12" in shown
        assert "Hanneke Dijkstra is de coach." in shown
        assert NUMBER in shown
        assert "3 deelnemers" in shown
        assert "groep 5 (2)" in shown and "logopedist" in shown
        assert "gymleraar" not in shown
        for member in (participant, maatje):
            assert member.user.first_name not in shown
            assert member.user.email not in shown
        assert coach.user.email not in shown
    assert 'href="tel:+31612345678"' in browser.get("/expert/").content.decode()


def test_no_member_reads_the_number_of_the_coach(
    invitation: ExpertInvitation, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    meeting = reverse("meetings:detail", args=[invitation.meeting_id])
    for address in ("/", coach.group.get_absolute_url(), meeting, "/mijn-gegevens/"):
        assert NUMBER not in browser.get(address).content.decode()


def test_a_coach_fills_in_the_number_and_a_deelnemer_has_no_such_field(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    shown = browser.get("/mijn-gegevens/")
    assert "Alleen de experts die jij vraagt, zien dit nummer" in shown.content.decode()
    sent = {"name": coach.user.name, "version": shown.context["form"]["version"].value(), "telephone": "bel maar"}
    for membership, _place in shown.context["places"]:
        sent[f"place-{membership.pk}-discipline"] = ""
    refused = browser.post("/mijn-gegevens/", sent)
    assert refused.status_code == 422
    assert "Schrijf het nummer met cijfers" in refused.content.decode()
    assert browser.post("/mijn-gegevens/", {**sent, "telephone": NUMBER}).status_code == 302
    coach.user.refresh_from_db()
    assert coach.user.telephone == NUMBER
    assert "telephone" not in sign_in(participant).get("/mijn-gegevens/").context["form"].fields


def test_who_cannot_come_is_asked_for_no_pitch_and_no_place_in_the_calendar(link: str) -> None:
    browser = Client()
    browser.post(link, {"answer": "yes"})
    assert "Jouw pitch" in _words(browser, "/expert/")
    browser.post(link, {"answer": "no"})
    shown = _words(browser, "/expert/")
    assert "Jouw pitch" not in shown
    assert "In mijn agenda" not in shown
    assert "Ja, ik kom" in shown


def test_what_was_remarked_before_stays_when_the_mail_is_answered_again(
    link: str, invitation: ExpertInvitation
) -> None:
    browser = Client()
    browser.post(link, {"answer": "yes"})
    sent = {"answer": "yes", "remark": "Ik kom met de trein", "about": str(invitation.pk)}
    browser.post("/expert/antwoord/", sent)
    Client().post(link, {"answer": "no"})
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.remark) == ("no", "Ik kom met de trein")


@pytest.mark.parametrize("answer", ["misschien", "", "open"])
def test_another_word_is_no_answer(answer: str, link: str, invitation: ExpertInvitation) -> None:
    shown = Client().post(link, {"answer": answer}, follow=True)
    assert "Kies ja of nee." in shown.content.decode()
    invitation.refresh_from_db()
    assert invitation.answer == "open"


def test_once_another_was_asked_the_page_says_that_a_yes_came_too_late(
    link: str, invitation: ExpertInvitation, meeting: Meeting
) -> None:
    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer="no")
    make_expert_invitation(meeting, "Jan Smit")
    shown = Client().post(link, {"answer": "yes"}, follow=True)
    assert "al een expert gevraagd" in shown.content.decode()


def test_an_answer_after_the_link_ended_is_said_to_be_lost_and_keeps_its_words(
    link: str, invitation: ExpertInvitation
) -> None:
    browser = Client()
    browser.post(link)
    Meeting.objects.filter(pk=invitation.meeting_id).update(starts_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        answers = (
            browser.post(link, {"answer": "yes"}),
            browser.post("/expert/antwoord/", {"answer": "yes", "remark": "Tot <b>dan</b>", "about": "x"}),
        )
    for answer in answers:
        assert answer.status_code == 404
        assert "Je antwoord is niet verstuurd" in answer.content.decode()
    assert "Tot &lt;b&gt;dan&lt;/b&gt;" in answers[1].content.decode()
    invitation.refresh_from_db()
    assert invitation.answer == "open"


@pytest.mark.parametrize("state", [Meeting.State.ENDED, Meeting.State.CANCELLED])
def test_an_answer_for_a_meeting_that_is_over_is_said_to_be_lost(
    state: str, link: str, invitation: ExpertInvitation
) -> None:
    browser = Client()
    browser.post(link)
    Meeting.objects.filter(pk=invitation.meeting_id).update(state=state)
    assert "Ja, ik kom" not in _words(browser, link)
    answer = browser.post("/expert/antwoord/", {"answer": "yes", "about": str(invitation.pk)})
    assert answer.status_code == 422
    assert "Je antwoord is niet bewaard" in answer.content.decode()


@pytest.mark.parametrize(("answer", "is_thanked"), [("yes", True), ("no", False), ("open", False)])
def test_only_who_said_yes_is_thanked_for_being_there(
    answer: str, is_thanked: bool, link: str, invitation: ExpertInvitation
) -> None:
    browser = Client()
    browser.post(link)
    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer=answer)
    Meeting.objects.filter(pk=invitation.meeting_id).update(state=Meeting.State.ENDED)
    shown = _words(browser, "/expert/")
    assert "Deze bijeenkomst is geweest." in shown
    assert ("Dank je wel dat je er was!" in shown) == is_thanked


def test_a_coach_whose_account_is_gone_is_not_named(link: str, coach: Membership) -> None:
    make_user("Een ander")
    coach.user.is_active = False
    coach.user.save()
    assert "is de coach" not in _words(Client(), link)


@pytest.mark.parametrize("leave", [True, False])
def test_who_handed_the_group_over_is_neither_named_nor_told_nor_answered(
    leave: bool,
    link: str,
    invitation: ExpertInvitation,
    coach: Membership,
    participant: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    coaching.make_coach(actor=coach.user, membership=participant)
    coaching.step_back(actor=coach.user, membership=coach, leave=leave)
    OutgoingMail.objects.all().delete()

    landing = _words(Client(), link)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(link, {"answer": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        announcing.mail_expert_again(actor=participant.user, invitation=invitation)

    assert "is de coach" not in landing and NUMBER not in landing
    answered, asked = mail.outbox
    assert answered.to == [participant.user.email]
    assert asked.reply_to == [participant.user.email]
    assert asked.from_email.startswith("Marijke Hoekstra via")


def test_a_coach_of_this_group_alone_is_named(link: str, coach: Membership) -> None:
    User.objects.filter(pk=coach.user_id).update(is_coach=False)
    assert "Hanneke Dijkstra is de coach." in _words(Client(), link)
