"""The figures of the interview, which are the playbook's."""

import pytest

from reports.interviews import protocol
from reports.models import PART_CODES


def test_parts_and_minutes_are_the_playbooks() -> None:
    assert [(part.code, part.minutes) for part in protocol.PARTS] == [
        ("A", 8), ("B1", 2), ("B2", 2), ("B3", 5), ("B4", 2), ("B5", 5), ("B6", 5),
    ]  # fmt: skip


def test_what_is_written_down_at_a_part_is_kept_by_the_protocols_codes() -> None:
    assert tuple(protocol.PARTS_BY_CODE) == PART_CODES


def test_nothing_chosen_is_the_whole_interview_which_does_not_fit() -> None:
    plan = protocol.plan([], part_a_before=False)

    assert (plan.minutes, plan.fits, plan.before, plan.later) == (29, False, (), ())


@pytest.mark.parametrize(
    ("slot", "turns", "before", "now"),
    [
        (20, 1, [], ["A", "B1", "B2", "B3", "B4"]),
        (20, 2, [], ["A", "B1"]),
        (20, 3, ["A"], ["B1", "B2", "B4"]),
        (60, 2, [], ["A", "B1", "B2", "B3", "B4", "B5", "B6"]),
        (87, 3, [], ["A", "B1", "B2", "B3", "B4", "B5", "B6"]),
        (5, 3, ["A"], []),
    ],
)
def test_until_the_coach_chooses_it_is_what_fits(slot: int, turns: int, before: list[str], now: list[str]) -> None:
    """One, two and three conversations after another in the time there is."""
    plan = protocol.plan_of(None, slot=slot, turns=turns)

    assert ([part.code for part in plan.before], [part.code for part in plan.now]) == (before, now)
    assert plan.fits


@pytest.mark.parametrize(
    ("chosen", "a_before", "minutes", "fits"),
    [
        (["A", "B1"], False, 10, True),
        (["A", "B3"], False, 13, False),
        (["B3", "B5"], True, 10, True),
        (["A", "B3", "B5"], True, 10, True),
        (["A", "B3", "B5"], False, 18, False),
    ],
)
def test_a_choice_of_parts_fits_in_half_the_slot(chosen: list[str], a_before: bool, minutes: int, fits: bool) -> None:
    plan = protocol.plan(chosen, part_a_before=a_before)

    assert (plan.minutes, plan.fits) == (minutes, fits)
    assert sorted(part.code for part in plan.in_order) == sorted(PART_CODES)


def test_every_part_has_questions_to_go_on_with() -> None:
    assert all(part.follow_ups("druk gedrag") for part in protocol.PARTS)


def test_the_theme_stands_in_the_questions() -> None:
    assert "over 100 % rust dat" in protocol.PARTS_BY_CODE["B5"].question("100 % rust")
