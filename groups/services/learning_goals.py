"""What a member wants to learn."""

from django.db import transaction

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import LearningGoal, Membership


@transaction.atomic
def add_learning_goal(
    *, actor: Actor, membership: Membership, text: str, scope: str = LearningGoal.Scope.TRAJECT
) -> LearningGoal:
    """Adds a leerdoel of one's own; the same text twice is one."""
    lock(membership)
    if (same := membership.learning_goals.filter(text=text, scope=scope).first()) is not None:
        return same
    goal = LearningGoal(membership=membership, text=text, scope=scope)
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
def remove_learning_goal(*, actor: Actor, goal: LearningGoal) -> None:
    goal.delete()
