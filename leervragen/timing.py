"""How the minutes for answering are divided over the questions."""

from dataclasses import dataclass

from meetings.models import AgendaItem, Meeting

from .models import Meetlat

ANSWERING_MINUTES = 45
"""Leervragen beantwoorden in the standard agenda, for a meeting whose own agenda has no such onderdeel."""
USUAL_MINUTES = 5
"""A guess of ours, until the group agrees on minutes per question: it only says about how many questions fit."""


@dataclass(frozen=True)
class Division:
    """Minutes for `questions` questions (a group counts as one), after `kept_back` for Afronden and Terugkijken."""

    total: int
    kept_back: int
    questions: int
    chosen: int | None = None

    @property
    def available(self) -> int:
        return max(self.total - self.kept_back, 1)

    @property
    def per_question(self) -> int:
        """At least one; what the group chose goes before what the division gives."""
        return self.chosen or max(self.available // max(self.questions, 1), 1)

    @property
    def fits(self) -> int:
        """For about so many questions there is time."""
        return max(self.available // (self.chosen or USUAL_MINUTES), 1)

    @property
    def has_room(self) -> bool:
        """There is time for all of them."""
        return self.questions <= self.fits


def divide_time(meeting: Meeting, meetlat: Meetlat, questions: int) -> Division:
    item = meeting.agenda.filter(kind=AgendaItem.Kind.ANSWERING).first()
    total = item.minutes + item.extra_minutes if item else ANSWERING_MINUTES
    return Division(total, meetlat.minutes_kept_back, questions, meetlat.minutes_per_question)
