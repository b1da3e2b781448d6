"""Who interviews whom, as a first proposal."""

from collections.abc import Sequence

from groups.models import Membership


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
