"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from .agenda import AgendaChange, AgendaTemplate, facts_of, placed_facts
from .attendance import Attendance, Recorded, meetings_without
from .display import CODE_FOR, DISPLAYS_KEPT, MOST_DISPLAYS, SHOWN_FOR, Display, is_display_code
from .door import KNOCKS_KEPT, MOST_WAITING, Door, Knock, plain_code
from .expert import EXPERT_LINK_DAYS, PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink
from .feed import CalendarFeed
from .handout import HANDOUTS, Handout
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
from .leading import LastAct, LeadingNote
from .meeting import (
    FACTS,
    AgendaItem,
    ChecklistTick,
    Meeting,
    MeetingQuerySet,
    Topic,
    meetings_of,
)
from .opened import OneMeeting, agenda_of
from .paper import BOARD_PHOTOS, BoardPhoto, FilledIn
from .reminder import Reminder
from .rhythm import DeadlineRule, FreeWeek, facts_of_weeks
from .sharing import PAGE, SENTENCES, TeamSharing, TeamText
from .talk import Agreement, Evaluation, ImprovementPoint, LookBack
from .thanks import Thanks
from .warm_up import WarmUp
from .wishes import Wish, WishBacker

__all__ = [
    "ALWAYS",
    "ANSWERS",
    "BECOMES_WISH",
    "BOARD_PHOTOS",
    "CODE_FOR",
    "DISPLAYS_KEPT",
    "EXPERT_LINK_DAYS",
    "FACTS",
    "HANDOUTS",
    "KNOCKS_KEPT",
    "MOST_DISPLAYS",
    "MOST_WAITING",
    "PAGE",
    "PITCH_MINUTES",
    "QUESTIONS",
    "SENTENCES",
    "SHOWN_FOR",
    "TO_ARRANGE",
    "AgendaChange",
    "AgendaItem",
    "AgendaTemplate",
    "Agreement",
    "Attendance",
    "BoardPhoto",
    "CalendarFeed",
    "ChecklistTick",
    "DeadlineRule",
    "Display",
    "Door",
    "Evaluation",
    "Expert",
    "ExpertInvitation",
    "ExpertLink",
    "FilledIn",
    "FilmReady",
    "FreeWeek",
    "Half",
    "Handout",
    "ImprovementPoint",
    "Inventory",
    "InventoryOpening",
    "Keepsake",
    "Knock",
    "LastAct",
    "LeadingNote",
    "LookBack",
    "Meeting",
    "MeetingQuerySet",
    "OneMeeting",
    "Recorded",
    "Reminder",
    "TeamSharing",
    "TeamText",
    "Thanks",
    "Topic",
    "WarmUp",
    "Wish",
    "WishBacker",
    "agenda_of",
    "facts_of",
    "facts_of_weeks",
    "is_display_code",
    "label_of",
    "meetings_of",
    "meetings_without",
    "placed_facts",
    "plain_code",
]
