"""Notes of who watches a lesson: each tap is one, kept for its observer alone."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once
from netwerkleren.base.sweeping import erase_some

from .. import media
from ..models import NOTES_KEPT, Clip, NotesStart, ObserverNote


@transaction.atomic
def note_lesson(
    *,
    actor: Actor,
    key: UUID,
    observer: Membership,
    observed: Membership,
    kind: str,
    text: str = "",
    seen_at: datetime | None = None,
) -> ObserverNote:
    """Keeps one moment of the lesson of `observed`. Without `seen_at`, and of a clock that runs ahead, it was now."""
    if observed.group_id != observer.group_id:
        raise ValidationError({"observed": _("Deze collega zit in een andere groep.")})
    now = timezone.now()
    seen_at = min(seen_at or now, now)
    if seen_at < now - NOTES_KEPT:
        raise ValidationError(_("Dit moment is te lang geleden. Kijk of de klok van je telefoon goed staat."))
    note, _created = make_once(
        ObserverNote,
        key=key,
        by="observer",
        observer=observer,
        observed=observed,
        kind=kind,
        text=text,
        seen_at=seen_at,
    )
    return note


@transaction.atomic
def line_up(*, actor: Actor, clip: Clip, note: ObserverNote, moment: int) -> None:
    """This note was at `moment`, in ms of the film: with that all notes of its lesson have their place. A film that was
    cut and is still to come has it already.
    """
    if note.observed_id != clip.owner_id:
        raise ValidationError({"note": _("Deze notitie is van een andere les.")})
    if moment > (clip.duration_ms if clip.is_ready else media.MAX_MINUTES * 60_000):
        raise ValidationError({"moment": _("Zo lang duurt het fragment niet.")})
    starts_at = note.seen_at - timedelta(milliseconds=moment)
    clip, note = lock(clip), lock(note)
    if clip.state == Clip.State.ERASED:
        raise Http404
    NotesStart.objects.update_or_create(clip=clip, observer_id=note.observer_id, defaults={"starts_at": starts_at})


@transaction.atomic
def erase_note(*, actor: Actor, note: ObserverNote) -> None:
    note.delete()


def forget_old_notes() -> None:
    """At each sweep: what was seen too long ago to pick a fragment by."""
    erase_some(ObserverNote.objects.filter(seen_at__lt=timezone.now() - NOTES_KEPT))
