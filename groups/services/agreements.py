"""What the group and its members write down: how they work together, and what they want to learn."""

from django.db import transaction

from ..models import LearningGoal, Membership, NetworkGroup, User, WorkingAgreement


@transaction.atomic
def add_working_agreement(actor: User, *, group: NetworkGroup, text: str) -> WorkingAgreement:
    """Adds a line to "Zo werken wij"; the same line twice is one."""
    NetworkGroup.objects.select_for_update().get(pk=group.pk)  # two posts at once come one after the other
    if (same := group.working_agreements.filter(text=text).first()) is not None:
        return same
    agreement = WorkingAgreement(group=group, text=text)
    agreement.full_clean()
    agreement.save()
    return agreement


@transaction.atomic
def remove_working_agreement(actor: User, *, agreement: WorkingAgreement) -> None:
    agreement.delete()


@transaction.atomic
def add_learning_goal(
    actor: User, *, membership: Membership, text: str, scope: str = LearningGoal.Scope.TRAJECT
) -> LearningGoal:
    """Adds a leerdoel of one's own; the same text twice is one."""
    Membership.objects.select_for_update().get(pk=membership.pk)
    if (same := membership.learning_goals.filter(text=text, scope=scope).first()) is not None:
        return same
    goal = LearningGoal(membership=membership, text=text, scope=scope)
    goal.full_clean()
    goal.save()
    return goal


@transaction.atomic
def change_learning_goal(actor: User, *, goal: LearningGoal, text: str) -> LearningGoal:
    goal.text = text
    goal.full_clean()
    goal.save(update_fields=["text"])
    return goal


@transaction.atomic
def remove_learning_goal(actor: User, *, goal: LearningGoal) -> None:
    goal.delete()
