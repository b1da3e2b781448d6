"""Who may do what with leervragen. A predicate accepts `obj=None`, and then says no.

Laying, grouping and answering are the group's: every member may, the coach like the others.
"""

from typing import Any

import rules

from groups.rules import is_coach_of, is_member
from netwerkleren.base.access import Actor, is_user

from .models import Leervraag


@rules.predicate
def is_author(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Leervraag) and is_user(actor) and obj.author.user_id == actor.pk


@rules.predicate
def is_in_play(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Leervraag) and not obj.is_withdrawn


@rules.predicate
def is_before_the_end(actor: Actor, obj: Any = None) -> bool:
    """After its meeting a question has its answer, and stays as it was asked."""
    return isinstance(obj, Leervraag) and not obj.meeting.is_over


rules.add_perm("leervragen.add_leervraag", is_member)
rules.add_perm("leervragen.add_leervraag_for_others", is_coach_of)
rules.add_perm("leervragen.change_leervraag", is_author & is_member & is_in_play & is_before_the_end)
rules.add_perm("leervragen.send_leervragen", is_coach_of)
rules.add_perm("leervragen.view_meetlat", is_member)
rules.add_perm("leervragen.lay_strips", is_member)
rules.add_perm("leervragen.answer_leervraag", is_member & is_in_play)
