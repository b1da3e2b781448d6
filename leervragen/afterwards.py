"""A meeting that was held on paper, as it stands here: who was there, and of each question its place, its end and its
answer. What a coach who fills it in starts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from meetings.models import Attendance, Meeting
from netwerkleren.base.conflicts import version_of

from .models import Leervraag

State, Outcome = Leervraag.State, Leervraag.Outcome


def place_of(strip: Leervraag) -> str:
    """In one word: the number on which it lies, else its state."""
    return str(strip.number) if strip.state == State.LAID else str(strip.state)


@dataclass(frozen=True)
class OnPaper:
    """One question. `place` is a number in words, or a state of the strip; P and its end go together."""

    place: str
    outcome: str
    answer: str

    @classmethod
    def of(cls, strip: Leervraag) -> "OnPaper":
        return cls(place_of(strip), strip.outcome, strip.answer)

    @classmethod
    def typed(cls, place: str, outcome: str, answer: str) -> "OnPaper":
        """What is parked lies on P, and what lies on P and was not answered is parked. What was let go lies there too:
        from there it can be laid back. What the pitch did not answer after all is back on the pile.
        """
        if outcome in (Outcome.PARKED, Outcome.LET_GO):
            place = State.PARKED
        elif place == State.PITCH and outcome != Outcome.ANSWERED:
            place = State.TRAY
        elif place == State.PARKED and outcome == Outcome.OPEN:
            outcome = Outcome.PARKED
        return cls(place, outcome, answer)


@dataclass(frozen=True)
class Stand:
    there: frozenset[UUID]
    questions: Mapping[UUID, OnPaper]

    @property
    def version(self) -> str:
        told = (f"{pk} {one.place} {one.outcome} {one.answer}" for pk, one in self.questions.items())
        return version_of(*sorted(map(str, self.there)), *sorted(told))


def stand_of(meeting: Meeting, strips: Iterable[Leervraag]) -> Stand:
    statuses = Attendance.objects.of(meeting).statuses
    there = frozenset(pk for pk, status in statuses.items() if status != Attendance.Status.ABSENT)
    return Stand(there, {strip.pk: OnPaper.of(strip) for strip in strips})
