"""Holding a question back in which a pupil can be recognised, until its asker, and nobody else, wrote it otherwise."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Leervraag
from ..points import question_taken_back
from . import boards

State, Outcome = Leervraag.State, Leervraag.Outcome


@transaction.atomic
def hold_back(*, actor: Actor, leervraag: Leervraag, reason: str) -> Leervraag:
    """The group and the expert do not read it meanwhile, and it goes off the meetlat. `reason` is for the asker.

    What the expert got before, stays there. Handed in again, the question goes to the expert as it is then: so the
    mails forget it. A second press changes nothing.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf waaraan je de leerling herkent.")})
    lock(leervraag.meeting.group)  # a reaction may need it
    boards.lock_meetlat(meeting=leervraag.meeting)
    now = _as_it_is_now(leervraag)
    if now.is_held_back:
        return now
    if not now.is_open:
        raise ValidationError(_("Deze vraag is al afgerond, of intussen ingetrokken."))
    held = boards.end_strip(strip=now, outcome=Outcome.HELD_BACK, state=State.TRAY, reason=reason)
    held.mailings.clear()
    for react in question_taken_back:
        react(leervraag.meeting)
    audit.record(actor, "leervraag.held_back", held, group_id=now.meeting.group_id)
    return held


@transaction.atomic
def let_through(*, actor: Actor, leervraag: Leervraag) -> None:
    """Shown to the group after all, as it is. Twice is once."""
    boards.lock_meetlat(meeting=leervraag.meeting)
    now = _as_it_is_now(leervraag)
    if not now.is_held_back:
        return
    Leervraag.objects.filter(pk=now.pk).update(outcome=Outcome.OPEN, reason="")
    audit.record(actor, "leervraag.let_through", now, group_id=now.meeting.group_id)
    boards.touch(meeting=now.meeting)


def _as_it_is_now(leervraag: Leervraag) -> Leervraag:
    now = Leervraag.objects.select_related("meeting").filter(pk=leervraag.pk).first()
    if now is None:
        raise ValidationError(_("Deze vraag is er niet meer."))
    if now.meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is geweest. De vraag blijft zoals hij is gesteld."))
    return now
