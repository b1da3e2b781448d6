""" "Ik kan niet": who says beforehand that they cannot come, who takes it back, and what is asked of them no longer."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Membership
from leervragen.contributions import leervraag_todos
from meetings.models import Attendance, Meeting
from meetings.pages import members_of, readiness_of
from meetings.services import absences, running
from netwerkleren.base.mail import sweep_mail
from netwerkleren.base.models import OutgoingMail
from tests.factories import make_agenda_item
from tests.types import OnCommit, SignIn
from video_feedback.contributions import clips_fact


def _say(meeting: Meeting, member: Membership, *, absent: bool) -> bool:
    return absences.set_absent(actor=member.user, meeting=meeting, membership=member, absent=absent)


def _sent_after(minutes: int) -> list[str]:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        sweep_mail()
    return [str(letter.subject) for letter in mail.outbox]


def test_a_deelnemer_says_so_on_the_page_and_the_attendance_says_afgemeld(
    participant: Membership, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    page = browser.post(f"/bijeenkomsten/{meeting.pk}/afmelden/", {"absent": "1"}, follow=True).content.decode()
    assert "Je bent afgemeld. Een leervraag of fragment hoeft deze keer niet." in page
    assert Attendance.objects.get().status == "absent"
    assert "afgemeld" in sign_in(coach).get(f"/bijeenkomsten/{meeting.pk}/leiden/aanwezig/").content.decode()

    page = browser.post(f"/bijeenkomsten/{meeting.pk}/afmelden/", {"absent": "0"}, follow=True).content.decode()
    assert "Ik kan niet" in page
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("said", ["", "yes", "2", "\U0001f600"])
def test_an_odd_value_is_no_absence(said: str, participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    assert sign_in(participant).post(f"/bijeenkomsten/{meeting.pk}/afmelden/", {"absent": said}).status_code == 302
    assert not Attendance.objects.exists()


def test_the_coach_gets_one_mail_after_ten_minutes(
    coach: Membership, participant: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert [_say(meeting, participant, absent=True) for _twice in range(2)] == [True, False]
    assert mail.outbox == []
    assert _sent_after(11) == [f"Marijke Hoekstra kan niet: {meeting.title}"]
    assert mail.outbox[0].to == [coach.user.email]
    assert _sent_after(60) == [f"Marijke Hoekstra kan niet: {meeting.title}"]


def test_who_takes_it_back_within_ten_minutes_was_never_away(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    _say(meeting, participant, absent=True)
    _say(meeting, participant, absent=False)
    assert _sent_after(60) == []


def test_who_takes_it_back_next_day_is_told_of_once_more(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    _say(meeting, participant, absent=True)
    with time_machine.travel(timezone.now() + timedelta(hours=20), tick=False):
        sweep_mail()
        _say(meeting, participant, absent=False)
        assert _sent_after(11) == [
            f"Marijke Hoekstra kan niet: {meeting.title}",
            f"Marijke Hoekstra komt toch: {meeting.title}",
        ]


def test_nobody_is_told_of_a_meeting_that_does_not_take_place(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    _say(meeting, participant, absent=True)
    Meeting.objects.update(state=Meeting.State.CANCELLED)
    assert _sent_after(60) == []
    assert OutgoingMail.objects.get().status == OutgoingMail.Status.DROPPED


def test_nothing_is_asked_of_who_cannot_come(
    coach: Membership, participant: Membership, colleague: Membership, meeting: Meeting
) -> None:
    assert [todo.title for todo in leervraag_todos(participant.user)] == ["Lever je leervraag in"]
    _say(meeting, participant, absent=True)
    assert leervraag_todos(participant.user) == []
    rows = readiness_of(meeting, members_of(meeting))
    assert [row.label for row in rows] == ["Leervraag", "Fragment"]
    assert {tuple(row.passed) for row in rows} == {("Marijke",)}
    assert {tuple(row.missing) for row in rows} == {("Anouk",)}
    fact = clips_fact(meeting)
    assert fact is not None
    assert fact.detail == "0 van 1"


def test_once_it_has_begun_the_coach_is_told_in_the_room(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting)
    running.start_meeting(actor=coach.user, meeting=meeting)
    with pytest.raises(ValidationError, match="Vertel het je coach"):
        _say(meeting, participant, absent=True)
    page = sign_in(participant).get(f"/bijeenkomsten/{meeting.pk}/").content.decode()
    assert "Kun je erbij zijn?" not in page
