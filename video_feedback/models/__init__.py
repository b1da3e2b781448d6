"""Fragments of film, who may watch them, the feedback on them, and talentmomenten; one module per noun."""

from .clip import (
    TO_CUT_HOURS,
    UPLOAD_DAYS,
    Clip,
    ClipQuerySet,
    ClipView,
    ErasureNotice,
    Upload,
    footage,
    standing_of,
    upload_end,
)
from .consent import (
    ALSO_STATED,
    CARE_ASKS_MORE,
    GUESTS,
    STATEMENTS,
    ConsentedWatcher,
    ConsentStatement,
    watchers_covered_for,
)
from .cycle import Debrief, FilmCycle, FilmPlan, FilmStep, How, plan_of
from .feedback import Feedback, Remark
from .observing import NOTES_KEPT, NotesStart, ObserverNote
from .on_screen import OnScreen, ScreenPermit
from .practice import PRACTICE_MS, PracticeTop
from .talentmoment import Talentmoment, wall_of

__all__ = [
    "ALSO_STATED",
    "CARE_ASKS_MORE",
    "GUESTS",
    "NOTES_KEPT",
    "PRACTICE_MS",
    "STATEMENTS",
    "TO_CUT_HOURS",
    "UPLOAD_DAYS",
    "Clip",
    "ClipQuerySet",
    "ClipView",
    "ConsentStatement",
    "ConsentedWatcher",
    "Debrief",
    "ErasureNotice",
    "Feedback",
    "FilmCycle",
    "FilmPlan",
    "FilmStep",
    "How",
    "NotesStart",
    "ObserverNote",
    "OnScreen",
    "PracticeTop",
    "Remark",
    "ScreenPermit",
    "Talentmoment",
    "Upload",
    "footage",
    "plan_of",
    "standing_of",
    "upload_end",
    "wall_of",
    "watchers_covered_for",
]
