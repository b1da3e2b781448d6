"""Moving strips: on the meetlat, to P, back to the pile; and grouping them.

Every write locks the Meetlat row first, so that ten people who move strips at once do so one after the other. A form
carries the version of the strip it was made for: who moves a strip that someone else moved meanwhile is told so by
`WrittenMeanwhile`, with the strip as it is now, or None when it is gone.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.permissions import has_perm

from ..afterwards import place_of
from ..board import Block, Board
from ..held import check_lies_open, check_not_held
from ..models import NUMBERS, Leervraag, Meetlat, StripGroup, StripMove
from ..moves import name_of_mover

State, Outcome, Kind = Leervraag.State, Leervraag.Outcome, StripMove.Kind


def touch(*, meeting: Meeting) -> None:
    """Whoever follows the meetlat sees it anew, and so do Leiden and the Scherm, which show a part of it."""
    live.touch(live.topic_of("meetlat", meeting))
    live.touch(live.topic_of("meeting", meeting))


def lock_meetlat(*, meeting: Meeting) -> Meetlat:
    """The meeting's meetlat, made if need be, and locked until the transaction ends."""
    meetlat, _created = Meetlat.objects.get_or_create(meeting=meeting)
    locked = lock(meetlat)
    locked.meeting = meeting
    return locked


@transaction.atomic
def lay_strip(*, actor: Actor, strip: Leervraag, version: int, number: int, before: Leervraag | None = None) -> None:
    """Lays a strip, with its group, on a number: before another strip that lies there, else last."""
    if number not in NUMBERS:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = _take(strip, version, actor)
    block = board.block_of(strip) or Block([strip])
    found = _places(board, block.strips)
    _reopen(strip)
    board.lay(block, number, board.block_of(before) if before else None)
    _save(board, strip.meeting, moved=block.strips)
    _record(actor, Kind.LAID, strip, board, found)


@transaction.atomic
def nudge_strip(*, actor: Actor, strip: Leervraag, version: int, by: int) -> None:
    """Moves a laid strip, with its group, one place up (-1) or down (+1)."""
    board, strip = _take(strip, version, actor)
    block = board.block_of(strip)
    if block is None:
        raise ValidationError(_("Leg de vraag eerst op de meetlat."))
    found = _places(board, block.strips)
    board.nudge(block, by)
    _save(board, strip.meeting, moved=block.strips)
    _record(actor, Kind.LAID, strip, board, found)


@transaction.atomic
def put_away(*, actor: Actor, strip: Leervraag, version: int, state: str) -> None:
    """Takes one strip off the meetlat, out of its group: to the pile, to P, or answered in the pitch."""
    if state == State.LAID:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = _take(strip, version, actor)
    found = _places(board, [strip])
    _lift(board, strip)
    strip.state = state
    _reopen(strip)
    if state == State.PITCH:
        strip.outcome = Outcome.ANSWERED
    _save(board, strip.meeting, moved=[strip])
    _record(actor, Kind.AWAY, strip, board, found)


@transaction.atomic
def group_strips(*, actor: Actor, strip: Leervraag, version: int, beside: Leervraag, title: str = "") -> StripGroup:
    """Puts a strip beside a related one that lies on the meetlat; they make a group, or the strip joins one."""
    board, strip = _take(strip, version, actor)
    block = board.block_of(beside)
    if block is None or strip in block:
        raise ValidationError({"beside": _("Kies een andere vraag die op de meetlat ligt.")})
    found = _places(board, [strip])
    found[0]["joined_title"] = block.group.title if block.group else ""
    group = block.group or StripGroup(meetlat_id=strip.meeting_id)
    group.title = title or group.title
    group.full_clean(exclude=["meetlat"])
    group.save()
    _reopen(strip)
    board.join(strip, block, group)
    _save(board, strip.meeting, moved=[strip])
    _record(actor, Kind.GROUPED, strip, board, found)
    return group


@transaction.atomic
def ungroup_strip(*, actor: Actor, strip: Leervraag, version: int) -> None:
    """Takes a strip out of its group; it stays on its number."""
    board, strip = _take(strip, version, actor)
    found = _places(board, [strip])
    board.take_out(strip)
    _save(board, strip.meeting, moved=[strip])
    _record(actor, Kind.APART, strip, board, found)


@transaction.atomic
def undo_move(*, actor: Actor, meeting: Meeting, move: int) -> None:
    """Puts back what this move did; one that was put back already is done. It has to be the actor's own.

    When someone touched it since, nothing is done, and the refusal says who.
    """
    _check_may_move(actor, lock_meetlat(meeting=meeting))
    own = membership_of(actor, meeting)
    moves = StripMove.objects.filter(meetlat=meeting.pk, can_undo=True)
    mine = moves.to_put_back_by(own).filter(pk=move).first()
    if mine is None:
        return
    for later in moves.filter(pk__gt=mine.pk).select_related("by__user").order_by("-pk"):
        if later.touched & mine.touched:
            words = _("%(name)s verplaatste deze vraag daarna nog. Er is niets teruggezet.")
            raise ValidationError(words, params={"name": name_of_mover(later.at_board, later.by, own)})
    now = {str(one.pk): one for one in meeting.leervragen.in_order()}
    board = Board(now.values())
    moved = [now[place["id"]] for place in mine.after if place["id"] in now]
    found = _places(board, moved)
    if not mine.still_stands(found):
        raise ValidationError(_("Deze vraag is intussen veranderd. Er is niets teruggezet."))
    _lay_where_it_lay(mine, moved, board)
    for strip, place in zip(moved, mine.before, strict=True):
        for name in ("state", "outcome", "destination", "reason", "rounded_off"):
            setattr(strip, name, place[name])
    _save(board, meeting, moved=moved)
    mine.delete()
    _record(actor, Kind.BACK, moved[0], board, found)


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
        _lift(board, strip)
        if place["state"] == State.LAID:
            board.lay_back(strip, place, partial(_made, strip, place))


@transaction.atomic
def name_group(*, actor: Actor, group: StripGroup, title: str, version: str) -> StripGroup:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when it has another name now.

    The group may have fallen apart since: then there is nothing left to name.
    """
    _check_may_move(actor, lock_meetlat(meeting=group.meetlat.meeting))
    now = StripGroup.objects.select_related("meetlat__meeting").filter(pk=group.pk).first()
    if now is None:
        raise ValidationError(_("Deze vragen liggen niet meer bij elkaar."))
    if write_on_top(now, version, title=title):
        now.full_clean(exclude=["meetlat"])
        now.save(update_fields=["title"])
        touch(meeting=now.meetlat.meeting)
    return now


@transaction.atomic
def choose_for_today(*, actor: Actor, leervraag: Leervraag, not_today: bool) -> None:
    """The group chooses which questions are not for today; they stay where they lie."""
    lock_meetlat(meeting=leervraag.meeting)
    check_not_held(leervraag.meeting)
    Leervraag.objects.filter(pk=leervraag.pk).update(not_today=not_today)
    touch(meeting=leervraag.meeting)


def withdraw_strip(*, strip: Leervraag) -> None:
    """Ends a question that its author took back. Runs in the caller's transaction."""
    end_strip(strip=strip, outcome=Outcome.WITHDRAWN, state=State.TRAY)


def end_strip(*, strip: Leervraag, outcome: str, state: str | None = None, **texts: str) -> Leervraag:
    """Gives a question its outcome; with a `state` its strip goes there. Runs in the caller's transaction."""
    board, strip = _take(strip)
    if state is not None and strip.state != state:
        _lift(board, strip)
        strip.state = state
    strip.outcome = outcome
    strip.destination, strip.reason = texts.get("destination", ""), texts.get("reason", "")
    strip.rounded_off = None
    strip.full_clean(validate_constraints=False)
    _save(board, strip.meeting, moved=[strip])
    return strip


def put_back(*, meeting: Meeting, strips: list[Leervraag]) -> None:
    """Opens questions that were rounded off, where they lay then, and with what they lay with as far as that is there.

    What someone ended by hand since stays so. Runs in the caller's transaction.
    """
    lock_meetlat(meeting=meeting)
    now = list(meeting.leervragen.in_order())
    board = Board(now)
    back = [one for one in now if one in strips and (one.rounded_off or one.outcome == Outcome.MOVED)]
    for strip in sorted(back, key=lambda one: (one.rounded_off or {}).get("rank") or 0):
        place = strip.rounded_off or {}
        if strip.state != place.get("state", strip.state):
            _lift(board, strip)
            if place["state"] == State.LAID:
                board.lay_back(strip, place, partial(_made, strip, place))
            strip.state = place["state"]
        strip.outcome, strip.destination, strip.reason, strip.rounded_off = Outcome.OPEN, "", "", None
    _save(board, meeting, moved=back)


def _made(strip: Leervraag, place: dict[str, Any]) -> StripGroup:
    """The group that lay there, made anew when it fell apart."""
    group, _created = StripGroup.objects.get_or_create(
        pk=place["group"], defaults={"meetlat_id": strip.meeting_id, "title": place["title"]}
    )
    return group


def _take(strip: Leervraag, version: int | None = None, actor: Actor | None = None) -> tuple[Board, Leervraag]:
    """The board under lock, and the strip as it is now. A version of None, or no actor, asks for no check."""
    meetlat = lock_meetlat(meeting=strip.meeting)
    if actor is not None:
        _check_may_move(actor, meetlat)
    strips = list(strip.meeting.leervragen.in_order())
    now = next((one for one in strips if one.pk == strip.pk), None)
    if now is None or (version is not None and now.version != version):
        raise WrittenMeanwhile(now)
    if version is not None and not now.is_open and now.state in (State.TRAY, State.LAID):
        raise ValidationError(_("Deze vraag is al afgerond. Open hem eerst weer bij Afronden."))
    return Board(strips), now


def _check_may_move(actor: Actor, meetlat: Meetlat) -> None:
    check_not_held(meetlat.meeting)
    if isinstance(actor, DisplayThatShows):
        check_lies_open(meetlat)
    if not has_perm("leervragen.move_strips", actor, meetlat):
        who = meetlat.layer.user.first_name if meetlat.layer else _("je coach")
        raise ValidationError(
            _("Aan het bord legt één persoon de vragen: %(name)s. Zeg hardop waar de vraag hoort."),
            params={"name": who},
        )


def _places(board: Board, strips: list[Leervraag]) -> list[dict[str, Any]]:
    return [board.place_of(strip) for strip in strips]


def _record(actor: Actor, kind: str, strip: Leervraag, board: Board, found: list[dict[str, Any]]) -> None:
    """Within the transaction of the move. What changed nothing, or came from another meeting, is not put back."""
    meeting = strip.meeting
    lies = {str(one.pk): one for one in [strip, *(mate for block in board.blocks for mate in block.strips)]}
    after = _places(board, [lies[place["id"]] for place in found])
    was_fetched = any(place["outcome"] == Outcome.MOVED for place in found)
    moves = StripMove.objects.filter(meetlat=meeting.pk)
    moves.create(
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
    moves.trim()


def take_back(*, strip: Leervraag) -> bool:
    """A question that was moved on stands in one meeting only: the copy there goes, when it is asked here after all.

    False when someone took it up there; then nothing changes. Runs in the caller's transaction, which holds the lock of
    the strip's own meetlat: locks go in the order of the traject.
    """
    copy = Leervraag.objects.filter(moved_from=strip).select_related("meeting").first()
    if copy is None:
        return True
    lock_meetlat(meeting=copy.meeting)
    copy.refresh_from_db(fields=["state", "outcome", "answer", "text", "situation", "clip"])
    is_as_it_came = (
        copy.state == State.TRAY
        and copy.is_open
        and not copy.answer
        and (copy.text, copy.situation, copy.clip_id) == (strip.text, strip.situation, strip.clip_id)
        and not copy.meeting.is_over
    )
    if not (is_as_it_came or copy.is_withdrawn):
        return False
    copy.delete()
    touch(meeting=copy.meeting)
    return True


def fetch_back(*, strip: Leervraag) -> None:
    """`take_back` for a question that must be asked here: raises ValidationError when someone took it up there."""
    if not take_back(strip=strip):
        raise ValidationError(_("Met deze vraag is in de volgende bijeenkomst al iemand bezig. Ga daar verder."))


def _reopen(strip: Leervraag) -> None:
    """What lay on P, was answered in the pitch, or had moved on, is asked here after all."""
    if strip.outcome == Outcome.MOVED:
        fetch_back(strip=strip)
    strip.outcome, strip.destination, strip.reason, strip.rounded_off = Outcome.OPEN, "", "", None


def _lift(board: Board, strip: Leervraag) -> None:
    board.take_out(strip)
    block = board.block_of(strip)
    if block is not None:
        board.lift(block)
    strip.number = strip.rank = strip.strip_group = None


def _save(board: Board, meeting: Meeting, *, moved: list[Leervraag]) -> None:
    """Writes what changed, in two statements: a place must be free before another strip takes it."""
    changed = {strip.pk: strip for strip in [*board.settle(), *moved]}
    for strip in moved:
        strip.version += 1
    Leervraag.objects.filter(pk__in=changed).update(rank=None)
    fields = ["state", "number", "rank", "strip_group", "version", "outcome", "destination", "reason", "rounded_off"]
    Leervraag.objects.bulk_update(changed.values(), fields)
    StripGroup.objects.annotate(size=Count("leervragen")).filter(meetlat=meeting.pk, size__lt=2).delete()
    touch(meeting=meeting)


def lay_as_on_paper(*, meeting: Meeting, places: Mapping[UUID, str]) -> None:
    """Lays strips of a meeting that was held where they lay on its paper meetlat, whatever became of them: each on a
    number in words, on P (a state), or on neither. Runs in the caller's transaction.
    """
    lock_meetlat(meeting=meeting)
    strips = list(meeting.leervragen.in_order())
    board = Board(strips)
    moved = [strip for strip in strips if places.get(strip.pk, place_of(strip)) != place_of(strip)]
    for strip in moved:
        _lift(board, strip)
        place = places[strip.pk]
        if place.isdecimal():
            board.lay(Block([strip]), int(place))
        else:
            strip.state = place
    _save(board, meeting, moved=moved)
