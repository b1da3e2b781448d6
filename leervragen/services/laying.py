"""Moving strips: on the meetlat, to P, back to the pile; and grouping them.

Every write locks the Meetlat row first, so that ten people who move strips at once do so one after the other. A form
carries the version of the strip it was made for: who moves a strip that someone else moved meanwhile is told so by
`WrittenMeanwhile`, with the strip as it is now, or None when it is gone.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.locks import lock

from ..afterwards import place_of
from ..board import Block, Board
from ..held import check_not_held
from ..models import NUMBERS, Leervraag, Meetlat, StripGroup

State, Outcome = Leervraag.State, Leervraag.Outcome


def touch(*, meeting: Meeting) -> None:
    """Whoever follows the meetlat sees it anew, and so do Leiden and the Scherm, which show a part of it."""
    live.touch(live.topic_of("meetlat", meeting))
    live.touch(live.topic_of("meeting", meeting))


def lock_meetlat(*, meeting: Meeting) -> Meetlat:
    """The meeting's meetlat, made if need be, and locked until the transaction ends."""
    meetlat, _created = Meetlat.objects.get_or_create(meeting=meeting)
    return lock(meetlat)


@transaction.atomic
def lay_strip(*, actor: Actor, strip: Leervraag, version: int, number: int, before: Leervraag | None = None) -> None:
    """Lays a strip, with its group, on a number: before another strip that lies there, else last."""
    if number not in NUMBERS:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = _take(strip, version)
    _reopen(strip)
    block = board.block_of(strip) or Block([strip])
    board.lay(block, number, board.block_of(before) if before else None)
    _save(board, strip.meeting, moved=block.strips)


@transaction.atomic
def nudge_strip(*, actor: Actor, strip: Leervraag, version: int, by: int) -> None:
    """Moves a laid strip, with its group, one place up (-1) or down (+1)."""
    board, strip = _take(strip, version)
    block = board.block_of(strip)
    if block is None:
        raise ValidationError(_("Leg de vraag eerst op de meetlat."))
    board.nudge(block, by)
    _save(board, strip.meeting, moved=block.strips)


@transaction.atomic
def put_away(*, actor: Actor, strip: Leervraag, version: int, state: str) -> None:
    """Takes one strip off the meetlat, out of its group: to the pile, to P, or answered in the pitch."""
    if state == State.LAID:
        raise ValidationError(_("De meetlat loopt van 1 tot en met 10."))
    board, strip = _take(strip, version)
    _lift(board, strip)
    strip.state = state
    _reopen(strip)
    if state == State.PITCH:
        strip.outcome = Outcome.ANSWERED
    _save(board, strip.meeting, moved=[strip])


@transaction.atomic
def group_strips(*, actor: Actor, strip: Leervraag, version: int, beside: Leervraag, title: str = "") -> StripGroup:
    """Puts a strip beside a related one that lies on the meetlat; they make a group, or the strip joins one."""
    board, strip = _take(strip, version)
    block = board.block_of(beside)
    if block is None or strip in block:
        raise ValidationError({"beside": _("Kies een andere vraag die op de meetlat ligt.")})
    group = block.group or StripGroup(meetlat_id=strip.meeting_id)
    group.title = title or group.title
    group.full_clean(exclude=["meetlat"])
    group.save()
    _reopen(strip)
    board.join(strip, block, group)
    _save(board, strip.meeting, moved=[strip])
    return group


@transaction.atomic
def ungroup_strip(*, actor: Actor, strip: Leervraag, version: int) -> None:
    """Takes a strip out of its group; it stays on its number."""
    board, strip = _take(strip, version)
    board.take_out(strip)
    _save(board, strip.meeting, moved=[strip])


@transaction.atomic
def name_group(*, actor: Actor, group: StripGroup, title: str, version: str) -> StripGroup:
    """Saves what was written on top of `version`. Raises WrittenMeanwhile when it has another name now.

    The group may have fallen apart since: then there is nothing left to name.
    """
    lock_meetlat(meeting=group.meetlat.meeting)
    check_not_held(group.meetlat.meeting)
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
    board, strip = _take(strip, version=None)
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
                _lay_back(board, strip, place)
            strip.state = place["state"]
        strip.outcome, strip.destination, strip.reason, strip.rounded_off = Outcome.OPEN, "", "", None
    _save(board, meeting, moved=back)


def _lay_back(board: Board, strip: Leervraag, place: dict[str, Any]) -> None:
    """On its number, and in its group: that is made anew when it fell apart, with those that still lie there."""
    order: list[str] = place.get("beside", [])
    mates = [block for number, blocks in board if number == place["number"] for block in blocks]
    own = next((block for block in mates if any(str(mate.pk) in order for mate in block.strips)), None)
    if own is None:
        board.lay(Block([strip]), place["number"])
        return
    group = own.group
    if group is None:
        group, _created = StripGroup.objects.get_or_create(
            pk=place["group"], defaults={"meetlat_id": strip.meeting_id, "title": place["title"]}
        )
    board.join(strip, own, group)
    own.strips.sort(key=lambda one: order.index(str(one.pk)) if str(one.pk) in order else len(order))


def _take(strip: Leervraag, version: int | None) -> tuple[Board, Leervraag]:
    """The board under lock, and the strip as it is now. A version of None asks for no check."""
    lock_meetlat(meeting=strip.meeting)
    if version is not None:
        check_not_held(strip.meeting)
    strips = list(strip.meeting.leervragen.in_order())
    now = next((one for one in strips if one.pk == strip.pk), None)
    if now is None or (version is not None and now.version != version):
        raise WrittenMeanwhile(now)
    if version is not None and not now.is_open and now.state in (State.TRAY, State.LAID):
        raise ValidationError(_("Deze vraag is al afgerond. Open hem eerst weer bij Afronden."))
    return Board(strips), now


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
