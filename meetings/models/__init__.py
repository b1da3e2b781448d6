"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from .agenda import AgendaChange, AgendaTemplate, facts_of, placed_facts
from .attendance import Attendance, Recorded, meetings_without
from .door import KNOCKS_KEPT, MOST_WAITING, Door, Knock, plain_code
from .expert import EXPERT_LINK_DAYS, PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink
from .feed import CalendarFeed
from .inventory import (
    ALWAYS,
    ANSWERS,
    BECOMES_WISH,
    QUESTIONS,
    TO_ARRANGE,
    FilmReady,
    Half,
    Inventory,
    InventoryOpening,
    label_of,
)
from .keepsake import Keepsake
from .meeting import FACTS, AgendaItem, ChecklistTick, Meeting, Topic, meetings_of
from .reminder import Reminder
from .rhythm import DeadlineRule, FreeWeek
from .talk import Agreement, Evaluation, ImprovementPoint, LookBack
from .warm_up import WarmUp
from .wishes import Wish, WishBacker

__all__ = [
    "ALWAYS",
    "ANSWERS",
    "BECOMES_WISH",
    "EXPERT_LINK_DAYS",
    "FACTS",
    "KNOCKS_KEPT",
    "MOST_WAITING",
    "PITCH_MINUTES",
    "QUESTIONS",
    "TO_ARRANGE",
    "AgendaChange",
    "AgendaItem",
    "AgendaTemplate",
    "Agreement",
    "Attendance",
    "CalendarFeed",
    "ChecklistTick",
    "DeadlineRule",
    "Door",
    "Evaluation",
    "Expert",
    "ExpertInvitation",
    "ExpertLink",
    "FilmReady",
    "FreeWeek",
    "Half",
    "ImprovementPoint",
    "Inventory",
    "InventoryOpening",
    "Keepsake",
    "Knock",
    "LookBack",
    "Meeting",
    "Recorded",
    "Reminder",
    "Topic",
    "WarmUp",
    "Wish",
    "WishBacker",
    "facts_of",
    "label_of",
    "meetings_of",
    "meetings_without",
    "placed_facts",
    "plain_code",
]
