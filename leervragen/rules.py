"""Who may do what with leervragen. A predicate accepts `obj=None`, and then says no.

Laying, grouping and answering are the group's: every member may, the coach like the others; where the group lays at the
board, one lays what all decide.
"""

from typing import Any

from groups.rules import is_coach_of, is_member, is_own_membership, membership_of
from meetings.actors import ExpertGuest
from meetings.models import Agreement, ExpertInvitation, Meeting
from meetings.rules import is_display_of, leads_today
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.permissions import permit, predicate

from .models import OUT_OF_PLAY, Leervraag, Mailing, Meetlat


@predicate
def is_author(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Leervraag) and is_user(actor) and obj.author.user_id == actor.pk


@predicate
def asker_has_left(actor: Actor, obj: Any = None) -> bool:
    """Nobody is there who reads what is asked of it."""
    return isinstance(obj, Leervraag) and obj.author.left is not None


@predicate
def is_in_play(actor: Actor, obj: Any = None) -> bool:
    """Not taken back, and not held back."""
    return isinstance(obj, Leervraag) and obj.outcome not in OUT_OF_PLAY


@predicate
def is_held_back(actor: Actor, obj: Any = None) -> bool:
    """It waits for its asker: in the meeting that has it now, not in those where it was before."""
    return isinstance(obj, Leervraag) and obj.is_held_back and not hasattr(obj, "moved_as")


@predicate
def has_moved_on(actor: Actor, obj: Any = None) -> bool:
    """Another meeting has it now: there its asker changes it, or takes it back."""
    return isinstance(obj, Leervraag) and obj.outcome == Leervraag.Outcome.MOVED


@predicate
def is_before_the_end(actor: Actor, obj: Any = None) -> bool:
    """After its meeting a question has its answer, and stays as it was asked."""
    return isinstance(obj, Leervraag) and not obj.meeting.is_over


@predicate
def is_running(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Meeting) and obj.is_running


@predicate
def was_held(actor: Actor, obj: Any = None) -> bool:
    """Ended, or its hour has gone by: held without the portal, says who leads."""
    return isinstance(obj, Meeting) and (obj.state == Meeting.State.ENDED or obj.has_passed)


@predicate
def owns_agreement(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Agreement) and obj.owner is not None and is_own_membership(actor, obj.owner)


@predicate
def was_mailed_it(actor: Actor, obj: Any = None) -> bool:
    """An expert by link, once the questions of the meeting, or this one apart, went there."""
    if not isinstance(actor, ExpertGuest) or not isinstance(obj, Leervraag):
        return False
    mailings = Mailing.objects.filter(invitation=actor.invitation_id, invitation__in=ExpertInvitation.objects.asked())
    if obj.meeting_id == actor.meeting_id and mailings.of_meeting().exists():
        return True
    return mailings.filter(leervragen=obj.pk).exists()


@predicate
def holds_the_strips(actor: Actor, obj: Any = None) -> bool:
    """By phone everyone; at the board who lays there: the coach, who leads today, and whom the coach lets lay."""
    if not isinstance(obj, Meetlat):
        return False
    own = membership_of(actor, obj.meeting)
    return obj.way == Meetlat.Way.PHONES or (own is not None and own.pk == obj.layer_id)


permit("leervragen.add_leervraag", is_member)
permit("leervragen.add_leervraag_for_others", is_coach_of)
permit(
    "leervragen.change_leervraag",
    is_author & is_member & (is_in_play | is_held_back) & ~has_moved_on & is_before_the_end,
)
permit("leervragen.hold_back", is_coach_of & ~is_author & is_in_play & is_before_the_end)
permit("leervragen.let_through", is_coach_of & is_held_back & is_before_the_end)
permit("leervragen.tick_in_pitch", is_member & is_in_play)
permit("leervragen.say_what_pitch_did", is_author & is_member & is_in_play)
permit("leervragen.send_leervragen", is_coach_of)
permit("leervragen.fill_in_afterwards", is_coach_of)
permit("leervragen.share_with_team", is_member)
permit("leervragen.mark_answer", ((is_author & is_member) | is_coach_of) & is_in_play)
permit("leervragen.mark_agreement", (owns_agreement & is_member) | is_coach_of)
permit("leervragen.view_meetlat", is_member | is_display_of)
permit("leervragen.lay_strips", is_member)
permit("leervragen.move_strips", (is_member & (holds_the_strips | is_coach_of | leads_today)) | is_display_of)
permit("leervragen.lay_at_board", is_display_of)
permit("leervragen.answer_leervraag", is_member & is_in_play)
permit("leervragen.round_off", (is_member & is_running) | ((is_coach_of | leads_today) & was_held))
permit("leervragen.take_up_leervraag", is_member & is_in_play)
permit("leervragen.let_go_leervraag", ((is_author & is_member) | is_coach_of) & is_in_play)
permit("leervragen.say_tried", is_author & is_member & is_in_play)
permit("leervragen.send_parked", is_coach_of & is_in_play)
permit("leervragen.write_answer", (is_member | was_mailed_it) & is_in_play)
permit("leervragen.ask_what_is_meant", is_member & ~is_author & is_in_play & ~asker_has_left)
