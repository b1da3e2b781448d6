"""What an interview's page shows: the parts in order, how far they are, and the clock of the part that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Interview, InterviewNote, Protocol
from .protocol import PARTS, Part, Plan, plan_of


@dataclass(frozen=True)
class Step:
    """One part in the list beside the questions."""

    part: Part
    is_open: bool
    is_done: bool


@dataclass(frozen=True)
class Conversation:
    interview: Interview
    plan: Plan
    theme: str
    part: Part
    note: InterviewNote
    activities: list[str]
    before: tuple[Step, ...]
    now: tuple[Step, ...]
    later: tuple[Step, ...]
    next_part: Part | None

    @property
    def question(self) -> str:
        return self.part.question(self.theme)

    @property
    def follow_ups(self) -> list[str]:
        return self.part.follow_ups(self.theme)

    @property
    def names_activities(self) -> bool:
        """Only part A: all of B is about what is named there."""
        return self.part.code == "A"

    @property
    def ends_at(self) -> datetime | None:
        """When the minutes of the part are over; the clock may run on, nothing moves by itself."""
        started = self.note.started_at
        return started + timedelta(minutes=self.part.minutes) if started else None


def conversation(interview: Interview, part: Part) -> Conversation:
    """The page of one part."""
    chosen = Protocol.objects.filter(group=interview.group_id).first()
    notes = {note.part: note for note in InterviewNote.objects.filter(interview=interview)}
    plan = plan_of(chosen)

    def steps(parts: Iterable[Part]) -> tuple[Step, ...]:
        return tuple(Step(each, each == part, _is_done(notes.get(each.code))) for each in parts)

    return Conversation(
        interview=interview,
        plan=plan,
        theme=theme_words(interview, chosen),
        part=part,
        note=notes.get(part.code) or InterviewNote(interview=interview, part=part.code),
        activities=notes["A"].activity_list if "A" in notes else [],
        before=steps(plan.before),
        now=steps(plan.now),
        later=steps(plan.later),
        next_part=following(plan, part),
    )


def following(plan: Plan, part: Part) -> Part | None:
    parts = plan.in_order
    place = parts.index(part) + 1
    return parts[place] if place < len(parts) else None


def theme_words(interview: Interview, chosen: Protocol | None) -> str:
    """The coach's words for the theme, else the group's theme, written as it stands within a sentence."""
    words = (chosen.theme if chosen else "") or interview.group.theme or "jullie thema"
    is_abbreviation = words[1:2].isupper()
    return words if is_abbreviation else words[:1].lower() + words[1:]


def first_draft(notes: Iterable[InterviewNote]) -> str:
    """The notes as a text to start a story from: each part under its title, in the order of the protocol."""
    by_part = {note.part: note for note in notes if note.is_written}
    chapters = []
    for part in PARTS:
        note = by_part.get(part.code)
        if note:
            activities = [f"- {activity}" for activity in note.activity_list]
            chapters.append("\n".join([str(part.title), *activities, note.text.strip()]).strip())
    return "\n\n".join(chapters)


def _is_done(note: InterviewNote | None) -> bool:
    return note is not None and (note.is_written or note.skipped)
