"""Who interviews whom, as a first proposal; and how many interviews are then held one after another."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from groups.models import Membership

from ..models import Interview


def propose_pairs(members: Sequence[Membership]) -> dict[Membership, Membership]:
    """The interviewer of each teller: members in twos who ask each other, and with an odd number once a ring of three.

    No one gets their own maatje where that can be avoided. Fewer than two members give nothing.
    """
    if len(members) < 2:
        return {}
    together = sorted(
        members, key=lambda member: (-_size(member, members), str(member.pair_id or member.pk), str(member.pk))
    )
    half = (len(together) + 1) // 2
    rings = [[together[place], together[place + half]] for place in range(len(together) - half)]
    if len(together) % 2:
        alone = together[half - 1]
        strangers = [ring for ring in rings if not any(_are_maatjes(alone, member) for member in ring)]
        (strangers or rings)[0].append(alone)
    return {teller: ring[place - 1] for ring in rings for place, teller in enumerate(ring)}


def _size(member: Membership, members: Sequence[Membership]) -> int:
    return sum(other.pair_id == member.pair_id for other in members) if member.pair_id else 1


def _are_maatjes(one: Membership, other: Membership) -> bool:
    return one.pair_id is not None and one.pair_id == other.pair_id


def turns_in(group_id: UUID) -> int:
    """How many interviews of a group are held one after another, as it is set up; else as it will be proposed."""
    current = Interview.objects.filter(group=group_id, teller__left__isnull=True)
    asks = dict(current.values_list("teller", "interviewer"))
    if asks:
        return turns_of(asks)
    tellers = Membership.objects.current().participants().filter(group=group_id).count()
    return 3 if tellers > 1 and tellers % 2 else 2


def turns_of(asks: Mapping[UUID, UUID | None]) -> int:
    """As many as one person is in, and three in a ring of three. `asks` has the interviewer of each teller."""
    told = Counter(person for pair in asks.items() for person in pair if person)
    asked_by = {teller: one for teller, one in asks.items() if one}
    rings_of_three = any(
        third != teller and asked_by.get(third) == teller
        for teller, one in asked_by.items()
        if (third := asked_by.get(one))
    )
    return max(*told.values(), 3 if rings_of_three else 2)


@dataclass(frozen=True)
class Table:
    """Who sits together, in twos, and once in threes; and what is told there."""

    members: tuple[Membership, ...]
    interviews: tuple[Interview, ...]

    @property
    def names(self) -> list[str]:
        return [member.user.first_name for member in self.members]


def at_tables(interviews: Iterable[Interview]) -> list[Table]:
    """Everyone once: who asks, or is asked by, someone at a table sits there too. `interviews` come with people."""
    tables: list[tuple[dict[UUID, Membership], list[Interview]]] = []
    for interview in interviews:
        people = {one.pk: one for one in (interview.teller, interview.interviewer) if one}
        joined = [table for table in tables if table[0].keys() & people.keys()]
        sat = {key: one for table in [*(table[0] for table in joined), people] for key, one in table.items()}
        told = [*(one for table in joined for one in table[1]), interview]
        tables = [table for table in tables if table not in joined] + [(sat, told)]
    return [Table(tuple(sat.values()), tuple(told)) for sat, told in tables]
