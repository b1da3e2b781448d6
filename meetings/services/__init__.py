"""The one door for every write about meetings, split by noun."""

from .agenda import add_item, change_item, move_item, remove_item, reset_agenda
from .changing import Fixed, cancel_meeting, change_meeting, record_dates, reopen_meeting
from .checklist import tick
from .experts import answer_invitation, invite_expert, resend_invitation, revoke_invitation
from .planning import plan_meetings
from .running import (
    end_meeting,
    go_to,
    put_off,
    record_attendance,
    resume_time,
    set_extra_minutes,
    start_meeting,
    stop_time,
)
from .talk import (
    add_agreement,
    add_improvement,
    become_scribe,
    remove_agreement,
    remove_improvement,
    tick_agreement,
    tick_improvement,
)

__all__ = [
    "Fixed",
    "add_agreement",
    "add_improvement",
    "add_item",
    "answer_invitation",
    "become_scribe",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "end_meeting",
    "go_to",
    "invite_expert",
    "move_item",
    "plan_meetings",
    "put_off",
    "record_attendance",
    "record_dates",
    "remove_agreement",
    "remove_improvement",
    "remove_item",
    "reopen_meeting",
    "resend_invitation",
    "reset_agenda",
    "resume_time",
    "revoke_invitation",
    "set_extra_minutes",
    "start_meeting",
    "stop_time",
    "tick",
    "tick_agreement",
    "tick_improvement",
]
