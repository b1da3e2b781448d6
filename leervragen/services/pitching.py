"""During the pitch: a tick in pencil at a question. After it the asker says whether the pitch answered the question."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..held import check_not_held
from ..models import Leervraag, PitchNote
from . import boards, laying

State = Leervraag.State


@transaction.atomic
def tick_in_pitch(*, actor: Actor, leervraag: Leervraag, word: str, version: str) -> PitchNote:
    """ "Misschien beantwoord", with a word: the own tick, which the asker reads too. It moves no strip.

    Raises WrittenMeanwhile when its writer wrote another word elsewhere.
    """
    writer = membership_of(actor, leervraag)
    if writer is None:
        raise PermissionDenied(_("Je zit niet meer in deze groep."))
    now = lock(leervraag, "meeting")
    check_not_held(now.meeting)
    if now.outcome in (Leervraag.Outcome.WITHDRAWN, Leervraag.Outcome.HELD_BACK):
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    note = PitchNote.objects.filter(leervraag=now, writer=writer).first()
    is_new = note is None
    note = note or PitchNote(leervraag=now, writer=writer)
    if write_on_top(note, version, word=word) or is_new:
        note.is_settled, note.written_at = False, timezone.now()
        note.full_clean(validate_constraints=False)
        note.save()
    return note


@transaction.atomic
def erase_tick(*, actor: Actor, leervraag: Leervraag) -> None:
    """The own tick goes, with its word. Twice is once."""
    PitchNote.objects.filter(leervraag=leervraag, writer=membership_of(actor, leervraag)).delete()


@transaction.atomic
def say_answered(*, actor: Actor, leervraag: Leervraag, version: int) -> None:
    """ "Ja, beantwoord": the strip goes to what the pitch answered. `version` is the strip's; twice is once."""
    if _settle(leervraag).state != State.PITCH:
        laying.put_away(actor=actor, strip=leervraag, version=version, state=State.PITCH, by_asker=True)


@transaction.atomic
def lay_with_the_rest(*, actor: Actor, leervraag: Leervraag, version: int) -> str:
    """ "Leg hem erbij": the pitch did not answer it. It stays where it lies, also on P, or comes back to the pile.
    Answers where it lies: a state.
    """
    now = _settle(leervraag)
    if now.state != State.PITCH:
        return now.state
    laying.put_away(actor=actor, strip=leervraag, version=version, state=State.TRAY, by_asker=True)
    return State.TRAY


def _settle(leervraag: Leervraag) -> Leervraag:
    """What was ticked until now has its answer. The question as it is now, under the lock of the meetlat."""
    boards.lock_meetlat(meeting=leervraag.meeting)
    check_not_held(leervraag.meeting)
    now = Leervraag.objects.current().filter(pk=leervraag.pk).first()
    if now is None:
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    if not now.is_open and now.state != State.PITCH:
        raise ValidationError(_("Deze vraag is al afgerond. Open hem eerst weer bij Afronden."))
    PitchNote.objects.filter(leervraag=now).update(is_settled=True)
    return now
