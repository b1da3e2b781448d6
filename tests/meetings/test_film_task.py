"""The filmopdracht of a round: written in the room, read at the next meeting and at Fragmenten, and it may be empty."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.services import running, talk
from tests.factories import make_agenda_item, make_meeting
from tests.types import SignIn

TASK = "Een moment waarop je <wacht>"
SHOWN = "Een moment waarop je &lt;wacht&gt;"
CLIPS = "/fragmenten/"


@pytest.fixture
def following(meeting: Meeting) -> Meeting:
    return make_meeting(meeting.group, position=2)


def _write(coach: Membership, meeting: Meeting, film_task: str = TASK) -> None:
    talk.write_film_task(actor=coach.user, meeting=meeting, film_task=film_task, version=meeting.version_of_film_task)


def _shown(browser: Client, meeting: Meeting) -> str:
    return browser.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()


def test_the_coach_writes_it_in_the_room_and_a_deelnemer_cannot(
    coach: Membership, participant: Membership, meeting: Meeting, following: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, AgendaItem.Kind.EVALUATION)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser, page = sign_in(coach), reverse("meetings:film_task", args=[meeting.pk])
    lead = reverse("meetings:lead", args=[meeting.pk])
    assert page in browser.get(lead).content.decode()
    version = browser.get(page).context["form"]["version"].value()
    answer = browser.post(page, {"film_task": TASK, "version": version})
    assert (answer.status_code, answer.headers["Location"]) == (302, lead)
    meeting.refresh_from_db()
    assert meeting.film_task == TASK
    assert sign_in(participant).post(page, {"film_task": "", "version": version}).status_code == 403


def test_a_deelnemer_reads_it_at_the_next_meeting_and_at_fragmenten(
    coach: Membership, participant: Membership, meeting: Meeting, following: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    for page in (_shown(browser, following), browser.get(CLIPS).content.decode()):
        assert "Filmopdracht" not in page
    _write(coach, Meeting.objects.get(pk=meeting.pk))
    assert "Dit filmen jullie voor deze bijeenkomst" in _shown(browser, following)
    for page in (_shown(browser, following), browser.get(CLIPS).content.decode()):
        assert SHOWN in page


def test_it_is_of_one_round(
    coach: Membership, participant: Membership, meeting: Meeting, following: Meeting, sign_in: SignIn
) -> None:
    last = make_meeting(meeting.group, Meeting.Kind.CLOSING, position=3)
    _write(coach, meeting)
    browser = sign_in(participant)
    Meeting.objects.filter(pk__in=[meeting.pk, following.pk]).update(state=Meeting.State.ENDED)
    assert SHOWN not in browser.get(CLIPS).content.decode()
    assert SHOWN not in _shown(browser, last)
    Meeting.objects.filter(pk=following.pk).update(state=Meeting.State.CANCELLED)
    assert SHOWN in browser.get(CLIPS).content.decode()
    assert SHOWN in _shown(browser, last)


def test_it_may_be_empty_and_be_taken_back(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    _write(coach, meeting)
    page = reverse("meetings:film_task", args=[meeting.pk])
    browser = sign_in(coach)
    version = browser.get(page).context["form"]["version"].value()
    assert browser.post(page, {"film_task": "", "version": version}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.film_task == ""


def test_one_that_is_too_long_is_said_and_stays(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    sent = {"film_task": "y" * 501, "version": meeting.version_of_film_task}
    answer = sign_in(coach).post(reverse("meetings:film_task", args=[meeting.pk]), sent)
    assert answer.status_code == 422
    assert "500 tekens" in answer.content.decode() and "y" * 501 in answer.content.decode()


def test_after_the_afsluiting_there_is_none(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    closing = make_meeting(meeting.group, Meeting.Kind.CLOSING, state=Meeting.State.ENDED)
    with pytest.raises(ValidationError, match="geen volgende keer"):
        _write(coach, closing)
    assert "Filmopdracht" not in _shown(sign_in(coach), closing)
