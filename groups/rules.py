"""Who may do what with a group. A predicate accepts `obj=None`, and then says no."""

from typing import Any
from uuid import UUID

from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.permissions import permit, predicate

from .models import LearningGoal, Membership, NetworkGroup, User, memberships_of


def group_id_of(obj: Any) -> UUID | None:
    """The id of the group that a row belongs to, whatever the row is, without fetching the group where it can."""
    if obj is None:
        return None
    if isinstance(obj, NetworkGroup):
        return obj.pk
    found: UUID | None = getattr(obj, "group_id", None)
    if found is not None:
        return found
    for owner in ("group", "membership", "meeting"):
        if (row := getattr(obj, owner, None)) is not None:
            return group_id_of(row)
    return None


def membership_of(actor: Actor, obj: Any) -> Membership | None:
    """The actor's current membership in the group of `obj`."""
    group_id = group_id_of(obj)
    if group_id is None or not is_user(actor):
        return None
    return next((own for own in memberships_of(actor) if own.group_id == group_id), None)


def memberships_as(role: Membership.Role, user: User) -> list[Membership]:
    """Those of `memberships_of` with this role, in groups that were published and are not closed: where there is
    something to do."""
    mine = (own for own in memberships_of(user) if own.role == role)
    return [own for own in mine if not own.group.is_draft and own.group.closed_at is None]


@predicate
def is_member(actor: Actor, obj: Any = None) -> bool:
    return membership_of(actor, obj) is not None


@predicate
def is_coach_of(actor: Actor, obj: Any = None) -> bool:
    membership = membership_of(actor, obj)
    return membership is not None and membership.is_coach


@predicate
def is_participant_of(actor: Actor, obj: Any = None) -> bool:
    membership = membership_of(actor, obj)
    return membership is not None and not membership.is_coach


@predicate
def is_own_membership(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Membership) and is_user(actor) and obj.user_id == actor.pk


@predicate
def is_own_goal(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, LearningGoal) and is_own_membership(actor, obj.membership)


@predicate
def may_make_groups(actor: Actor, obj: Any = None) -> bool:
    return is_user(actor) and actor.is_coach


permit("groups.add_networkgroup", may_make_groups)
permit("groups.view_networkgroup", is_member)
permit("groups.change_networkgroup", is_coach_of)
permit("groups.change_invitation", is_coach_of)
permit("groups.remove_membership", is_coach_of)
permit("groups.close_networkgroup", is_coach_of)
permit("groups.make_coach", is_coach_of)
permit("groups.step_back", is_own_membership & is_coach_of)
permit("groups.add_learninggoal", is_participant_of)
permit("groups.change_learninggoal", is_own_goal)
permit("groups.visit_first", is_participant_of)
permit("groups.choose_maatje", is_participant_of)
permit("groups.confirm_pairs", is_coach_of)
