"""A netwerkbijeenkomst more, one on another place, one less: what changes, and who is told of it."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag
from meetings.models import Meeting, Topic
from meetings.services import changing, placing, planning
from netwerkleren.base.conflicts import WrittenMeanwhile
from tests.factories import local, make_expert_invitation, make_meeting
from tests.types import OnCommit, SignIn

TODAY = local(2026, 11, 2, 9)


@pytest.fixture(autouse=True)
def _on_a_monday() -> "object":
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def traject(coach: Membership, participant: Membership, maatje: Membership) -> list[Meeting]:
    return planning.plan_meetings(
        actor=coach.user,
        group=coach.group,
        introduction_at=local(2026, 12, 2, 15, 30),
        network_count=3,
        dates=[local(2027, 1, 20, 15, 30), local(2027, 2, 24, 15, 30), None, local(2027, 6, 2, 15, 30)],
    )


def _row(group: NetworkGroup) -> list[str]:
    return [meeting.number_name for meeting in Meeting.objects.of_group(group).not_cancelled()]


def _told() -> Counter[str]:
    """How many mails each person got, and none twice with one subject."""
    assert max(Counter((one.to[0], one.subject) for one in mail.outbox).values(), default=0) <= 1
    return Counter(one.to[0] for one in mail.outbox)


def _add(coach: Membership, after: Meeting, **values: Any) -> Meeting:
    options: dict[str, Any] = {"key": uuid4(), "after": after.pk, **values}
    return placing.add_meeting(actor=coach.user, group=coach.group, **options)


def test_one_more_stands_where_the_coach_put_it_and_all_are_counted_anew(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = _add(coach, traject[1], starts_at=local(2027, 2, 3, 15, 30))
    assert _row(coach.group) == ["Introductie", *(f"Bijeenkomst {n}" for n in range(1, 5)), "Afsluiting"]
    assert Meeting.objects.get(pk=made.pk).number_name == "Bijeenkomst 2"
    assert Meeting.objects.get(pk=traject[2].pk).number_name == "Bijeenkomst 3"
    assert sum(item.minutes for item in made.agenda.all()) == 140
    assert made.leervraag_deadline == local(2027, 1, 25, 20)
    assert set(_told().values()) == {1}
    assert len(_told()) == 3


def test_one_more_without_a_date_is_told_to_nobody_yet(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _add(coach, traject[1])
    assert mail.outbox == []


def test_the_same_form_twice_makes_one(coach: Membership, traject: list[Meeting]) -> None:
    key = uuid4()
    assert _add(coach, traject[1], key=key) == _add(coach, traject[1], key=key)
    assert Meeting.objects.filter(group=coach.group).count() == 6


@pytest.mark.parametrize(
    ("after", "starts_at", "field"),
    [
        (4, local(2027, 7, 1, 15), "after"),
        (1, local(2027, 1, 10, 15), "starts_at"),
        (1, local(2027, 3, 10, 15), "starts_at"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    coach: Membership, traject: list[Meeting], after: int, starts_at: object, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        _add(coach, traject[after], starts_at=starts_at)
    assert list(refused.value.message_dict) == [field]
    assert Meeting.objects.filter(group=coach.group).count() == 5


def test_nothing_comes_before_what_was_held(coach: Membership, traject: list[Meeting]) -> None:
    Meeting.objects.filter(pk=traject[1].pk).update(state=Meeting.State.ENDED)
    with pytest.raises(ValidationError, match="al geweest"):
        _add(coach, traject[0])


def test_twenty_is_the_most(coach: Membership, traject: list[Meeting]) -> None:
    for _number in range(17):
        _add(coach, traject[3])
    with pytest.raises(ValidationError, match="al 20"):
        _add(coach, traject[3])


def test_a_moved_meeting_is_told_once_to_everyone_and_to_its_expert(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    invitation = make_expert_invitation(traject[1], invited_by=coach.user)
    with django_capture_on_commit_callbacks(execute=True):
        placing.move_meeting(
            actor=coach.user, meeting=traject[1], after=traject[0].pk, starts_at=local(2027, 1, 27, 15, 30)
        )
    assert set(_told().values()) == {1}
    assert invitation.expert.email in _told()
    moved = Meeting.objects.get(pk=traject[1].pk)
    assert (moved.ics_sequence, moved.leervraag_deadline) == (1, local(2027, 1, 18, 20))


def test_two_may_change_places_and_only_who_changed_date_is_told(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        placing.move_meeting(actor=coach.user, meeting=traject[3], after=traject[0].pk, starts_at=None)
    assert [one.pk for one in Meeting.objects.of_group(coach.group)] == [traject[n].pk for n in (0, 3, 1, 2, 4)]
    assert mail.outbox == []


@pytest.mark.parametrize("state", ["running", "ended"])
def test_one_that_is_on_or_was_held_is_neither_moved_nor_taken_out(
    coach: Membership, traject: list[Meeting], state: str
) -> None:
    Meeting.objects.filter(pk=traject[1].pk).update(state=state)
    with pytest.raises(ValidationError, match="bezig"):
        placing.move_meeting(actor=coach.user, meeting=traject[1], after=traject[2].pk, starts_at=None)
    with pytest.raises(ValidationError, match="bezig"):
        placing.remove_meeting(actor=coach.user, meeting=traject[1])
    assert Meeting.objects.get(pk=traject[1].pk).state == state


def test_who_moves_on_top_of_anothers_move_is_told(coach: Membership, traject: list[Meeting]) -> None:
    saw = traject[1].version_of_place
    placing.move_meeting(
        actor=coach.user, meeting=traject[1], after=traject[0].pk, starts_at=local(2027, 1, 27, 15), version=saw
    )
    with pytest.raises(WrittenMeanwhile):
        placing.move_meeting(
            actor=coach.user, meeting=traject[1], after=traject[0].pk, starts_at=local(2027, 1, 28, 15), version=saw
        )


def test_an_empty_one_is_gone_and_leaves_every_calendar(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    uid = traject[1].ics_uid
    with django_capture_on_commit_callbacks(execute=True):
        assert placing.remove_meeting(actor=coach.user, meeting=traject[1])
    assert _row(coach.group) == ["Introductie", "Bijeenkomst 1", "Bijeenkomst 2", "Afsluiting"]
    assert set(_told().values()) == {1}
    assert {one.subject for one in mail.outbox} == {"Gaat niet door: Bijeenkomst 1"}
    file = next(part for part in mail.outbox[0].message().walk() if part.get_filename())
    (event,) = Calendar.from_ical(bytes(file.get_payload(decode=True))).walk("VEVENT")
    assert (str(event["status"]), str(event["sequence"])) == ("CANCELLED", "1")
    assert str(event["uid"]).startswith(str(uid))


def _topic(meeting: Meeting, _member: Membership) -> None:
    meeting.topic = Topic.objects.create(group=meeting.group, title="Rust")
    meeting.save()


def _question(meeting: Meeting, member: Membership) -> None:
    Leervraag.objects.create(meeting=meeting, author=member, text="Hoe?")


def _agenda(meeting: Meeting, _member: Membership) -> None:
    meeting.agenda.filter(position=1).update(minutes=20)


@pytest.mark.parametrize("fill", [_topic, _question, _agenda, lambda meeting, _member: make_expert_invitation(meeting)])
def test_one_that_holds_something_is_cancelled_and_stays_to_be_read(
    coach: Membership, participant: Membership, traject: list[Meeting], fill: object
) -> None:
    fill(traject[1], participant)  # type: ignore[operator]
    assert not placing.remove_meeting(actor=coach.user, meeting=traject[1])
    gone = Meeting.objects.get(pk=traject[1].pk)
    assert (gone.state, gone.number_name) == (Meeting.State.CANCELLED, "Netwerkbijeenkomst")
    assert _row(coach.group) == ["Introductie", "Bijeenkomst 1", "Bijeenkomst 2", "Afsluiting"]
    changing.reopen_meeting(actor=coach.user, meeting=gone)
    assert Meeting.objects.get(pk=gone.pk).number_name == "Bijeenkomst 1"
    assert _row(coach.group) == ["Introductie", *(f"Bijeenkomst {n}" for n in range(1, 4)), "Afsluiting"]


@pytest.mark.parametrize(("choice", "where"), [("1", "moved"), ("0", "parked")])
def test_its_questions_go_where_the_coach_says(
    coach: Membership, participant: Membership, traject: list[Meeting], sign_in: SignIn, choice: str, where: str
) -> None:
    _question(traject[1], participant)
    page = reverse("meetings:remove", args=[traject[1].pk])
    browser = sign_in(coach)
    assert "Hier wacht nog: 1 leervraag" in browser.get(page).content.decode()
    browser.post(page, {"to_next": choice})
    question = Leervraag.objects.get(meeting=traject[1])
    assert question.outcome == where
    assert Leervraag.objects.filter(meeting=traject[2]).count() == (choice == "1")


def _seen(browser: object, url: str, form: dict[str, str]) -> str:
    answer = browser.post(url, form)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_mail_goes_the_page_says_who_gets_one_and_changes_nothing(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    make_expert_invitation(traject[1], "Lotte Meijerink", invited_by=coach.user)
    browser = sign_in(coach)
    url = reverse("meetings:move", args=[traject[1].pk])
    form = {"after": str(traject[0].pk), "starts_at": "2027-01-27T15:30", "version": traject[1].version_of_place}
    with django_capture_on_commit_callbacks(execute=True):
        page = _seen(browser, url, form)
    assert "2 deelnemers krijgen een mail: de nieuwe dag en het uur." in page
    assert "Expert Lotte Meijerink krijgt een mail." in page
    assert mail.outbox == []
    assert Meeting.objects.get(pk=traject[1].pk).starts_at == local(2027, 1, 20, 15, 30)

    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            browser.post(url, {**form, "seen": "1"})
    assert len(_told()) == 4
    assert set(_told().values()) == {1}


def test_the_page_says_which_meetings_get_another_number(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    key: UUID = uuid4()
    form = {"key": str(key), "after": str(traject[1].pk), "starts_at": "", "place": ""}
    page = _seen(browser, reverse("meetings:add", args=[coach.group_id]), form)
    assert "Bijeenkomst 2 heet daarna Bijeenkomst 3." in page
    assert "Niemand krijgt een mail" in page
    page = " ".join(browser.get(reverse("meetings:remove", args=[traject[1].pk])).content.decode().split())
    assert "Bijeenkomst 2 heet daarna Bijeenkomst 1." in page
    assert "2 deelnemers krijgen een mail: deze bijeenkomst gaat niet door." in page
    assert not Meeting.objects.filter(pk=key).exists()
    assert Meeting.objects.filter(pk=traject[1].pk, position=1).exists()


def test_a_draft_tells_nobody(
    coach: Membership, traject: list[Meeting], django_capture_on_commit_callbacks: OnCommit
) -> None:
    NetworkGroup.objects.update(published_at=None)
    for meeting in traject:
        meeting.group.refresh_from_db()
    coach.group.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        _add(coach, traject[1], starts_at=local(2027, 2, 3, 15, 30))
        placing.remove_meeting(actor=coach.user, meeting=traject[1])
    assert mail.outbox == []


def test_the_afsluiting_keeps_its_place_and_gets_another_date(coach: Membership, traject: list[Meeting]) -> None:
    closing = traject[4]
    placing.move_meeting(actor=coach.user, meeting=closing, after=closing.pk, starts_at=local(2027, 6, 9, 15, 30))
    assert Meeting.objects.of_group(coach.group).last() == closing
    with pytest.raises(ValidationError, match="moet na"):
        placing.move_meeting(actor=coach.user, meeting=closing, after=closing.pk, starts_at=local(2027, 2, 1, 15))


def test_another_group_is_left_alone(coach: Membership, traject: list[Meeting], other_coach: Membership) -> None:
    theirs = make_meeting(other_coach.group, position=7)
    _add(coach, traject[0])
    theirs.refresh_from_db()
    assert theirs.position == 7


@pytest.mark.parametrize("at", [0, -1])
def test_an_empty_introductie_or_afsluiting_is_not_said_to_hold_something(
    at: int, coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    page = sign_in(coach).get(reverse("meetings:remove", args=[traject[at].pk])).content.decode()
    assert "Elk traject heeft een introductie en een afsluiting." in page
    assert "Er is al iets voor gemaakt." not in page
