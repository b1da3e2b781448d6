"""What happens to a question that lies on the Parkeerplaats: taken up for a meeting, let go, or laid back there."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Leervraag
from . import boards

Outcome = Leervraag.Outcome


@transaction.atomic
def take_up(*, actor: Actor, leervraag: Leervraag, meeting: Meeting) -> Leervraag:
    """The group takes the question up in a meeting that is to come: it is asked there anew. Answers the question there.

    Twice is once.
    """
    target = lock(meeting, "group")
    now = _under_lock(leervraag, target)
    is_open = target.state in (Meeting.State.PLANNED, Meeting.State.RUNNING)
    if target.group_id != now.meeting.group_id or target.kind != Meeting.Kind.NETWORK or not is_open:
        raise ValidationError(_("Kies een netwerkbijeenkomst die nog komt."))
    if target.pk == now.meeting_id:
        raise ValidationError(_("Deze vraag hoort al bij die bijeenkomst. Leg hem daar terug op de meetlat."))
    there = Leervraag.objects.filter(moved_from=now).first()
    if there is not None and there.meeting_id == target.pk and now.outcome == Outcome.MOVED:
        return there
    _check_it_lies_there(now)
    if there is not None:
        boards.fetch_back(strip=now)
    copy = Leervraag.objects.create(
        meeting=target,
        author=now.author,
        typed_by=now.typed_by,
        situation=now.situation,
        text=now.text,
        clip=now.clip,
        moved_from=now,
    )
    _end(actor, now, Outcome.MOVED)
    boards.touch(meeting=target)
    return copy


@transaction.atomic
def let_go(*, actor: Actor, leervraag: Leervraag) -> None:
    """Nobody needs to do anything with it any more. It stays to be read, and twice is once."""
    now = _under_lock(leervraag)
    if now.outcome == Outcome.LET_GO:
        return
    _check_it_lies_there(now)
    _end(actor, now, Outcome.LET_GO)


@transaction.atomic
def lay_back(*, actor: Actor, leervraag: Leervraag) -> None:
    """Undoes both: the question lies on the Parkeerplaats again, with its reason. Twice is once.

    Raises ValidationError when the meeting that took it up is busy with it.
    """
    now = _under_lock(leervraag)
    if now.outcome == Outcome.PARKED:
        return
    if now.state != Leervraag.State.PARKED or now.outcome not in (Outcome.MOVED, Outcome.LET_GO):
        raise ValidationError(_("Deze vraag ligt niet meer op de Parkeerplaats."))
    if now.outcome == Outcome.MOVED:
        boards.fetch_back(strip=now)
    _end(actor, now, Outcome.PARKED)


def _under_lock(leervraag: Leervraag, *others: Meeting) -> Leervraag:
    """As it is now; the meetlatten in the order of the traject, as every write takes them."""
    for meeting in sorted({leervraag.meeting, *others}, key=lambda each: (each.position, each.pk)):
        boards.lock_meetlat(meeting=meeting)
    found = Leervraag.objects.current().select_related("meeting__group", "author", "typed_by", "clip")
    now = found.filter(pk=leervraag.pk).first()
    if now is None:
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    return now


def _check_it_lies_there(leervraag: Leervraag) -> None:
    on_p = (Outcome.OPEN, Outcome.PARKED)
    if leervraag.state != Leervraag.State.PARKED or leervraag.outcome not in on_p:
        raise ValidationError(_("Deze vraag ligt niet meer op de Parkeerplaats."))


def _end(actor: Actor, leervraag: Leervraag, outcome: str) -> None:
    """Why it lay there, and where it would go, are kept: whoever lays it back finds both."""
    texts = {"destination": leervraag.destination, "reason": leervraag.reason}
    boards.end_strip(strip=leervraag, outcome=outcome, **texts)
    audit.record(actor, f"leervraag.{outcome}", leervraag, group_id=leervraag.author.group_id)
