"""Many people at once: the meetlat stays valid, one of two movers of the same strip is told, one mail goes out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from groups.models import Membership
from leervragen.models import Leervraag, Mailing, StripMove
from leervragen.services import answering, asking, laying, mailing
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base import live
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.models import AuditEvent
from tests.factories import make_meeting, make_member
from tests.types import AskQuestion

from .test_laying import assert_valid

PEOPLE = 10

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(work: Callable[[int], Any]) -> list[Any]:
    """Runs `work(0)` to `work(9)` in threads that start together; answers what each gave or raised."""
    start = Barrier(PEOPLE)

    def run(number: int) -> Any:
        try:
            start.wait()
            return work(number)
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


def test_ten_people_who_each_move_a_strip_leave_a_valid_meetlat(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    strips = [ask(f"Vraag {number}?") for number in range(PEOPLE)]

    def move(number: int) -> None:
        laying.lay_strip(actor=participant.user, strip=strips[number], version=0, number=number % 3 + 1)

    assert all_at_once(move) == [None] * PEOPLE
    assert_valid(meeting, PEOPLE)
    assert not Leervraag.objects.filter(state="tray").exists()


@pytest.mark.on_postgresql
def test_of_ten_who_move_at_once_no_move_is_lost_or_made_twice(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    """Five moves each, of six strips that all take; `bin/bench meetlat` has a hundred of each."""
    strips = [ask(f"Vraag {number}?", number=number) for number in range(1, 7)]
    was = {strip.pk: strip.version for strip in strips}
    begun = live.version_of(live.topic_of("meetlat", meeting))

    def move(number: int) -> int:
        made = 0
        for turn in range(5):
            seen = Leervraag.objects.select_related("meeting__group").get(pk=strips[(number + turn) % 6].pk)
            with suppress(WrittenMeanwhile):
                to = (number * 3 + turn) % 10 + 1
                laying.lay_strip(actor=participant.user, strip=seen, version=seen.version, number=to)
                made += 1
        return made

    results = all_at_once(move)

    made = sum(results)
    assert made >= PEOPLE
    assert_valid(meeting, 6)
    now = {strip.pk: strip for strip in meeting.leervragen.in_order()}
    assert sum(strip.version - was[pk] for pk, strip in now.items()) == made
    assert live.version_of(live.topic_of("meetlat", meeting)) == begun + made
    moves = list(StripMove.objects.filter(version__gt=begun))
    assert sorted(one.version for one in moves) == list(range(begun + 1, begun + made + 1))
    assert {one.strip_id: one.number for one in moves} == {
        pk: strip.number for pk, strip in now.items() if strip.version > was[pk]
    }


def test_of_ten_people_who_move_the_same_strip_one_does_and_nine_are_told(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    strip = ask("Vraag?")

    def move(number: int) -> None:
        laying.lay_strip(actor=participant.user, strip=strip, version=0, number=number + 1)

    results = all_at_once(move)

    assert sum(isinstance(result, WrittenMeanwhile) for result in results) == PEOPLE - 1
    assert results.count(None) == 1
    strip.refresh_from_db()
    assert strip.number == results.index(None) + 1


def test_the_same_form_ten_times_at_once_makes_one_question(meeting: Meeting, participant: Membership) -> None:
    key = uuid4()

    def hand_in(_number: int) -> Any:
        made = asking.hand_in(actor=participant.user, key=key, meeting=meeting, author=participant, text="Hoe?")
        return made.pk

    assert all_at_once(hand_in) == [key] * PEOPLE
    assert Leervraag.objects.count() == 1


def test_ten_clicks_on_send_make_one_mail(
    ask: AskQuestion, meeting: Meeting, expert_invitation: ExpertInvitation, coach: Membership
) -> None:
    ask("Hoe?", author=make_member(meeting.group))

    results = all_at_once(lambda _number: mailing.send_now(actor=coach.user, meeting=meeting))

    assert sum(isinstance(result, Mailing) for result in results) == 1
    assert results.count(None) == PEOPLE - 1


def test_ten_clicks_on_to_the_next_meeting_move_a_question_once(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    following = make_meeting(meeting.group, position=2)
    leervraag = ask("Hoe?", number=3)

    def move_on(_number: int) -> str:
        stale = Leervraag.objects.select_related("meeting__group", "author").get(pk=leervraag.pk)
        return answering.end_question(actor=participant.user, leervraag=stale, outcome="moved").outcome

    assert all_at_once(move_on) == ["moved"] * PEOPLE
    assert Leervraag.objects.filter(meeting=following).count() == 1


def test_ten_ends_of_a_meeting_lose_no_question(ask: AskQuestion, meeting: Meeting, participant: Membership) -> None:
    """Of five questions someone says "Beantwoord", while five others take along whatever is open."""
    following = make_meeting(meeting.group, position=2)
    strips = [ask(f"Vraag {number}?", number=number // 2 + 1) for number in range(PEOPLE)]

    def end(number: int) -> Any:
        if number % 2:
            return answering.finish_open_questions(actor=participant.user, meeting=meeting)
        stale = Leervraag.objects.select_related("meeting__group", "author").get(pk=strips[number].pk)
        return answering.end_question(actor=participant.user, leervraag=stale, outcome="answered").outcome

    results = all_at_once(end)

    assert [result for result in results if isinstance(result, Exception)] == []
    outcomes = dict(Leervraag.objects.filter(meeting=meeting).values_list("text", "outcome"))
    assert outcomes == {f"Vraag {number}?": "moved" if number % 2 else "answered" for number in range(PEOPLE)}
    there = Leervraag.objects.filter(meeting=following).values_list("text", flat=True)
    assert sorted(there) == [f"Vraag {number}?" for number in range(1, PEOPLE, 2)]


def test_ten_clicks_on_take_back_take_a_question_back_once(ask: AskQuestion, participant: Membership) -> None:
    leervraag = ask("Hoe?", number=3)

    def withdraw(_number: int) -> Any:
        stale = Leervraag.objects.select_related("meeting__group", "author").get(pk=leervraag.pk)
        return asking.withdraw_leervraag(actor=participant.user, leervraag=stale)

    assert all_at_once(withdraw) == [None] * PEOPLE
    assert AuditEvent.objects.filter(action="leervraag.withdrawn").count() == 1
