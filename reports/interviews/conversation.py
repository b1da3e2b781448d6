"""What an interview's page shows: the parts in order, how far they are, and the clock of the part that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from groups.models import NetworkGroup
from netwerkleren.base.access import Actor

from ..models import Interview, InterviewNote, Protocol
from .pairing import turns_in
from .protocol import PARTS, PARTS_BY_CODE, InterviewPlan, Part, plan_of, slot_of

SAME_SITTING = timedelta(hours=1)
"""As long as the two can still be thought to be in the interview."""


@dataclass(frozen=True)
class Step:
    """One part in the list beside the questions."""

    part: Part
    is_open: bool
    is_done: bool


@dataclass(frozen=True)
class Conversation:
    interview: Interview
    plan: InterviewPlan
    theme: str
    part: Part
    note: InterviewNote
    activities: list[str]
    before: tuple[Step, ...]
    now: tuple[Step, ...]
    later: tuple[Step, ...]
    next_part: Part | None
    elsewhere: Part | None
    """The part to which the other one went on, when it is another than this one."""
    has_clock: bool

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

    @property
    def is_over_time(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()


def conversation(interview: Interview, code: str, *, reader: Actor) -> Conversation:
    """The page of one part, as one of the two sees it. `interview` comes with its people."""
    chosen = Protocol.objects.filter(group=interview.group_id).first()
    notes = {note.part: note for note in InterviewNote.objects.filter(interview=interview)}
    plan = plan_in(interview.group_id, chosen)
    part = next(part for part in plan.in_order if part.code == code)

    def steps(parts: Iterable[Part]) -> tuple[Step, ...]:
        return tuple(Step(each, each.code == code, _is_done(notes.get(each.code))) for each in parts)

    return Conversation(
        interview=interview,
        plan=plan,
        theme=words_for_theme(interview.group, chosen),
        part=part,
        note=notes.get(code) or InterviewNote(interview=interview, part=code),
        activities=notes["A"].activity_list if "A" in notes else [],
        before=steps(plan.before),
        now=steps(plan.now),
        later=steps(plan.later),
        next_part=following(plan, code),
        elsewhere=_elsewhere(interview, notes.values(), code, reader),
        has_clock=chosen is None or chosen.has_clock,
    )


def plan_in(group_id: UUID, chosen: Protocol | None) -> InterviewPlan:
    """For who holds an interview. Only what nobody chose is asked of the agenda and of who there is."""
    if chosen and chosen.parts:
        return plan_of(chosen)
    return plan_of(chosen, slot=slot_of(group_id), turns=turns_in(group_id))


def _elsewhere(interview: Interview, notes: Iterable[InterviewNote], here: str, reader: Actor) -> Part | None:
    """Where a clock was started or the other one saved last, unless that is `here`, is long ago, or came before what
    the reader saved.
    """
    own = interview.teller_id if interview.teller.user_id == reader.pk else interview.interviewer_id
    touched = [(note.started_at, True, note.part) for note in notes if note.started_at]
    touched += [(note.saved_at, note.saved_by_id != own, note.part) for note in notes if note.saved_at]
    if not touched:
        return None
    moment, is_theirs, code = max(touched)
    if not is_theirs or code == here or timezone.now() - moment > SAME_SITTING:
        return None
    return PARTS_BY_CODE[code]


def following(plan: InterviewPlan, code: str) -> Part | None:
    parts = plan.in_order
    place = [part.code for part in parts].index(code) + 1
    return parts[place] if place < len(parts) else None


def words_for_theme(group: NetworkGroup, chosen: Protocol | None) -> str:
    """The coach's words for the theme, else the group's theme, written as it stands within a sentence."""
    words = (chosen.theme if chosen else "") or group.theme or "jullie thema"
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
