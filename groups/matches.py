"""Who chose whom as maatje, worked out from the memberships of one group."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from .models import Membership

TWO, THREE = 2, 3


@dataclass
class Matches:
    """`pairs` are confirmed; `mutual` chose each other and wait for the coach; `left` are all others."""

    pairs: dict[UUID, list[Membership]] = field(default_factory=dict)
    mutual: list[tuple[Membership, Membership]] = field(default_factory=list)
    left: list[Membership] = field(default_factory=list)
    wishes: list[tuple[Membership, Membership]] = field(default_factory=list)

    @property
    def may_be_three(self) -> bool:
        """With an odd number of deelnemers one pair has three members, once."""
        people = sum(len(pair) for pair in self.pairs.values()) + 2 * len(self.mutual) + len(self.left)
        return people % 2 == 1 and all(len(pair) < THREE for pair in self.pairs.values())

    @property
    def one_is_left(self) -> bool:
        return len(self.left) == 1

    @property
    def twos(self) -> dict[UUID, list[Membership]]:
        """The pairs that a third could join."""
        return {pk: pair for pk, pair in self.pairs.items() if len(pair) == TWO}


def matches_of(members: Iterable[Membership]) -> Matches:
    """The current deelnemers of one group, in their order."""
    people = {member.pk: member for member in members if not member.is_coach}
    matches = Matches()
    for member in people.values():
        chosen = people.get(member.wished_maatje_id) if member.wished_maatje_id else None
        if member.pair_id is not None:
            matches.pairs.setdefault(member.pair_id, []).append(member)
        elif chosen is not None and chosen.pair_id is None and chosen.wished_maatje_id == member.pk:
            if all(member not in pair for pair in matches.mutual):
                matches.mutual.append((member, chosen))
        else:
            matches.left.append(member)
            if chosen is not None and chosen.pair_id is None:
                matches.wishes.append((member, chosen))
    return matches
