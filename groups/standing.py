"""Where someone stands: in one query whether they belong to a group, for what is asked every half second, and for a
stream of events everything to compare that their rights hang on (`netwerkleren/base/standings.py`)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from netwerkleren.base.access import Actor, is_user

from .models import Membership, NetworkGroup, User

OF_THE_ACCOUNT = ("password", "is_active", "is_coach", "is_staff", "second_factor_by")
OF_A_MEMBERSHIP = ("id", "role", "left")
OF_ITS_GROUP = ("published_at", "closed_at")


def standing_of() -> str:
    """Whether its sessions go on, what it is, and where it belongs as what."""
    account = ", ".join(f'account."{name}"' for name in OF_THE_ACCOUNT)
    membership = ", ".join([*(f'own."{name}"' for name in OF_A_MEMBERSHIP), *(f'of."{name}"' for name in OF_ITS_GROUP)])
    memberships = f"""
        SELECT string_agg(ROW({membership})::text, ';' ORDER BY own.id)
        FROM {Membership._meta.db_table} AS own JOIN {NetworkGroup._meta.db_table} AS of ON of.id = own.group_id
        WHERE own.user_id = account.id
    """  # noqa: S608, for only names of our own stand in it
    table = User._meta.db_table
    return f"SELECT ROW({account}, ({memberships}))::text FROM {table} AS account WHERE account.id = listener.account"  # noqa: S608


def belongs(to: str, *, as_coach: bool = False, draft_too: bool = False) -> Callable[[Actor, Any], bool]:
    """Whether an account is a member now of the group that `to` leads from to a row; of a draft that is its coach.

    It must say no more often than the gate of that row: who gets a no there is asked for by the gate.
    """
    rows = Membership.objects.current().order_by()
    if as_coach:
        rows = rows.coaches()
    elif not draft_too:
        rows = rows.filter(Q(role=Membership.Role.COACH) | Q(group__published_at__isnull=False))

    def lets_in(actor: Actor, pk: Any) -> bool:
        return is_user(actor) and rows.filter(user=actor.pk, **{to: pk}).exists()

    return lets_in
