"""Who may do what with a meeting. A predicate accepts `obj=None`, and then says no."""

from typing import Any

from groups.rules import is_coach_of, is_member, is_own_membership, is_participant_of, membership_of
from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.permissions import permit, predicate

from .actors import ExpertGuest
from .models import Agreement, Handout, Inventory, Keepsake, LeadingNote, Meeting


@predicate
def is_expert_of(actor: Actor, obj: Any = None) -> bool:
    """The guest by link, for the one meeting they were asked for."""
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    return isinstance(actor, ExpertGuest) and meeting is not None and actor.meeting_id == meeting.pk


@predicate
def is_display_of(actor: Actor, obj: Any = None) -> bool:
    """The digibord that a coach took on, for its one meeting."""
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    return isinstance(actor, DisplayThatShows) and meeting is not None and actor.meeting_id == meeting.pk


@predicate
def put_it_there(actor: Actor, obj: Any = None) -> bool:
    """Of a handout: the expert by link of whom it is, or the member who put it there."""
    if not isinstance(obj, Handout):
        return False
    if isinstance(actor, ExpertGuest):
        return obj.invitation_id == actor.invitation_id
    return obj.put_by is not None and is_own_membership(actor, obj.put_by)


@predicate
def is_own_inventory(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Inventory) and is_own_membership(actor, obj.member)


@predicate
def leads_today(actor: Actor, obj: Any = None) -> bool:
    """The member whom the coach lets lead this one meeting, on the day of its date and no longer.

    They lead the room: agenda, Leiden, meetlat, attendance and the talk at the end. The people, mails, exports, who has
    not handed in what, and footage stay as they are for any member.
    """
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    if meeting is None or meeting.day_leader_id is None or not meeting.is_today:
        return False
    own = membership_of(actor, meeting)
    return own is not None and own.pk == meeting.day_leader_id


@predicate
def is_own_agreement(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Agreement) and is_own_membership(actor, obj.owner)


@predicate
def is_own_note(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, LeadingNote) and is_own_membership(actor, obj.writer)


@predicate
def is_giver(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Keepsake) and is_own_membership(actor, obj.giver)


permit("meetings.view_meeting", is_member | is_expert_of)
permit("meetings.change_meeting", is_coach_of)
permit("meetings.change_agenda", is_coach_of | leads_today)
permit("meetings.lead_meeting", is_coach_of | leads_today)
permit("meetings.remove_note", is_coach_of | is_own_note)
permit("meetings.hand_over_day", is_coach_of)
permit("meetings.invite_expert", is_coach_of)
permit("meetings.write_evaluation", is_member)
permit("meetings.answer_agreement", is_own_agreement)
permit("meetings.view_handouts", is_member)
permit("meetings.add_handout", is_coach_of)
permit("meetings.remove_handout", is_coach_of | put_it_there)
permit("meetings.give_keepsake", is_giver)
permit("meetings.say_absent", is_participant_of)
permit("meetings.answer_inventory", is_participant_of)
permit("meetings.change_inventory", is_own_inventory)
permit("meetings.write_wish", is_member)
permit("meetings.agree_wish", is_coach_of)
