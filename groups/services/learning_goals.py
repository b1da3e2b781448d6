"""What a member wants to learn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import LearningGoal, Membership


@transaction.atomic
def add_learning_goal(
    *,
    actor: Actor,
    membership: Membership,
    text: str,
    scope: str = LearningGoal.Scope.TRAJECT,
    follows: LearningGoal | None = None,
) -> LearningGoal:
    """Adds a leerdoel of one's own, perhaps as the next version of another; the same text twice is one."""
    lock(membership)
    if (same := membership.learning_goals.filter(text=text, scope=scope).first()) is not None:
        return same
    goal = LearningGoal(membership=membership, text=text, scope=scope, follows=follows)
    goal.full_clean()
    goal.save()
    return goal


@transaction.atomic
def change_learning_goal(*, actor: Actor, goal: LearningGoal, text: str, version: str) -> LearningGoal:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when something else stands there now."""
    goal = lock(goal)
    if write_on_top(goal, version, text=text):
        goal.full_clean()
        goal.save(update_fields=["text"])
    return goal


@transaction.atomic
def show_learning_goal(*, actor: Actor, goal: LearningGoal, audience: str) -> None:
    """Opens a leerdoel of one's own to the maatje or the group, or closes it again. Twice is once.

    In a group that is closed it only takes back.
    """
    if audience not in LearningGoal.Audience.values:
        raise ValidationError(_("Kies wie je leerdoel ziet."))
    goal = lock(goal, "membership__group")
    if goal.audience == audience:
        return
    wider = LearningGoal.Audience.values.index(audience) > LearningGoal.Audience.values.index(goal.audience)
    if wider and goal.membership.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Je kunt je leerdoel niet meer aan anderen laten zien."))
    goal.audience = audience
    goal.save(update_fields=["audience"])
    audit.record(actor, f"learning_goal.shown_{audience}", goal, group_id=goal.membership.group_id)


@transaction.atomic
def remove_learning_goal(*, actor: Actor, goal: LearningGoal) -> None:
    goal.delete()
