"""Moving strips: every sequence of moves leaves a valid meetlat, and a stale move changes nothing."""

from collections import defaultdict
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import Membership
from leervragen.models import Leervraag, StripGroup, StripMove
from leervragen.services import laying, moves
from meetings.models import Meeting
from netwerkleren.base.conflicts import WrittenMeanwhile
from tests.factories import make_group, make_meeting, make_member
from tests.types import AskQuestion

pytestmark = pytest.mark.django_db


def places(meeting: Meeting) -> list[tuple[str, int | None, int | None]]:
    strips = meeting.leervragen.in_order()
    return [(strip.text, strip.number, strip.rank) for strip in strips]


def lay(strip: Leervraag, number: int, **values: Any) -> None:
    strip.refresh_from_db()
    laying.lay_strip(actor=strip.author.user, strip=strip, version=strip.version, number=number, **values)
    strip.refresh_from_db()


def group(strip: Leervraag, beside: Leervraag, title: str = "") -> StripGroup:
    strip.refresh_from_db()
    return laying.group_strips(actor=strip.author.user, strip=strip, version=strip.version, beside=beside, title=title)


def test_ties_stack_in_the_order_they_were_laid(ask: AskQuestion, meeting: Meeting) -> None:
    for text in ("A", "B", "C"):
        ask(text, number=2)

    assert places(meeting) == [("A", 2, 0), ("B", 2, 1), ("C", 2, 2)]


def test_a_strip_can_be_laid_before_another(ask: AskQuestion, meeting: Meeting) -> None:
    first, _second, third = (ask(text, number=2) for text in ("A", "B", "C"))

    lay(third, 2, before=first)

    assert places(meeting) == [("C", 2, 0), ("A", 2, 1), ("B", 2, 2)]


def test_up_passes_the_neighbour_and_then_goes_to_the_number_before(ask: AskQuestion, meeting: Meeting) -> None:
    ask("A", number=3)
    strip = ask("B", number=3)

    laying.nudge_strip(actor=strip.author.user, strip=strip, version=strip.version, by=-1)
    assert places(meeting) == [("B", 3, 0), ("A", 3, 1)]

    laying.nudge_strip(actor=strip.author.user, strip=strip, version=strip.version + 1, by=-1)
    assert places(meeting) == [("B", 2, 0), ("A", 3, 0)]


def test_up_from_the_top_stays_where_it_is(ask: AskQuestion, meeting: Meeting) -> None:
    strip = ask("A", number=1)

    laying.nudge_strip(actor=strip.author.user, strip=strip, version=strip.version, by=-1)

    assert places(meeting) == [("A", 1, 0)]


def test_taking_a_strip_off_closes_the_gap(ask: AskQuestion, meeting: Meeting) -> None:
    first = ask("A", number=5)
    ask("B", number=5)

    laying.put_away(actor=first.author.user, strip=first, version=first.version, state="parked")

    assert places(meeting) == [("B", 5, 0), ("A", None, None)]
    first.refresh_from_db()
    assert (first.state, first.outcome) == ("parked", "open")


def test_what_the_pitch_answered_is_answered_until_it_is_laid_after_all(ask: AskQuestion) -> None:
    strip = ask("A")
    laying.put_away(actor=strip.author.user, strip=strip, version=0, state="pitch")
    strip.refresh_from_db()
    assert strip.outcome == "answered"

    lay(strip, 4)

    assert (strip.state, strip.outcome) == ("laid", "open")


def test_a_stale_move_is_refused_and_changes_nothing(ask: AskQuestion, meeting: Meeting) -> None:
    strip = ask("A", number=3)
    seen = strip.version
    lay(strip, 8)

    with pytest.raises(WrittenMeanwhile) as told:
        laying.lay_strip(actor=strip.author.user, strip=strip, version=seen, number=1)

    assert (told.value.current, told.value.current.number) == (strip, 8)
    assert places(meeting) == [("A", 8, 0)]


def test_a_neighbour_that_moves_does_not_make_a_strip_stale(ask: AskQuestion, meeting: Meeting) -> None:
    first, second = ask("A", number=3), ask("B", number=3)
    lay(first, 9)

    laying.lay_strip(actor=second.author.user, strip=second, version=second.version, number=4)

    assert places(meeting) == [("B", 4, 0), ("A", 9, 0)]


def test_a_group_moves_as_one(ask: AskQuestion, meeting: Meeting) -> None:
    first, _other, second = (ask(text, number=5) for text in ("A", "X", "B"))
    group(second, first, "Uitleg aan de klas")

    assert places(meeting) == [("A", 5, 0), ("B", 5, 1), ("X", 5, 2)]
    lay(second, 7)
    assert places(meeting) == [("X", 5, 0), ("A", 7, 0), ("B", 7, 1)]


def test_a_strip_taken_out_stays_on_its_number_and_a_group_of_one_is_gone(ask: AskQuestion, meeting: Meeting) -> None:
    first, second = ask("A", number=5), ask("B", number=5)
    group(second, first)
    second.refresh_from_db()

    laying.ungroup_strip(actor=second.author.user, strip=second, version=second.version)

    assert places(meeting) == [("A", 5, 0), ("B", 5, 1)]
    assert not StripGroup.objects.exists()
    first.refresh_from_db()
    assert first.strip_group is None


def test_a_strip_from_the_pile_joins_a_group_and_lies_with_it(ask: AskQuestion, meeting: Meeting) -> None:
    first, second, third = ask("A", number=5), ask("B", number=5), ask("C")
    group(second, first, "Uitleg")
    made = group(third, first)

    assert places(meeting) == [("A", 5, 0), ("B", 5, 1), ("C", 5, 2)]
    assert (made.title, made.leervragen.count()) == ("Uitleg", 3)


def test_one_groups_with_a_question_on_the_meetlat_only(ask: AskQuestion) -> None:
    strip, on_the_pile = ask("A", number=5), ask("B")

    with pytest.raises(ValidationError):
        group(strip, on_the_pile)
    with pytest.raises(ValidationError):
        group(strip, strip)


def test_a_number_off_the_meetlat_is_refused(ask: AskQuestion) -> None:
    strip = ask("A")
    with pytest.raises(ValidationError):
        laying.lay_strip(actor=strip.author.user, strip=strip, version=0, number=11)


def test_the_database_itself_refuses_an_impossible_place(ask: AskQuestion) -> None:
    ask("A", number=5)
    other = ask("B")
    for wrong in (
        {"state": "laid", "number": 5, "rank": 0},
        {"state": "laid", "number": None},
        {"state": "laid", "number": 11, "rank": 0},
        {"state": "parked", "number": 5},
        {"outcome": "parked"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Leervraag.objects.filter(pk=other.pk).update(**wrong)


def test_an_answered_question_is_not_moved_any_more(ask: AskQuestion) -> None:
    strip = ask("A", number=5)
    Leervraag.objects.update(outcome="answered")

    with pytest.raises(ValidationError):
        lay(strip, 6)


MOVES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.one_of(
            st.tuples(st.just("lay"), st.integers(1, 10), st.integers(0, 5)),
            st.tuples(st.just("nudge"), st.sampled_from([-1, 1])),
            st.tuples(st.just("put_away"), st.sampled_from(["tray", "parked", "pitch"])),
            st.tuples(st.just("group"), st.integers(0, 5)),
            st.tuples(st.just("ungroup")),
            st.tuples(st.just("undo")),
        ),
        st.integers(0, 2),
    ),
    max_size=14,
)


def play(strips: list[Leervraag], index: int, move: tuple[Any, ...], mover: Membership) -> None:
    strip = strips[index]
    strip.refresh_from_db()
    values: dict[str, Any] = {"actor": mover.user, "strip": strip, "version": strip.version}
    kind, *rest = move
    try:
        if kind == "undo":
            undo_last(strip.meeting, mover)
            return
        if kind == "lay":
            laying.lay_strip(**values, number=rest[0], before=strips[rest[1]])
        elif kind == "nudge":
            laying.nudge_strip(**values, by=rest[0])
        elif kind == "put_away":
            laying.put_away(**values, state=rest[0])
        elif kind == "group":
            laying.group_strips(**values, beside=strips[rest[0]])
        else:
            laying.ungroup_strip(**values)
    except ValidationError:
        pass  # A move that is not possible is refused; the meetlat must be valid all the same.


def undo_last(meeting: Meeting, mover: Membership) -> None:
    mine = StripMove.objects.filter(meetlat=meeting.pk, by=mover, can_undo=True).last()
    if mine is not None:
        moves.undo_move(actor=mover.user, meeting=meeting, move=mine.pk)


def as_it_lies(meeting: Meeting) -> list[tuple[Any, ...]]:
    return [
        (one.text, one.state, one.number, one.rank, one.strip_group_id, one.strip_group and one.strip_group.title)
        for one in meeting.leervragen.in_order()
    ]


def assert_valid(meeting: Meeting, count: int) -> None:
    strips = list(meeting.leervragen.in_order())
    assert len(strips) == count
    rungs: dict[int, list[Leervraag]] = defaultdict(list)
    for strip in strips:
        assert (strip.state == "laid") == (strip.number is not None) == (strip.rank is not None)
        if strip.number is not None:
            rungs[strip.number].append(strip)
        else:
            assert strip.strip_group is None
    for number, laid in rungs.items():
        assert 1 <= number <= 10
        assert [strip.rank for strip in laid] == list(range(len(laid)))
        ids = [strip.strip_group_id for strip in laid]
        for group_id in {one for one in ids if one}:
            first = ids.index(group_id)
            size = ids.count(group_id)
            assert size >= 2
            assert ids[first : first + size] == [group_id] * size
    assert all(one.leervragen.values("number").distinct().count() == 1 for one in StripGroup.objects.all())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_sequence_of_moves_and_undos_by_several_people_leaves_a_valid_meetlat(
    db: None, moves: list[tuple[int, tuple[Any, ...], int]]
) -> None:
    """And what someone puts back at once lies exactly as before."""
    traject = make_group()
    people = [make_member(traject, school=None) for _number in range(3)]
    meeting = make_meeting(traject, position=1)
    strips = [Leervraag.objects.create(meeting=meeting, author=people[0], text=f"Vraag {n}") for n in range(6)]

    for index, move, mover in moves:
        before, latest = as_it_lies(meeting), StripMove.objects.last()
        play(strips, index, move, people[mover])
        assert_valid(meeting, 6)
        made = StripMove.objects.last()
        if made is not None and made != latest and made.can_undo:
            undo_last(meeting, people[mover])
            assert as_it_lies(meeting) == before
            play(strips, index, move, people[mover])

    assert_valid(meeting, 6)
