"""Reminders: to whom, when, and never two for one deadline."""

from datetime import date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag, NotThisTime
from meetings.models import Attendance, FreeWeek, Meeting, Reminder
from meetings.reminding import goes_at, reminder_at
from meetings.services import reminders
from tests.factories import local, make_meeting, make_member
from tests.types import OnCommit, SignIn

WEDNESDAY = local(2026, 11, 4, 9)
"""The deadline is on Friday at eight in the evening."""


@pytest.fixture
def asked(coach: Membership, participant: Membership, maatje: Membership, colleague: Membership) -> Meeting:
    with time_machine.travel(local(2026, 11, 1, 9), tick=False):
        return make_meeting(
            coach.group,
            starts_at=local(2026, 11, 16, 15),
            leervraag_deadline=local(2026, 11, 6, 20),
            clip_deadline=None,
            feedback_deadline=None,
        )


def _sweep(moment: datetime, on_commit: OnCommit) -> list[str]:
    """Who got a mail in a sweep at this moment."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False), on_commit(execute=True):
        for _twice in range(2):
            reminders.send_due_reminders()
    return sorted(one.to[0] for one in mail.outbox)


def test_only_who_did_nothing_yet_is_reminded_and_once(
    asked: Meeting,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    Leervraag.objects.create(meeting=asked, author=maatje, text="Hoe?")
    NotThisTime.objects.create(meeting=asked, member=colleague)
    assert _sweep(WEDNESDAY, django_capture_on_commit_callbacks) == [participant.user.email]
    assert "Het kan tot vrijdag 6 november, 20.00 uur. Later mag ook." in mail.outbox[0].body
    assert _sweep(local(2026, 11, 5, 9), django_capture_on_commit_callbacks) == []


@pytest.mark.parametrize(
    "moment",
    [
        local(2026, 11, 3, 12),
        local(2026, 11, 4, 7, 29),
        local(2026, 11, 4, 18),
        local(2026, 11, 7, 9),
        local(2026, 11, 6, 20, 1),
    ],
)
def test_none_goes_before_its_day_outside_school_hours_or_after_the_deadline(
    asked: Meeting, django_capture_on_commit_callbacks: OnCommit, moment: datetime
) -> None:
    assert _sweep(moment, django_capture_on_commit_callbacks) == []
    assert not Reminder.objects.exists()


def test_none_goes_in_a_free_week_and_it_goes_before_that(
    asked: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    FreeWeek.objects.create(group=asked.group, name="herfst", first_day=date(2026, 10, 31), last_day=date(2026, 11, 8))
    assert _sweep(WEDNESDAY, django_capture_on_commit_callbacks) == []
    assert len(_sweep(local(2026, 10, 30, 9), django_capture_on_commit_callbacks)) == 3


@pytest.mark.parametrize(
    ("deadline", "goes"),
    [
        (local(2026, 11, 6, 20), local(2026, 11, 4, 8)),
        (local(2026, 11, 9, 20), local(2026, 11, 6, 8)),
        (local(2026, 10, 26, 20), local(2026, 10, 23, 8)),
        (local(2027, 3, 29, 20), local(2027, 3, 26, 8)),
    ],
)
def test_its_day_is_a_school_day_on_both_sides_of_summer_time(deadline: datetime, goes: datetime) -> None:
    assert reminder_at(deadline, []) == goes


def test_one_by_hand_comes_instead(
    asked: Meeting, coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    page = reverse("meetings:reminders", args=[asked.pk])
    with time_machine.travel(local(2026, 11, 2, 9), tick=False):
        browser = sign_in(coach)
        said = " ".join(browser.get(page).content.decode().split())
        assert "Op woensdag 4 november gaat een herinnering naar 3 mensen." in said
        assert "Marijke" not in said
        with django_capture_on_commit_callbacks(execute=True):
            for _twice in range(2):
                browser.post(reverse("meetings:remind", args=[asked.pk]), {"field": "leervraag_deadline"})
        assert len(mail.outbox) == 3
        assert "Er ging een herinnering op maandag 2 november." in browser.get(page).content.decode()
    assert _sweep(WEDNESDAY, django_capture_on_commit_callbacks) == []


@pytest.mark.parametrize("field", ["starts_at", "", "feedback_deadline"])
def test_what_is_no_deadline_to_hand_in_for_is_refused(asked: Meeting, coach: Membership, field: str) -> None:
    with pytest.raises(ValidationError):
        reminders.remind_now(actor=coach.user, meeting=asked, field=field)


def test_who_handed_in_meanwhile_gets_none(
    asked: Meeting, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        with django_capture_on_commit_callbacks() as callbacks:
            reminders.send_due_reminders()
        Leervraag.objects.create(meeting=asked, author=participant, text="Hoe?")
        for callback in callbacks:
            callback()
    assert participant.user.email not in {one.to[0] for one in mail.outbox}
    assert len(mail.outbox) == 2


def test_a_sweep_that_finds_nothing_asks_as_much_for_thirty_groups(
    asked: Meeting, django_assert_num_queries: object
) -> None:
    for _group in range(30):
        make_meeting(make_member(asked.group).group, position=10 + _group, starts_at=timezone.now())
    Meeting.objects.filter(pk=asked.pk).update(leervraag_deadline=local(2026, 11, 7, 20))
    with time_machine.travel(local(2026, 11, 4, 9), tick=False), django_assert_num_queries(2):  # type: ignore[operator]
        reminders.send_due_reminders()


def _say_absent(meeting: Meeting, member: Membership) -> None:
    Attendance.objects.create(meeting=meeting, membership=member, status=Attendance.Status.ABSENT)


def test_who_cannot_come_is_reminded_of_nothing(
    asked: Meeting,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    _say_absent(asked, participant)
    left = sorted([maatje.user.email, colleague.user.email])
    assert _sweep(WEDNESDAY, django_capture_on_commit_callbacks) == left


def test_who_said_so_meanwhile_gets_none(
    asked: Meeting, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        with django_capture_on_commit_callbacks() as callbacks:
            reminders.send_due_reminders()
        _say_absent(asked, participant)
        for callback in callbacks:
            callback()
    assert len(mail.outbox) == 2
    assert participant.user.email not in {one.to[0] for one in mail.outbox}


def test_deze_keer_niet_is_offered_where_it_can_be_said(
    asked: Meeting, participant: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    offer = "Lukt het deze keer niet? Dat kun je daar zeggen."
    _sweep(WEDNESDAY, django_capture_on_commit_callbacks)
    assert {offer in str(one.body) for one in mail.outbox} == {True}
    Meeting.objects.filter(pk=asked.pk).update(leervraag_deadline=None, clip_deadline=asked.leervraag_deadline)
    _sweep(WEDNESDAY, django_capture_on_commit_callbacks)
    assert "Plaats je nog een fragment?" in str(mail.outbox[0].body)
    assert offer not in str(mail.outbox[0].body)


def test_where_everybody_is_ready_none_is_said_to_have_gone(
    asked: Meeting,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    for member in (participant, maatje, colleague):
        Leervraag.objects.create(meeting=asked, author=member, text="Hoe?")
    with time_machine.travel(local(2026, 11, 2, 9), tick=False), pytest.raises(ValidationError, match="Iedereen"):
        reminders.remind_now(actor=coach.user, meeting=asked, field="leervraag_deadline")
    assert not Reminder.objects.exists()
    with time_machine.travel(WEDNESDAY, tick=False):
        assert _sweep(WEDNESDAY, django_capture_on_commit_callbacks) == []
        said = sign_in(coach).get(reverse("meetings:reminders", args=[asked.pk])).content.decode()
    assert "Op woensdag 4 november was iedereen klaar: er ging geen herinnering." in said
    assert "Er ging een herinnering" not in said


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (local(2026, 11, 2, 9), local(2026, 11, 4, 8)),
        (local(2026, 11, 5, 9), local(2026, 11, 5, 9)),
        (local(2026, 11, 5, 6), local(2026, 11, 5, 8)),
        (local(2026, 11, 5, 19), local(2026, 11, 6, 8)),
        (local(2026, 11, 6, 18), None),
    ],
)
def test_one_whose_day_went_by_goes_as_soon_as_it_may(now: datetime, goes: datetime | None) -> None:
    assert goes_at(local(2026, 11, 6, 20), [], now) == goes


def test_the_coach_reads_no_day_that_has_gone_by(asked: Meeting, coach: Membership, sign_in: SignIn) -> None:
    page = reverse("meetings:reminders", args=[asked.pk])
    with time_machine.travel(local(2026, 11, 5, 19), tick=False):
        assert "Op vrijdag 6 november gaat een herinnering" in sign_in(coach).get(page).content.decode()
    with time_machine.travel(local(2026, 11, 6, 18), tick=False):
        assert "Vanzelf gaat er geen herinnering meer" in sign_in(coach).get(page).content.decode()
