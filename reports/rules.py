"""Who may do what with stories, lines and the closing PDF. A predicate accepts `obj=None`, and then says no."""

from typing import Any

from groups.rules import is_coach_of, is_member, is_participant_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.permissions import permit, predicate

from .models import Interview


@predicate
def is_one_of_the_two(actor: Actor, obj: Any = None) -> bool:
    """Teller or interviewer: a coach sees that there is an interview, not what is written in it."""
    if not isinstance(obj, Interview) or not is_user(actor):
        return False
    members = [member for member in (obj.teller, obj.interviewer) if member is not None and not member.is_coach]
    return any(member.left is None and member.user_id == actor.pk for member in members)


permit("reports.view_harvest", is_member)
permit("reports.tell_story", is_participant_of)
permit("reports.draw_line", is_participant_of)
permit("reports.take_back", is_member)
permit("reports.change_protocol", is_coach_of)
permit("reports.change_moments", is_coach_of)
permit("reports.write_interview", is_one_of_the_two)
permit("reports.make_export", is_coach_of)
permit("reports.print_papers", is_member)
