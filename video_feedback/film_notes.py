"""Kijknotities laid beside the film of a fragment: suggestions of what to cut, or to say something about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from groups.models import memberships_of
from netwerkleren.base.access import Actor

from .models import Clip, ObserverNote

BEFORE_FILM = timedelta(hours=12)
"""Notes so long before the recording came in may still be of its lesson, however late it was sent."""


@dataclass(frozen=True)
class FilmNote:
    """One note, and where it is in the film: None where nothing was lined up, or it lies before or after it."""

    note: ObserverNote
    at_ms: int | None
    percent: int


@dataclass(frozen=True)
class FilmNotes:
    """Those of one lesson, in order."""

    notes: list[FilmNote]
    is_lined_up: bool

    @property
    def marks(self) -> list[FilmNote]:
        return [one for one in self.notes if one.at_ms is not None]


def film_notes(actor: Actor, clip: Clip) -> FilmNotes | None:
    """Of a maatje who watched the lesson: the notes that go with this film. None for anyone else, who asks no query."""
    pairs = {own.pair_id for own in memberships_of(actor)} - {None}
    if clip.owner.user_id == actor.pk or clip.owner.pair_id not in pairs:
        return None
    seen = list(ObserverNote.objects.of_film(clip, actor))
    starts_at = seen[0].film_starts_at if seen else None
    lesson = _lesson(seen, starts_at or clip.created)
    return FilmNotes([_placed(note, clip, starts_at) for note in lesson], starts_at is not None) if lesson else None


def _lesson(seen: Sequence[ObserverNote], near: datetime) -> list[ObserverNote]:
    """All of one day: that of the film, or else the last day before it, or else the first after it."""
    days = [list(notes) for _day, notes in groupby(seen, lambda note: timezone.localdate(note.seen_at))]
    before = [notes for notes in days if notes[0].seen_at <= near + BEFORE_FILM]
    return before[-1] if before else next(iter(days), [])


def _placed(note: ObserverNote, clip: Clip, starts_at: datetime | None) -> FilmNote:
    if starts_at is None:
        return FilmNote(note, None, 0)
    at_ms = round((note.seen_at - starts_at) / timedelta(milliseconds=1))
    if not 0 <= at_ms <= clip.duration_ms:
        return FilmNote(note, None, 0)
    return FilmNote(note, at_ms, min(100, round(100 * at_ms / max(clip.duration_ms, 1))))
