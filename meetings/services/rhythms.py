"""What a group agrees once about its time: the rule for deadlines, and its free weeks."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..dates import default_deadlines
from ..models import DeadlineRule, FreeWeek, Meeting
from ..rhythm import rule_of
from . import announcing


@transaction.atomic
def change_rule(
    *,
    actor: Actor,
    group: NetworkGroup,
    leervraag_days: int,
    clip_days: int,
    feedback_days: int,
    clock: time,
    version: str | None = None,
) -> DeadlineRule:
    """Deadlines that followed the rule follow the new one; what a coach set by hand stays. One mail a person tells it.

    `version` is the one that the coach saw: raises WrittenMeanwhile when another rule stands there now.
    """
    group = lock(group)
    rule, stood = rule_of(group), rule_of(group)
    facts: dict[str, Any] = {
        "leervraag_days": leervraag_days,
        "clip_days": clip_days,
        "feedback_days": feedback_days,
        "clock": clock,
    }
    if not write_on_top(rule, rule.version if version is None else version, **facts):
        return rule
    rule.full_clean(exclude=["group"])
    rule.save()
    moved, changed = [], set()
    for row in Meeting.objects.of_group(group).filter(state=Meeting.State.PLANNED):
        meeting = lock(row)
        meeting.group = group
        before = meeting.facts()
        old = default_deadlines(meeting.kind, meeting.starts_at, stood).by_field()
        for field, deadline in default_deadlines(meeting.kind, meeting.starts_at, rule).by_field().items():
            if before[field] == old[field]:
                setattr(meeting, field, deadline)
        if difference := meeting.changed_since(before):
            meeting.ics_sequence += 1
            meeting.save()
            moved.append(meeting)
            changed |= difference
            live.touch(live.topic_of("meeting", meeting))
    announcing.announce_rule(actor=actor, group=group, meetings=moved, changed=changed)
    audit.record(actor, "deadlines.changed", group, group_id=group.pk)
    return rule


@transaction.atomic
def add_free_week(
    *, actor: Actor, group: NetworkGroup, key: UUID, name: str, first_day: date, last_day: date
) -> FreeWeek:
    """The same form twice adds one. Raises ValidationError beside the day that cannot be: one that ends before it
    begins, or that shares a day with another.
    """
    group = lock(group)
    if last_day < first_day:
        raise ValidationError({"last_day": _("De laatste dag ligt vóór de eerste.")})
    other = group.free_weeks.exclude(pk=key).crossing(first_day, last_day).first()
    if other is not None:
        raise ValidationError(
            {
                "first_day": ValidationError(
                    _("Deze dagen vallen samen met “%(name)s”. Kies andere dagen, of haal die eerst weg."),
                    params={"name": other.name},
                )
            }
        )
    facts: dict[str, Any] = {"group": group, "name": name, "first_day": first_day, "last_day": last_day}
    FreeWeek(**facts).validate_constraints()
    week, _is_new = make_once(FreeWeek, key=key, by="group", **facts)
    return week


@transaction.atomic
def remove_free_week(*, actor: Actor, week: FreeWeek) -> None:
    """Twice it is gone once."""
    FreeWeek.objects.filter(pk=week.pk).delete()
