"""The rule for deadlines of a group, as it stands or as the portal has it."""

from groups.models import NetworkGroup

from .dates import DAYS_BEFORE, DEADLINE_CLOCK
from .models import DeadlineRule


def rule_of(group: NetworkGroup) -> DeadlineRule:
    """The group's own rule, or the portal's, which is not saved. One query."""
    found = DeadlineRule.objects.filter(group=group).first()
    days = {f"{what}_days": before for what, before in DAYS_BEFORE.items()}
    return found or DeadlineRule(group=group, clock=DEADLINE_CLOCK, **days)
