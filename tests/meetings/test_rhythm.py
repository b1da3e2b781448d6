"""The rule for deadlines of a traject, its free weeks, and dates in words."""

from collections import Counter
from datetime import date, time
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from meetings.models import DeadlineRule, FreeWeek, Meeting
from meetings.services import changing, planning, rhythms
from tests.factories import local
from tests.types import OnCommit, SignIn


@pytest.fixture
def traject(coach: Membership, participant: Membership) -> list[Meeting]:
    with time_machine.travel(local(2026, 11, 2, 9), tick=False):
        return planning.plan_meetings(
            actor=coach.user,
            group=coach.group,
            introduction_at=local(2026, 12, 2, 15, 30),
            network_count=2,
            dates=[local(2027, 1, 20, 15, 30), local(2027, 3, 31, 15, 30), None],
        )


def _change(coach: Membership) -> DeadlineRule:
    return rhythms.change_rule(
        actor=coach.user, group=coach.group, leervraag_days=7, clip_days=5, feedback_days=2, clock=time(18)
    )


def _deadlines(meeting: Meeting) -> list[object]:
    now = Meeting.objects.get(pk=meeting.pk)
    return [now.leervraag_deadline, now.clip_deadline, now.feedback_deadline]


def test_the_rule_moves_what_followed_it_and_leaves_what_the_coach_chose(
    coach: Membership, traject: list[Meeting]
) -> None:
    own = local(2027, 1, 12, 12)
    changing.change_meeting(actor=coach.user, meeting=traject[1], clip_deadline=own)
    _change(coach)
    assert _deadlines(traject[1]) == [local(2027, 1, 13, 18), own, local(2027, 1, 18, 18)]


def test_over_a_change_of_summer_time_the_hour_stays(coach: Membership, traject: list[Meeting]) -> None:
    _change(coach)
    assert _deadlines(traject[2]) == [local(2027, 3, 24, 18), local(2027, 3, 26, 18), local(2027, 3, 29, 18)]


def test_one_change_of_the_rule_is_one_mail_a_person(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            _change(coach)
    assert set(Counter(one.to[0] for one in mail.outbox).values()) == {1}
    assert len(mail.outbox) == 2


def test_a_new_date_is_offered_the_rule(coach: Membership, traject: list[Meeting]) -> None:
    _change(coach)
    changing.change_meeting(actor=coach.user, meeting=traject[1], starts_at=local(2027, 1, 27, 15, 30))
    assert _deadlines(traject[1]) == [local(2027, 1, 20, 18), local(2027, 1, 22, 18), local(2027, 1, 25, 18)]


def test_the_page_takes_rule_and_free_weeks(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    browser, page = sign_in(coach), reverse("meetings:rhythm", args=[coach.group_id])
    version = browser.get(page).context["form"]["version"].value()
    days = {"leervraag_days": "7", "clip_days": "5", "feedback_days": "2", "clock": "18:00"}
    assert browser.post(page, {**days, "version": version}).status_code == 302
    assert DeadlineRule.objects.get().feedback_days == 2
    week = {"key": str(uuid4()), "name": "kerstvakantie", "first_day": "2026-12-19", "last_day": "2027-01-03"}
    for _twice in range(2):
        assert browser.post(page, week).status_code == 302
    assert FreeWeek.objects.get().name == "kerstvakantie"


def test_a_free_week_that_ends_before_it_begins_is_refused_beside_the_form(coach: Membership, sign_in: SignIn) -> None:
    week = {"key": str(uuid4()), "name": "mei", "first_day": "2027-05-09", "last_day": "2027-05-01"}
    answer = sign_in(coach).post(reverse("meetings:rhythm", args=[coach.group_id]), week)
    assert (answer.status_code, FreeWeek.objects.count()) == (422, 0)
    assert "De laatste dag ligt vóór de eerste." in answer.content.decode()


def test_more_days_than_sixty_are_refused(coach: Membership, traject: list[Meeting]) -> None:
    with pytest.raises(ValidationError):
        rhythms.change_rule(
            actor=coach.user, group=coach.group, leervraag_days=61, clip_days=5, feedback_days=2, clock=time(18)
        )
    assert not DeadlineRule.objects.exists()


def test_a_date_in_a_holiday_is_taken_with_a_word(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    FreeWeek.objects.create(
        group=coach.group, name="voorjaarsvakantie", first_day=date(2027, 1, 18), last_day=date(2027, 1, 24)
    )
    page = sign_in(coach).get(reverse("meetings:dates", args=[coach.group_id])).content.decode()
    assert "woensdag 20 januari, 15.30 uur: valt in de voorjaarsvakantie" in page
    assert "woensdag 31 maart, 15.30 uur<" in page


def test_a_refused_form_says_the_day_in_words(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    form = {"starts_at": "2026-11-20T15:30", "version": traject[1].version, "minutes_available": "140"}
    answer = sign_in(coach).post(reverse("meetings:edit", args=[traject[1].pk]), form)
    assert answer.status_code == 422
    assert "vrijdag 20 november, 15.30 uur" in answer.content.decode()
