"""Who may do what with a group. A predicate accepts `obj=None`, and then says no."""

from typing import Any

import rules

from netwerkleren.base.access import Actor, is_user

from .models import LearningGoal, Membership, NetworkGroup, User


def group_of(obj: Any) -> NetworkGroup | None:
    """The group that a row belongs to, whatever the row is."""
    if obj is None or isinstance(obj, NetworkGroup):
        return obj
    for owner in ("group", "membership", "meeting"):
        if (found := getattr(obj, owner, None)) is not None:
            return group_of(found)
    return None


def membership_of(actor: Actor, obj: Any) -> Membership | None:
    """The actor's current membership in the group of `obj`; asked once per group during a request."""
    group = group_of(obj)
    if group is None or not is_user(actor):
        return None
    known: dict[Any, Membership | None] = getattr(actor, "request_cache", {})
    if group.pk not in known:
        mine = Membership.objects.current().filter(user=actor, group=group)
        known[group.pk] = mine.select_related("user", "school", "pair").first()
    return known[group.pk]


def memberships_of(user: User) -> list[Membership]:
    """The user's current memberships with group, school and person, oldest first; asked once during a request."""
    known: dict[Any, list[Membership]] = getattr(user, "request_cache", {})
    if "memberships" not in known:
        mine = Membership.objects.current().filter(user=user).with_people().select_related("user", "school", "group")
        known["memberships"] = list(mine)
    return known["memberships"]


def memberships_as(role: Membership.Role, user: User) -> list[Membership]:
    """Those of `memberships_of` with this role, in published groups."""
    return [own for own in memberships_of(user) if own.role == role and not own.group.is_draft]


def takes_part(user: User) -> bool:
    """True for a deelnemer of a published group."""
    return bool(memberships_as(Membership.Role.PARTICIPANT, user))


@rules.predicate
def is_member(actor: Actor, obj: Any = None) -> bool:
    return membership_of(actor, obj) is not None


@rules.predicate
def is_coach_of(actor: Actor, obj: Any = None) -> bool:
    membership = membership_of(actor, obj)
    return membership is not None and membership.is_coach


@rules.predicate
def is_participant_of(actor: Actor, obj: Any = None) -> bool:
    membership = membership_of(actor, obj)
    return membership is not None and not membership.is_coach


@rules.predicate
def is_own_membership(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Membership) and is_user(actor) and obj.user_id == actor.pk


@rules.predicate
def is_own_goal(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, LearningGoal) and is_own_membership(actor, obj.membership)


@rules.predicate
def may_make_groups(actor: Actor, obj: Any = None) -> bool:
    return is_user(actor) and actor.is_coach


rules.add_perm("groups.add_networkgroup", may_make_groups)
rules.add_perm("groups.view_networkgroup", is_member)
rules.add_perm("groups.change_networkgroup", is_coach_of)
rules.add_perm("groups.view_invitation", is_coach_of)
rules.add_perm("groups.change_invitation", is_coach_of)
rules.add_perm("groups.change_membership", is_own_membership)
rules.add_perm("groups.remove_membership", is_coach_of)
rules.add_perm("groups.add_learninggoal", is_participant_of)
rules.add_perm("groups.change_learninggoal", is_own_goal)
rules.add_perm("groups.choose_maatje", is_participant_of)
rules.add_perm("groups.confirm_pairs", is_coach_of)
