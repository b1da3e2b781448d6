"""Moving strips by hand: on the meetlat, to P, back to the pile; and grouping them.

A form carries the version of the strip it was made for: who moves a strip that someone else moved meanwhile is told so
by `WrittenMeanwhile`, with the strip as it is now, or None when it is gone.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top

from ..board import Block
from ..held import check_may_move
from ..models import NUMBERS, Leervraag, StripGroup, StripMove
from . import boards, moves

State, Outcome, Kind = Leervraag.State, Leervraag.Outcome, StripMove.Kind


@transaction.atomic
def lay_strip(*, actor: Actor, strip: Leervraag, version: int, number: int, before: Leervraag | None = None) -> None:
    """Lays a strip, with its group, on a number: before another strip that lies there, else last."""
    if number not in NUMBERS:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = boards.take(actor=actor, strip=strip, version=version)
    block = board.block_of(strip) or Block([strip])
    found = board.places_of(block.strips)
    boards.reopen(strip=strip)
    board.lay(block, number, board.block_of(before) if before else None)
    boards.write(board=board, meeting=strip.meeting, moved=block.strips)
    moves.record_move(actor=actor, kind=Kind.LAID, strip=strip, board=board, found=found)


@transaction.atomic
def nudge_strip(*, actor: Actor, strip: Leervraag, version: int, by: int) -> None:
    """Moves a laid strip, with its group, one place up (-1) or down (+1)."""
    board, strip = boards.take(actor=actor, strip=strip, version=version)
    block = board.block_of(strip)
    if block is None:
        raise ValidationError(_("Leg de vraag eerst op de meetlat."))
    found = board.places_of(block.strips)
    board.nudge(block, by)
    boards.write(board=board, meeting=strip.meeting, moved=block.strips)
    moves.record_move(actor=actor, kind=Kind.LAID, strip=strip, board=board, found=found)


@transaction.atomic
def put_away(*, actor: Actor, strip: Leervraag, version: int, state: str, by_asker: bool = False) -> None:
    """Takes one strip off the meetlat, out of its group: to the pile, to P, or answered in the pitch.

    `by_asker`: what the pitch did its asker says, from the own phone, also where one lays at the board for all.
    """
    if state == State.LAID:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = boards.take(actor=None if by_asker else actor, strip=strip, version=version)
    found = board.places_of([strip])
    board.take_off(strip)
    strip.state = state
    boards.reopen(strip=strip)
    if state == State.PITCH:
        strip.outcome = Outcome.ANSWERED
    boards.write(board=board, meeting=strip.meeting, moved=[strip])
    moves.record_move(actor=actor, kind=Kind.AWAY, strip=strip, board=board, found=found)


@transaction.atomic
def group_strips(*, actor: Actor, strip: Leervraag, version: int, beside: Leervraag, title: str = "") -> StripGroup:
    """Puts a strip beside a related one that lies on the meetlat; they make a group, or the strip joins one."""
    board, strip = boards.take(actor=actor, strip=strip, version=version)
    block = board.block_of(beside)
    if block is None or strip in block:
        raise ValidationError({"beside": _("Kies een andere vraag die op de meetlat ligt.")})
    found = board.places_of([strip])
    found[0]["joined_title"] = block.group.title if block.group else ""
    group = block.group or StripGroup(meetlat_id=strip.meeting_id)
    group.title = title or group.title
    group.full_clean(exclude=["meetlat"])
    group.save()
    boards.reopen(strip=strip)
    board.join(strip, block, group)
    strip.not_today = block.first.not_today  # A group waits, or is answered, as a whole.
    boards.write(board=board, meeting=strip.meeting, moved=[strip])
    moves.record_move(actor=actor, kind=Kind.GROUPED, strip=strip, board=board, found=found)
    return group


@transaction.atomic
def ungroup_strip(*, actor: Actor, strip: Leervraag, version: int) -> None:
    """Takes a strip out of its group; it stays on its number."""
    board, strip = boards.take(actor=actor, strip=strip, version=version)
    found = board.places_of([strip])
    board.take_out(strip)
    boards.write(board=board, meeting=strip.meeting, moved=[strip])
    moves.record_move(actor=actor, kind=Kind.APART, strip=strip, board=board, found=found)


@transaction.atomic
def name_group(*, actor: Actor, group: StripGroup, title: str, version: str) -> StripGroup:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when it has another name now.

    The group may have fallen apart since: then there is nothing left to name.
    """
    check_may_move(actor, boards.lock_meetlat(meeting=group.meetlat.meeting))
    now = StripGroup.objects.select_related("meetlat__meeting").filter(pk=group.pk).first()
    if now is None:
        raise ValidationError(_("Deze vragen liggen niet meer bij elkaar."))
    if write_on_top(now, version, title=title):
        now.full_clean(exclude=["meetlat"])
        now.save(update_fields=["title"])
        boards.touch(meeting=now.meetlat.meeting)
    return now
