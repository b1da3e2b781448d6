"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from .expert import EXPERT_LINK_DAYS, PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink
from .feed import CalendarFeed
from .meeting import FACTS, AgendaItem, Attendance, ChecklistTick, Meeting, Recorded, Topic, meetings_of
from .reminder import Reminder
from .rhythm import DeadlineRule, FreeWeek
from .talk import Agreement, Evaluation, ImprovementPoint

__all__ = [
    "EXPERT_LINK_DAYS",
    "FACTS",
    "PITCH_MINUTES",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "CalendarFeed",
    "ChecklistTick",
    "DeadlineRule",
    "Evaluation",
    "Expert",
    "ExpertInvitation",
    "ExpertLink",
    "FreeWeek",
    "ImprovementPoint",
    "Meeting",
    "Recorded",
    "Reminder",
    "Topic",
    "meetings_of",
]
