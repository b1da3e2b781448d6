"""Gegevens: what a coach says of one meeting means the same however often it is sent."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.models import OutgoingMail
from tests.factories import local, make_group, make_meeting, make_member
from tests.shown import fields_on
from tests.types import SignIn

DATE, DEFAULTS = local(2027, 1, 20, 15, 30), (local(2027, 1, 11, 20), local(2027, 1, 13, 20), local(2027, 1, 15, 20))
MOVED, MOVED_ALONG = local(2027, 2, 3, 15, 30), (local(2027, 1, 25, 20), local(2027, 1, 27, 20), local(2027, 1, 29, 20))
OWN = local(2027, 1, 12, 12)
ONE_SENTENCE = "In deze nacht gaat de klok een uur vooruit of terug. Kies een ander uur."


@pytest.fixture
def undated(group: NetworkGroup) -> Meeting:
    return make_meeting(group, position=1, starts_at=None, minutes_available=120)


@pytest.fixture
def dated(group: NetworkGroup) -> Meeting:
    deadlines: dict[str, Any] = dict(
        zip(("leervraag_deadline", "clip_deadline", "feedback_deadline"), DEFAULTS, strict=True)
    )
    return make_meeting(group, position=1, starts_at=DATE, minutes_available=120, **deadlines)


@pytest.fixture
def editor(coach: Membership, sign_in: SignIn) -> Client:
    return sign_in(coach)


def _url(meeting: Meeting) -> str:
    return reverse("meetings:edit", args=[meeting.pk])


def _deadlines(meeting: Meeting) -> tuple[datetime | None, ...]:
    meeting.refresh_from_db()
    return meeting.leervraag_deadline, meeting.clip_deadline, meeting.feedback_deadline


def _written(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""


def _send_twice(editor: Client, meeting: Meeting, **typed: str) -> list[tuple[Any, ...]]:
    """What stands there after each time that one and the same form was sent."""
    form = fields_on(editor, _url(meeting)) | typed
    stood = []
    for _time in range(2):
        assert editor.post(_url(meeting), form).status_code == 302
        stood.append((*_deadlines(meeting), meeting.starts_at, meeting.ics_sequence))
    return stood


def _mails() -> int:
    return OutgoingMail.objects.filter(kind="meetings.facts").count()


def test_the_first_date_sent_twice_brings_the_deadlines_and_one_mail(editor: Client, undated: Meeting) -> None:
    stood = _send_twice(editor, undated, starts_at=_written(DATE))

    assert stood == [(*DEFAULTS, DATE, 1)] * 2
    assert _mails() == 1


def test_a_moved_date_sent_twice_takes_untouched_deadlines_along_once(editor: Client, dated: Meeting) -> None:
    stood = _send_twice(editor, dated, starts_at=_written(MOVED))

    assert stood == [(*MOVED_ALONG, MOVED, 1)] * 2
    assert _mails() == 1


def test_a_deadline_that_was_chosen_stays_when_the_date_moves(editor: Client, dated: Meeting) -> None:
    Meeting.objects.filter(pk=dated.pk).update(clip_deadline=OWN)

    stood = _send_twice(editor, dated, starts_at=_written(MOVED))

    assert stood == [(MOVED_ALONG[0], OWN, MOVED_ALONG[2], MOVED, 1)] * 2


def test_an_emptied_deadline_is_none_and_stays_none(editor: Client, dated: Meeting) -> None:
    assert _send_twice(editor, dated, clip_deadline="") == [(DEFAULTS[0], None, DEFAULTS[2], DATE, 1)] * 2
    assert _send_twice(editor, dated, starts_at=_written(MOVED))[1][:3] == (MOVED_ALONG[0], None, MOVED_ALONG[2])
    assert "Haal je een deadline leeg, dan is er geen." in editor.get(_url(dated)).content.decode()


def test_a_deadline_chosen_together_with_the_first_date_is_that_one(editor: Client, undated: Meeting) -> None:
    stood = _send_twice(editor, undated, starts_at=_written(DATE), clip_deadline=_written(OWN))

    assert stood == [(DEFAULTS[0], OWN, DEFAULTS[2], DATE, 1)] * 2


def test_saving_a_page_as_it_stands_changes_nothing_and_mails_nobody(editor: Client, dated: Meeting) -> None:
    assert _send_twice(editor, dated) == [(*DEFAULTS, DATE, 0)] * 2
    assert _mails() == 0


# --- the hours of the nights in which the clock changes ---

CLOCKS = ["2027-03-28T02:30", "2027-10-31T02:30"]


@pytest.mark.parametrize("hour", CLOCKS)
@pytest.mark.parametrize("field", ["starts_at", "leervraag_deadline", "clip_deadline", "feedback_deadline"])
def test_an_hour_that_does_not_come_or_comes_twice_is_said_in_one_sentence(
    editor: Client, dated: Meeting, field: str, hour: str
) -> None:
    answer = editor.post(_url(dated), fields_on(editor, _url(dated)) | {field: hour})

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {field: [ONE_SENTENCE]}


@pytest.mark.parametrize("hour", CLOCKS)
def test_so_it_is_on_the_page_of_dates(editor: Client, dated: Meeting, hour: str) -> None:
    url, marker = reverse("meetings:dates", args=[dated.group_id]), f"{dated.pk}-version"

    answer = editor.post(url, fields_on(editor, url, marker) | {f"{dated.pk}-starts_at": hour})

    assert answer.status_code == 422
    (line,) = answer.context["form"].lines
    assert dict(line.errors) == {"starts_at": [ONE_SENTENCE]}


def test_the_hours_around_them_are_fine(editor: Client, dated: Meeting) -> None:
    for hour in ("2027-03-28T03:00", "2027-10-31T03:00"):
        form = fields_on(editor, _url(dated)) | {"starts_at": hour}
        assert editor.post(_url(dated), form).status_code == 302


# --- at the same time as another ---


@pytest.fixture
def elsewhere(coach: Membership) -> Meeting:
    """The coach leads a second group, from 17.00 to 18.40 on the day of `dated`."""
    group = make_group("Hunzedal")
    make_member(group, user=coach.user, coach=True)
    return make_meeting(group, position=1, starts_at=local(2027, 1, 20, 17), minutes_available=100)


def test_a_coach_in_two_groups_at_once_is_asked_and_may(editor: Client, undated: Meeting, elsewhere: Meeting) -> None:
    form = fields_on(editor, _url(undated)) | {"starts_at": _written(DATE)}

    asked = editor.post(_url(undated), form)

    assert asked.status_code == 422
    told = ["Dan heb je ook Bijeenkomst 1 van Hunzedal: 17.00 tot 18.40 uur."]
    assert dict(asked.context["form"].errors) == {"starts_at": told}
    assert "Bewaar toch, het mag tegelijk" in asked.content.decode()
    assert _deadlines(undated) == (None, None, None)

    assert editor.post(_url(undated), form | {"despite_overlap": "on"}).status_code == 302
    undated.refresh_from_db()
    assert undated.starts_at == DATE
    # What is at the same time already is not asked about for another reason.
    assert _send_twice(editor, undated, place="De Ark")


@pytest.mark.parametrize("minutes", [90, 91])
def test_one_that_begins_as_the_other_ends_is_not_at_the_same_time(
    editor: Client, undated: Meeting, elsewhere: Meeting, minutes: int
) -> None:
    form = fields_on(editor, _url(undated)) | {"starts_at": _written(DATE), "minutes_available": str(minutes)}

    assert editor.post(_url(undated), form).status_code == (302 if minutes == 90 else 422)


def test_without_overlap_nobody_is_asked(editor: Client, undated: Meeting, elsewhere: Meeting) -> None:
    Meeting.objects.filter(pk=elsewhere.pk).update(state="cancelled")

    assert "Bewaar toch" not in editor.get(_url(undated)).content.decode()
    assert editor.post(_url(undated), fields_on(editor, _url(undated)) | {"starts_at": _written(DATE)})
    undated.refresh_from_db()
    assert undated.starts_at == DATE


def test_of_another_coachs_group_only_the_coach_is_named(
    editor: Client, undated: Meeting, other_group: NetworkGroup
) -> None:
    other = make_member(undated.group, "Karim Bos", coach=True)
    make_member(other_group, user=other.user, coach=True)
    make_meeting(other_group, position=1, starts_at=DATE + timedelta(minutes=30), minutes_available=60)

    asked = editor.post(_url(undated), fields_on(editor, _url(undated)) | {"starts_at": _written(DATE)})

    told = ["Dan leidt Karim Bos een bijeenkomst van een andere groep."]
    assert dict(asked.context["form"].errors) == {"starts_at": told}
    assert "Hunzedal" not in asked.content.decode()


def test_two_of_one_group_are_told_beside_each_date(editor: Client, dated: Meeting) -> None:
    no_deadlines: dict[str, Any] = dict.fromkeys(("leervraag_deadline", "clip_deadline", "feedback_deadline"))
    make_meeting(dated.group, position=2, starts_at=local(2027, 3, 3, 15, 30), minutes_available=120, **no_deadlines)
    url, marker = reverse("meetings:dates", args=[dated.group_id]), f"{dated.pk}-version"
    second = dated.group.meetings.get(position=2)
    form = fields_on(editor, url, marker) | {f"{second.pk}-starts_at": "2027-01-20T16:30"}

    asked = editor.post(url, form)

    assert asked.status_code == 422
    assert [dict(line.errors) for line in asked.context["form"].lines] == [
        {},
        {"starts_at": ["Dan is ook Bijeenkomst 1 van deze groep: 15.30 tot 17.30 uur."]},
    ]
    assert editor.post(url, form | {"despite_overlap": "on"}).status_code == 302
    second.refresh_from_db()
    assert second.starts_at == local(2027, 1, 20, 16, 30)


def test_a_longer_meeting_that_runs_into_the_next_is_asked_about(editor: Client, dated: Meeting) -> None:
    make_meeting(dated.group, position=2, starts_at=local(2027, 1, 20, 17, 30), minutes_available=60)

    asked = editor.post(_url(dated), fields_on(editor, _url(dated)) | {"minutes_available": "121"})

    assert dict(asked.context["form"].errors) == {
        "starts_at": ["Dan is ook Bijeenkomst 2 van deze groep: 17.30 tot 18.30 uur."]
    }


def test_the_wizard_asks_too(editor: Client, elsewhere: Meeting) -> None:
    step = "/groepen/nieuw/{}/".format
    editor.post(step("groep"), {"name": "Aa"})
    editor.post(step("mensen"), {"people": ""})
    plan = {"network_count": "1", "date": "2027-01-20", "time": "16:00", "place": ""}

    asked = editor.post(step("bijeenkomsten"), plan)

    assert asked.status_code == 422
    told = ["Dan heb je ook Bijeenkomst 1 van Hunzedal: 17.00 tot 18.40 uur."]
    assert dict(asked.context["form"].errors) == {"date": told}
    assert editor.post(step("bijeenkomsten"), plan | {"despite_overlap": "on"}).status_code == 302
    dates = {"date_0": "2027-01-20", "time_0": "18:00", "date_1": "2027-06-02", "time_1": "15:30"}
    asked = editor.post(step("data"), dates)
    assert dict(asked.context["form"].errors) == {
        "date_0": ["Dan is ook Introductie van deze groep: 16.00 tot 18.20 uur.", *told]
    }
    assert editor.post(step("data"), dates | {"despite_overlap": "on"}).status_code == 302
    assert editor.post(step("controleren"), {}).status_code == 302
    assert NetworkGroup.objects.filter(name="Aa").exists()
