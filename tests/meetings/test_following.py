"""Dates that a group agrees on reach who looks on: at the page of the group, of a meeting, and in the room."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.services import changing, placing, running
from netwerkleren.base import live
from tests.factories import local, make_agenda_item, make_meeting
from tests.types import SignIn

HTMX = {"HX-Request": "true"}
NEW = local(2027, 3, 24, 15, 30)


@pytest.fixture
def introduction(coach: Membership) -> Meeting:
    return make_meeting(coach.group, Meeting.Kind.INTRODUCTION, position=0, starts_at=timezone.now())


@pytest.mark.parametrize("deed", ["change", "record", "move", "add", "remove", "cancel", "reopen"])
def test_each_change_of_the_dates_is_news_of_the_traject(
    coach: Membership, introduction: Meeting, meeting: Meeting, participant: Membership, sign_in: SignIn, deed: str
) -> None:
    if deed == "reopen":
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
    browser = sign_in(participant)
    address = f"/live/traject:{coach.group_id}/"
    before = browser.get(address).json()["version"]

    if deed == "change":
        changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark")
    if deed == "record":
        changing.record_dates(actor=coach.user, group=coach.group, dates={meeting.pk: changing.Fixed(NEW)})
    if deed == "move":
        placing.move_meeting(actor=coach.user, meeting=meeting, after=introduction.pk, starts_at=NEW)
    if deed == "add":
        placing.add_meeting(actor=coach.user, group=coach.group, key=uuid4(), after=meeting.pk)
    if deed == "remove":
        placing.remove_meeting(actor=coach.user, meeting=meeting)
    if deed == "cancel":
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
    if deed == "reopen":
        changing.reopen_meeting(actor=coach.user, meeting=Meeting.objects.get(pk=meeting.pk))

    assert browser.get(address).json()["version"] == before + 1


def test_dates_that_stay_as_they_are_are_no_news(coach: Membership, meeting: Meeting) -> None:
    topic = live.topic_of("traject", coach.group)
    for _twice in range(2):
        changing.record_dates(actor=coach.user, group=coach.group, dates={meeting.pk: changing.Fixed(NEW)})
    assert live.version_of(topic) == 1


def test_a_stranger_follows_no_traject(coach: Membership, other_member: Membership, sign_in: SignIn) -> None:
    assert sign_in(other_member).get(f"/live/traject:{coach.group_id}/").status_code == 404


def test_the_phones_in_the_room_get_the_dates_at_the_closing(
    coach: Membership, participant: Membership, introduction: Meeting, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(introduction, AgendaItem.Kind.CLOSING)
    running.start_meeting(actor=coach.user, meeting=introduction)
    before = live.version_of(live.topic_of("meeting", introduction))

    changing.record_dates(actor=coach.user, group=coach.group, dates={meeting.pk: changing.Fixed(NEW, "De Ark")})

    assert live.version_of(live.topic_of("meeting", introduction)) == before + 1
    now = reverse("meetings:now", args=[introduction.pk])
    page = " ".join(sign_in(participant).get(now, headers=HTMX).content.decode().split())
    assert "Wanneer zien jullie elkaar weer?" in page
    assert "<b>Bijeenkomst 1</b><br> Woensdag 24 maart, 15.30, De Ark" in page
    assert "Wanneer zien jullie elkaar weer?" not in sign_in(coach).get(now, headers=HTMX).content.decode()


def test_who_looks_at_a_meeting_that_is_moved_gets_its_new_day(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=NEW, place="De Ark")
    browser, now = sign_in(participant), reverse("meetings:now", args=[meeting.pk])
    page = browser.get(now, headers=HTMX).content.decode()
    assert '<template data-into="facts">' in page
    assert "Woensdag 24 maart" in page
    assert "De Ark" in page
    whole = browser.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert (whole.count('id="facts"'), "data-into" in whole) == (1, False)


def test_the_page_of_the_group_answers_with_its_line_alone(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=NEW)
    part = sign_in(participant).get(reverse("roof:group", args=[coach.group_id]), headers=HTMX).content.decode()
    assert "24 maart" in part
    assert "<html" not in part
    assert "Wie doen er mee?" not in part
