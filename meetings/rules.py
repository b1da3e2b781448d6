"""Who may do what with a meeting. A predicate accepts `obj=None`, and then says no."""

from typing import Any

import rules

from groups.rules import is_coach_of, is_member
from netwerkleren.base.access import Actor

from .models import Meeting


@rules.predicate
def is_expert_of(actor: Actor, obj: Any = None) -> bool:
    """The guest by link, for the one meeting they were asked for."""
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    return meeting is not None and bool(getattr(actor, "is_guest", False)) and actor.meeting_id == meeting.pk


rules.add_perm("meetings.view_meeting", is_member | is_expert_of)
rules.add_perm("meetings.change_meeting", is_coach_of)
rules.add_perm("meetings.lead_meeting", is_coach_of)
rules.add_perm("meetings.invite_expert", is_coach_of)
rules.add_perm("meetings.write_evaluation", is_member)
