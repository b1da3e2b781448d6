"""The wishes of a group as its page shows them."""

from dataclasses import dataclass
from uuid import UUID

from groups.models import Membership, NetworkGroup

from .models import Wish


@dataclass(frozen=True)
class Wished:
    """A wish with those that lie with it, and everyone who wants one of them."""

    wish: Wish
    merged: list[Wish]
    backers: list[Membership]
    is_mine: bool
    others: list[Wish]
    """With which the coach can lay it together."""


@dataclass(frozen=True)
class WishList:
    kind: str
    label: str
    wishes: list[Wished]


def wish_lists(group: NetworkGroup, own: Membership) -> list[WishList]:
    """Of each kind that is asked, in the order of coming. A theme that the organisation gave is not asked."""
    rows = list(Wish.objects.of_group(group))
    kinds = [kind for kind in Wish.Kind if kind != Wish.Kind.THEME or not group.theme_is_given]
    return [WishList(kind, str(kind.label), _wishes(rows, kind, own)) for kind in kinds]


def _wishes(rows: list[Wish], kind: str, own: Membership) -> list[Wished]:
    of_kind = [wish for wish in rows if wish.kind == kind]
    roots = [wish for wish in of_kind if wish.merged_into_id is None]
    found = []
    for wish in roots:
        merged = [other for other in of_kind if other.merged_into_id == wish.pk]
        found.append(
            Wished(
                wish=wish,
                merged=merged,
                backers=_backers([wish, *merged]),
                is_mine=any(backer.member_id == own.pk for one in [wish, *merged] for backer in one.backers.all()),
                others=[other for other in roots if other.pk != wish.pk and wish.agreed_at is None],
            )
        )
    return found


def _backers(wishes: list[Wish]) -> list[Membership]:
    """Each once, who is still there, in the order in which they said so."""
    found: dict[UUID, Membership] = {}
    for wish in wishes:
        for backer in wish.backers.all():
            if backer.member.left is None:
                found.setdefault(backer.member_id, backer.member)
    return list(found.values())
