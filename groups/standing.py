"""What the rights of accounts hang on, to be compared: a stream of events asks it of all who listen at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from .models import User

OF_THE_ACCOUNT = ("password", "is_active", "is_coach", "is_staff", "second_factor_by")
OF_A_MEMBERSHIP = ("pk", "role", "left", "group__published_at", "group__closed_at")


def standings_of(accounts: Collection[str]) -> dict[str, Any]:
    """By account: whether its sessions go on, what it is, and where it belongs as what. One query."""
    memberships = [f"memberships__{name}" for name in OF_A_MEMBERSHIP]
    found: dict[str, set[Any]] = defaultdict(set)
    for account, *facts in User.objects.filter(pk__in=accounts).values_list("pk", *OF_THE_ACCOUNT, *memberships):
        found[str(account)].add(tuple(facts))
    return dict(found)
