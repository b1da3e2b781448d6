"""What was done last on a meetlat: recorded, put back by who did it, and known as long as that can be."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.sweeping import erase_some

from ..board import Board
from ..held import check_may_move
from ..models import Leervraag, StripMove
from ..moves import name_of_mover
from . import boards

State, Outcome, Kind = Leervraag.State, Leervraag.Outcome, StripMove.Kind


@transaction.atomic
def undo_move(*, actor: Actor, meeting: Meeting, move: int) -> None:
    """Puts back what this move did; one that was put back already is done. It has to be the actor's own.

    When someone touched it since, nothing is done, and the refusal says who.
    """
    check_may_move(actor, boards.lock_meetlat(meeting=meeting))
    own = membership_of(actor, meeting)
    rows = StripMove.objects.filter(meetlat=meeting.pk, can_undo=True)
    mine = rows.to_put_back_by(own).filter(pk=move).first()
    if mine is None:
        return
    for later in rows.filter(pk__gt=mine.pk).select_related("by__user").order_by("-pk"):
        if later.touched & mine.touched:
            words = _("%(name)s verplaatste deze vraag daarna nog. Er is niets teruggezet.")
            raise ValidationError(words, params={"name": name_of_mover(later.at_board, later.by, own)})
    now = {str(one.pk): one for one in meeting.leervragen.in_order()}
    board = Board(now.values())
    moved = [now[place["id"]] for place in mine.after if place["id"] in now]
    found = board.places_of(moved)
    if not mine.still_stands(found):
        raise ValidationError(_("Deze vraag is intussen veranderd. Er is niets teruggezet."))
    _lay_where_it_lay(mine, moved, board)
    for strip, place in zip(moved, mine.before, strict=True):
        for name in ("state", "outcome", "destination", "reason", "rounded_off"):
            setattr(strip, name, place[name])
    if mine.kind == Kind.GROUPED:
        # Kept since the strip has it; what was recorded before says nothing of it.
        moved[0].not_today = mine.before[0].get("not_today", moved[0].not_today)
    boards.write(board=board, meeting=meeting, moved=moved)
    mine.delete()
    record_move(actor=actor, kind=Kind.BACK, strip=moved[0], board=board, found=found)


def _lay_where_it_lay(mine: StripMove, moved: list[Leervraag], board: Board) -> None:
    """As one block that moved; or by itself, out of the group that it came in and into the one that it left."""
    before = mine.before[0]
    block = board.block_of(moved[0])
    if mine.kind == Kind.LAID and block is not None and before["state"] == State.LAID:
        board.lay_at(block, before["number"], before["at"])
        return
    group = block.group if block is not None else None
    # A name that came along with it goes with it, unless someone wrote another since.
    if mine.kind == Kind.GROUPED and group is not None and group.title == mine.after[0]["title"]:
        group.title = before["joined_title"]
        group.save(update_fields=["title"])
    for strip, place in zip(moved, mine.before, strict=True):
        board.take_off(strip)
        if place["state"] == State.LAID:
            board.lay_back(strip, place, partial(boards.made_group, strip=strip, place=place))


def record_move(*, actor: Actor, kind: str, strip: Leervraag, board: Board, found: list[dict[str, Any]]) -> None:
    """Within the transaction of the move. What changed nothing, or came from another meeting, is not put back."""
    meeting = strip.meeting
    lies = {str(one.pk): one for one in [strip, *(mate for block in board.blocks for mate in block.strips)]}
    after = board.places_of([lies[place["id"]] for place in found])
    was_fetched = any(place["outcome"] == Outcome.MOVED for place in found)
    rows = StripMove.objects.filter(meetlat=meeting.pk)
    rows.create(
        meetlat_id=meeting.pk,
        by=membership_of(actor, meeting),
        at_board=isinstance(actor, DisplayThatShows),
        strip=strip,
        kind=kind,
        state=strip.state,
        number=strip.number,
        before=found,
        after=after,
        version=live.version_of(live.topic_of("meetlat", meeting)),
        can_undo=kind != Kind.BACK and found != after and not was_fetched,
    )
    rows.trim()


def forget_moves(*, meeting: Meeting) -> None:
    """The meeting is over: nothing is laid any more, and who laid what is nobody's business."""
    StripMove.objects.filter(meetlat=meeting.pk).delete()


def erase_old_moves() -> None:
    """Of meetings that nobody ended."""
    erase_some(StripMove.objects.of_held_meetings())
