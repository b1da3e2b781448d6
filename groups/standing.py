"""Where someone stands: in one query whether they belong to a group, for what is asked every half second, and for a
stream of events everything to compare that their rights hang on (`netwerkleren/base/standings.py`)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.written import written_once

from .models import Membership, NetworkGroup, User

OF_THE_ACCOUNT = (
    "account.password, account.is_active, account.is_coach, account.is_staff, account.second_factor_by < now()"
)
OF_A_MEMBERSHIP = "own.id, own.role, own.left IS NULL, of.published_at IS NULL, of.closed_at IS NULL"


def standing_of() -> str:
    """Whether its sessions go on, what it is, and where it belongs as what. In whichever order: another order is taken
    for another standing, and then the gate says what is the case."""
    memberships = f"""
        SELECT string_agg(concat({OF_A_MEMBERSHIP}), ';')
        FROM {Membership._meta.db_table} AS own JOIN {NetworkGroup._meta.db_table} AS of ON of.id = own.group_id
        WHERE own.user_id = account.id
    """  # noqa: S608, for only names of our own stand in it
    facts = f"concat({OF_THE_ACCOUNT}, ({memberships}))"
    return f"SELECT {facts} FROM {User._meta.db_table} AS account WHERE account.id = listener.account"  # noqa: S608


def belongs(to: str, *, as_coach: bool = False, draft_too: bool = False) -> Callable[[Actor, Any], bool]:
    """Whether an account is a member now of the group that `to` leads from to a row; of a draft that is its coach.

    It must say no more often than the gate of that row: who gets a no there is asked for by the gate.
    """
    rows = Membership.objects.current().order_by()
    if as_coach:
        rows = rows.coaches()
    elif not draft_too:
        rows = rows.filter(Q(role=Membership.Role.COACH) | Q(group__published_at__isnull=False))

    @written_once
    def memberships_in(account: UUID, pk: Any) -> QuerySet[Membership, UUID]:
        return rows.filter(user=account, **{to: pk}).values_list("pk", flat=True)[:1]

    return lambda actor, pk: is_user(actor) and bool(memberships_in(actor.pk, pk))
