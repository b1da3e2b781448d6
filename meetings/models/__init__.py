"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from .expert import EXPERT_LINK_DAYS, PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink
from .meeting import AgendaItem, Attendance, ChecklistTick, Meeting, Topic, meetings_of
from .talk import Agreement, Evaluation, ImprovementPoint

__all__ = [
    "EXPERT_LINK_DAYS",
    "PITCH_MINUTES",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "ChecklistTick",
    "Evaluation",
    "Expert",
    "ExpertInvitation",
    "ExpertLink",
    "ImprovementPoint",
    "Meeting",
    "Topic",
    "meetings_of",
]
