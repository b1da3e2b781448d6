"""Who interviews whom, as proposed."""

from typing import Any
from uuid import uuid4

import pytest

from groups.models import Membership
from reports.interviews.pairing import propose_pairs, turns_of


def members_of(*sizes: int) -> list[Membership]:
    """Members in maatjes of these sizes; 1 is someone without a maatje."""
    return [
        Membership(id=uuid4(), pair_id=pair if size > 1 else None)
        for size, pair in [(size, uuid4()) for size in sizes]
        for _ in range(size)
    ]


def maatjes(proposed: dict[Membership, Membership]) -> list[tuple[Membership, Membership]]:
    return [
        (teller, interviewer)
        for teller, interviewer in proposed.items()
        if teller.pair_id and teller.pair_id == interviewer.pair_id
    ]


@pytest.mark.parametrize(
    "sizes", [(2, 2), (2, 2, 2), (2, 2, 1), (2, 3, 2), (3, 2, 2, 2), (3, 3), (1, 1, 1, 1), (2, 1, 1)]
)
def test_everyone_tells_and_asks_once_and_nobody_gets_their_own_maatje(sizes: tuple[int, ...]) -> None:
    members = members_of(*sizes)

    proposed = propose_pairs(members)

    assert set(proposed) == set(proposed.values()) == set(members)
    assert all(teller != interviewer for teller, interviewer in proposed.items())
    assert maatjes(proposed) == []


@pytest.mark.parametrize("sizes", [(2, 2), (2, 2, 2), (2, 2, 2, 2)])
def test_two_ask_each_other(sizes: tuple[int, ...]) -> None:
    proposed = propose_pairs(members_of(*sizes))

    assert all(proposed[proposed[teller]] == teller for teller in proposed)


@pytest.mark.parametrize("sizes", [(2,), (3,), (3, 2)])
def test_where_it_cannot_be_avoided_maatjes_ask_each_other(sizes: tuple[int, ...]) -> None:
    members = members_of(*sizes)

    proposed = propose_pairs(members)

    assert set(proposed) == set(proposed.values()) == set(members)


def test_nobody_is_asked_alone() -> None:
    assert propose_pairs(members_of(1)) == {}
    assert propose_pairs([]) == {}


def test_the_proposal_does_not_hang_on_the_order_of_the_members() -> None:
    members = members_of(2, 2, 2)

    assert len({frozenset(propose_pairs(order).items()) for order in (members, members[::-1])}) == 1


@pytest.mark.parametrize(
    ("asks", "turns"),
    [
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, 2),
        ({"a": "b", "b": "c", "c": "a"}, 3),
        ({"a": "b", "b": "a", "c": "d", "d": "e", "e": "c"}, 3),
        ({"a": "b", "b": "c", "c": "d", "d": "a"}, 2),
        ({"a": "b", "b": "a", "c": "a", "d": None}, 3),
        ({"a": "b", "b": "a", "c": "a", "d": "a"}, 4),
        ({"a": None}, 2),
    ],
)
def test_so_many_interviews_are_held_one_after_another(asks: dict[Any, Any], turns: int) -> None:
    assert turns_of(asks) == turns
