"""What the page of the pitch shows, and the meetlat after it: the questions, with ticks in pencil."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from groups.models import group_ids_of, user_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.written import written_once

from .held import is_held
from .models import Leervraag, PitchNote
from .pause_forms import PitchNoteForm


@dataclass
class PitchRow:
    """A question with the reader's own tick; `heard` are the ticks of others, at the reader's own question."""

    leervraag: Leervraag
    is_own: bool
    note: PitchNote | None = None
    heard: list[PitchNote] = field(default_factory=list)
    form: PitchNoteForm | None = None

    @property
    def is_answered(self) -> bool:
        return self.leervraag.state == Leervraag.State.PITCH

    @property
    def may_say(self) -> bool:
        """Its asker says what the pitch did, until it ended otherwise."""
        return self.is_own and (self.leervraag.is_open or self.is_answered)


@written_once
def _asked_in(meeting: UUID) -> QuerySet[Leervraag]:
    return Leervraag.objects.filter(meeting=meeting).in_order()


@written_once
def _ticks_in(meeting: UUID, reader: UUID, groups: list[UUID]) -> QuerySet[PitchNote]:
    return PitchNote.objects.read_by(reader, groups).filter(leervraag__meeting=meeting).with_writers()


@dataclass(frozen=True)
class PitchPage:
    meeting: Meeting
    rows: list[PitchRow]

    @property
    def is_held(self) -> bool:
        return is_held(self.meeting)

    @classmethod
    def of(cls, meeting: Meeting, actor: Actor, refused: PitchNoteForm | None = None) -> "PitchPage":
        """The reader's own questions first; `refused` is the form that said no."""
        reader = user_of(actor)
        rows = {one.pk: PitchRow(one, one.author.user_id == reader.pk) for one in _asked_in(meeting.pk)}
        for note in _ticks_in(meeting.pk, reader.pk, group_ids_of(actor)):
            if (row := rows.get(note.leervraag_id)) is None:
                continue
            if note.writer.user_id == reader.pk:
                row.note = note
            else:
                row.heard.append(note)
        for row in rows.values():
            prefix = str(row.leervraag.pk)
            is_refused = refused is not None and refused.prefix == prefix
            row.form = refused if is_refused else PitchNoteForm(instance=row.note, prefix=prefix)
        return cls(meeting, sorted(rows.values(), key=lambda row: not row.is_own))


def asked_after_pitch(leervragen: list[Leervraag], actor: Actor) -> list[PitchRow]:
    """The reader's own open questions that someone ticked, until the reader said what the pitch did. One query at
    most.
    """
    own = {
        one.pk: PitchRow(one, True)
        for one in leervragen
        if is_user(actor) and one.author.user_id == actor.pk and one.is_open
    }
    if own:
        for note in PitchNote.objects.filter(leervraag__in=own, is_settled=False).with_writers():
            own[note.leervraag_id].heard.append(note)
    return [row for row in own.values() if row.heard]
