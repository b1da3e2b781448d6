"""The rule for deadlines of a traject, its free weeks, and dates in words."""

from collections import Counter
from datetime import date, time
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import DeadlineRule, FreeWeek, Meeting
from meetings.services import changing, planning, rhythms
from tests.factories import local
from tests.shown import fields_on
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


def _christmas(group: NetworkGroup) -> None:
    FreeWeek.objects.create(group=group, name="kerstvakantie", first_day=date(2026, 12, 19), last_day=date(2027, 1, 3))


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


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        ("2027-05-09", "2027-05-01", "last_day", "De laatste dag ligt vóór de eerste."),
        ("2027-01-03", "2027-01-09", "first_day", "Deze dagen vallen samen met “kerstvakantie”."),
        ("2026-12-01", "2027-02-01", "first_day", "Deze dagen vallen samen met “kerstvakantie”."),
        ("2026-12-25", "2026-12-26", "first_day", "Deze dagen vallen samen met “kerstvakantie”."),
        ("0027-05-01", "2027-05-09", "first_day", "Kijk het jaartal nog eens na."),
    ],
)
def test_free_days_that_cannot_be_are_refused_beside_their_field(
    coach: Membership, sign_in: SignIn, first: str, last: str, field: str, words: str
) -> None:
    _christmas(coach.group)
    week = {"key": str(uuid4()), "name": "mei", "first_day": first, "last_day": last}
    answer = sign_in(coach).post(reverse("meetings:rhythm", args=[coach.group_id]), week)
    assert (answer.status_code, FreeWeek.objects.count()) == (422, 1)
    (sentence,) = answer.context["week_form"].errors[field]
    assert words in sentence
    page = answer.content.decode()
    assert words in unescape(page.split(f'id="id_{field}_error"')[1].split("</div>")[0])
    assert f'value="{first}"' in page


def test_free_days_that_touch_no_others_are_taken(coach: Membership, other_group: NetworkGroup) -> None:
    _christmas(coach.group)
    for group in (coach.group, other_group):
        rhythms.add_free_week(
            actor=coach.user,
            group=group,
            key=uuid4(),
            name="na kerst",
            first_day=date(2027, 1, 4),
            last_day=date(2027, 1, 4),
        )
    assert FreeWeek.objects.count() == 3


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


@pytest.mark.parametrize("name", ["add", "move", "edit"])
def test_each_page_on_which_a_meeting_gets_a_date_says_that_it_is_in_a_holiday(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, name: str
) -> None:
    _christmas(coach.group)
    url = reverse(f"meetings:{name}", args=[coach.group_id if name == "add" else traject[1].pk])
    browser = sign_in(coach)
    opened = browser.get(url)
    assert "&quot;name&quot;: &quot;kerstvakantie&quot;" in opened.content.decode()

    form = fields_on(browser, url, "starts_at") | {"starts_at": "2026-12-23T15:30", "after": str(traject[0].pk)}
    answer = browser.post(url, form)

    if name == "edit":  # a word, and no refusal
        assert answer.status_code == 302
        answer = browser.get(url)
    assert "woensdag 23 december, 15.30 uur: valt in de kerstvakantie" in answer.content.decode()
    if name != "edit":
        assert browser.post(url, form | {"seen": "1"}).status_code == 302
    assert Meeting.objects.filter(starts_at=local(2026, 12, 23, 15, 30)).exists()
