"""Holding a question back in which a pupil can be recognised, until its asker, and nobody else, wrote it otherwise."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Leervraag, NotThisTime
from ..points import question_taken_back
from . import boards

State, Outcome = Leervraag.State, Leervraag.Outcome


@transaction.atomic
def hold_back(*, actor: Actor, leervraag: Leervraag, reason: str) -> Leervraag:
    """The group and the expert do not read it meanwhile, and it goes off the meetlat. `reason` is for the asker. Nor do
    they in the meetings from which it moved on: it says the same there.

    What the expert got before, stays there. Handed in again, the question goes to the expert as it is then: so the
    mails forget it. A second press changes nothing.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf waaraan je de leerling herkent.")})
    lock(leervraag.meeting.group)  # a reaction may need it
    earlier = _earlier(leervraag)
    for meeting in sorted({leervraag.meeting, *(one.meeting for one in earlier)}, key=lambda one: one.position):
        boards.lock_meetlat(meeting=meeting)
    now = _as_it_is_now(leervraag)
    if now.is_held_back:
        return now
    if not now.is_open:
        raise ValidationError(_("Deze vraag is al afgerond, of intussen ingetrokken."))
    for one in earlier:
        _hide(one)
    held = boards.end_strip(strip=now, outcome=Outcome.HELD_BACK, state=State.TRAY, reason=reason)
    held.mailings.clear()
    for react in question_taken_back:
        for one in (leervraag, *earlier):
            react(one.meeting)
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
    NotThisTime.objects.filter(meeting=now.meeting_id, member=now.author_id).delete()
    show_earlier(leervraag=now)
    audit.record(actor, "leervraag.let_through", now, group_id=now.meeting.group_id)
    boards.touch(meeting=now.meeting)


def withdraw_held_back(*, leervraag: Leervraag) -> None:
    """Its asker takes it back instead: with where it was before, for it says the same there. Its strips lie on no
    meetlat. In the caller's transaction, which holds the lock of its own.
    """
    rows = [leervraag.pk, *(one.pk for one in _earlier(leervraag))]
    Leervraag.objects.filter(pk__in=rows, outcome=Outcome.HELD_BACK).update(outcome=Outcome.WITHDRAWN, reason="")
    boards.touch(meeting=leervraag.meeting)


def show_earlier(*, leervraag: Leervraag) -> None:
    """Where it was before it moved on it is read again, in the words that it has now. In the caller's transaction."""
    same = {"text": leervraag.text, "situation": leervraag.situation, "clip": leervraag.clip_id}
    for one in _earlier(leervraag):
        hidden = Leervraag.objects.filter(pk=one.pk, outcome=Outcome.HELD_BACK)
        hidden.update(outcome=Outcome.MOVED, **same)
        boards.touch(meeting=one.meeting)


def _earlier(leervraag: Leervraag) -> list[Leervraag]:
    """What it was in the meetings from which it moved on, the last first."""
    found: list[Leervraag] = []
    before = leervraag.moved_from_id
    while before is not None:
        found.append(Leervraag.objects.select_related("meeting").get(pk=before))
        before = found[-1].moved_from_id
    return found


def _hide(leervraag: Leervraag) -> None:
    """Under the lock of its meetlat, which it leaves: its place there may be needed. On P it stays where it lay."""
    now = Leervraag.objects.select_related("meeting").get(pk=leervraag.pk)
    if now.outcome == Outcome.MOVED:
        texts = {"destination": now.destination, "reason": now.reason}
        state = State.TRAY if now.state == State.LAID else None
        boards.end_strip(strip=now, outcome=Outcome.HELD_BACK, state=state, **texts)


def _as_it_is_now(leervraag: Leervraag) -> Leervraag:
    now = Leervraag.objects.select_related("meeting").filter(pk=leervraag.pk).first()
    if now is None:
        raise ValidationError(_("Deze vraag is er niet meer."))
    if now.meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is geweest. De vraag blijft zoals hij is gesteld."))
    return now
