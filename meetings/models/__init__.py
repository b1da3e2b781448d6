"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from .agenda import AgendaChange, AgendaTemplate, facts_of, placed_facts
from .expert import EXPERT_LINK_DAYS, PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink
from .meeting import (
    FACTS,
    AgendaItem,
    Attendance,
    ChecklistTick,
    Meeting,
    Recorded,
    Topic,
    meetings_of,
    meetings_without,
)
from .talk import Agreement, Evaluation, ImprovementPoint

__all__ = [
    "EXPERT_LINK_DAYS",
    "FACTS",
    "PITCH_MINUTES",
    "AgendaChange",
    "AgendaItem",
    "AgendaTemplate",
    "Agreement",
    "Attendance",
    "ChecklistTick",
    "Evaluation",
    "Expert",
    "ExpertInvitation",
    "ExpertLink",
    "ImprovementPoint",
    "Meeting",
    "Recorded",
    "Topic",
    "facts_of",
    "meetings_of",
    "meetings_without",
    "placed_facts",
]
