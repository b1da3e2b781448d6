"""A meetlat that changes, by hand or by itself: taken under lock, changed in memory, and written back.

Every write locks the Meetlat row first, so that ten people who move strips at once do so one after the other.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock

from ..afterwards import place_of
from ..board import Block, Board
from ..held import check_may_move
from ..models import Leervraag, Meetlat, StripGroup

State, Outcome = Leervraag.State, Leervraag.Outcome
_WRITTEN = [
    *("state", "number", "rank", "strip_group", "version", "not_today"),
    *("outcome", "destination", "reason", "rounded_off"),
]
"""What a move may change of a question."""


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


def take(*, actor: Actor | None = None, strip: Leervraag, version: int | None = None) -> tuple[Board, Leervraag]:
    """The board under lock, and the strip as it is now. A version of None, or no actor, asks for no check."""
    if version is not None and strip.version > version:
        # It never goes back: who is late need not wait for those who are not. Of ten who lay at once most are.
        raise WrittenMeanwhile(strip)
    meetlat = lock_meetlat(meeting=strip.meeting)
    if actor is not None:
        check_may_move(actor, meetlat)
    # Under the lock others wait: nothing is read that a place does not ask for.
    strips = list(strip.meeting.leervragen.in_order().without_authors())
    now = next((one for one in strips if one.pk == strip.pk), None)
    if now is None or (version is not None and now.version != version):
        raise WrittenMeanwhile(now)
    if version is not None and not now.is_open and now.state in (State.TRAY, State.LAID):
        raise ValidationError(_("Deze vraag is al afgerond. Open hem eerst weer bij Afronden."))
    return Board(strips), now


def write(*, board: Board, meeting: Meeting, moved: list[Leervraag]) -> None:
    """Writes what changed, in two statements: a place must be free before another strip takes it."""
    changed = {strip.pk: strip for strip in [*board.settle(), *moved]}
    for strip in moved:
        strip.version += 1
    Leervraag.objects.filter(pk__in=changed).update(rank=None)
    Leervraag.objects.bulk_update(changed.values(), _WRITTEN)
    StripGroup.objects.annotate(size=Count("leervragen")).filter(meetlat=meeting.pk, size__lt=2).delete()
    touch(meeting=meeting)


def made_group(*, strip: Leervraag, place: dict[str, Any]) -> StripGroup:
    """The group that lay there, made anew when it fell apart."""
    group, _created = StripGroup.objects.get_or_create(
        pk=place["group"], defaults={"meetlat_id": strip.meeting_id, "title": place["title"]}
    )
    return group


def reopen(*, strip: Leervraag) -> None:
    """What lay on P, was answered in the pitch, or had moved on, is asked here after all."""
    if strip.outcome == Outcome.MOVED:
        fetch_back(strip=strip)
    strip.outcome, strip.destination, strip.reason, strip.rounded_off = Outcome.OPEN, "", "", None


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


def withdraw_strip(*, strip: Leervraag) -> None:
    """Ends a question that its author took back. Runs in the caller's transaction."""
    end_strip(strip=strip, outcome=Outcome.WITHDRAWN, state=State.TRAY)


def end_strip(*, strip: Leervraag, outcome: str, state: str | None = None, **texts: str) -> Leervraag:
    """Gives a question its outcome; with a `state` its strip goes there. Runs in the caller's transaction."""
    board, strip = take(strip=strip)
    if state is not None and strip.state != state:
        board.take_off(strip)
        strip.state = state
    strip.outcome = outcome
    strip.destination, strip.reason = texts.get("destination", ""), texts.get("reason", "")
    strip.rounded_off = None
    strip.full_clean(validate_constraints=False)
    write(board=board, meeting=strip.meeting, moved=[strip])
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
            board.take_off(strip)
            if place["state"] == State.LAID:
                board.lay_back(strip, place, partial(made_group, strip=strip, place=place))
            strip.state = place["state"]
        strip.outcome, strip.destination, strip.reason, strip.rounded_off = Outcome.OPEN, "", "", None
    write(board=board, meeting=meeting, moved=back)


def lay_as_on_paper(*, meeting: Meeting, places: Mapping[UUID, str]) -> None:
    """Lays strips of a meeting that was held where they lay on its paper meetlat, whatever became of them: each on a
    number in words, on P (a state), or on neither. Runs in the caller's transaction.
    """
    lock_meetlat(meeting=meeting)
    strips = list(meeting.leervragen.in_order())
    board = Board(strips)
    moved = [strip for strip in strips if places.get(strip.pk, place_of(strip)) != place_of(strip)]
    for strip in moved:
        board.take_off(strip)
        place = places[strip.pk]
        if place.isdecimal():
            board.lay(Block([strip]), int(place))
        else:
            strip.state = place
    write(board=board, meeting=meeting, moved=moved)
