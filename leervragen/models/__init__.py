"""Leervragen, the meetlat they are laid on, and the mails by which the expert got them (docs/domain.md#meetlat)."""

from ..moves import StripMove, StripMoveQuerySet
from ..outside import OutsideMark
from ..voices import Clarification, PitchNote, Tried, WrittenAnswer
from .leervraag import OUT_OF_PLAY, QUESTION, Leervraag, LeervraagQuerySet, NotThisTime
from .mailing import Mailing, MailingQuerySet
from .meetlat import MINUTES_KEPT_BACK, NUMBERS, Meetlat, MeetlatQuerySet, StripGroup, StripGroupQuerySet

__all__ = [
    "MINUTES_KEPT_BACK",
    "NUMBERS",
    "OUT_OF_PLAY",
    "QUESTION",
    "Clarification",
    "Leervraag",
    "LeervraagQuerySet",
    "Mailing",
    "MailingQuerySet",
    "Meetlat",
    "MeetlatQuerySet",
    "NotThisTime",
    "OutsideMark",
    "PitchNote",
    "StripGroup",
    "StripGroupQuerySet",
    "StripMove",
    "StripMoveQuerySet",
    "Tried",
    "WrittenAnswer",
]
