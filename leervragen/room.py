"""Who is at the meetlat now: how many look, who lays, what was done last, and the time that is left."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import bidirectional

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import Meeting
from meetings.timeline import current_end
from netwerkleren.base.access import Actor
from netwerkleren.base.permissions import has_perm

from .models import Leervraag, Meetlat, StripMove
from .moves import MadeMove, name_of_mover
from .pages import MeetlatPage

MOST_LETTERS = 60
"""Of a question in the line that says what was done last."""
_TURNS = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"}


@dataclass(frozen=True)
class Room:
    """For one actor. `said` is the last move in words; `own` what this actor can put back, `own_said` in words where it
    is not the last.
    """

    members: list[Membership]
    way: Meetlat.Way
    may_move: bool
    lays_here: bool
    lays: str
    watching: int
    said: str
    own: MadeMove | None
    own_said: str
    now: datetime
    ends_at: datetime | None
    is_paused: bool

    @property
    def facts(self) -> Hashable:
        """All that the board shows of it, to the minute: where these are equal it reads the same."""
        minute = timezone.localtime(self.now).replace(second=0, microsecond=0)
        own = self.own.pk if self.own else None
        who = (self.way, self.may_move, self.lays_here, self.lays, self.watching)
        return *who, self.said, own, self.own_said, minute, self.ends_at, self.is_paused

    @property
    def is_at_board(self) -> bool:
        return self.way == Meetlat.Way.BOARD


_State, _Kind = Leervraag.State, StripMove.Kind
_SENTENCES = {
    _Kind.GROUPED: gettext_lazy("%(name)s legde ‘%(text)s’ bij een andere vraag op %(number)s."),
    _Kind.APART: gettext_lazy("%(name)s haalde ‘%(text)s’ uit de groep."),
}
_LAID = {
    _State.LAID: gettext_lazy("%(name)s legde ‘%(text)s’ op %(number)s."),
    _State.TRAY: gettext_lazy("%(name)s legde ‘%(text)s’ terug op de stapel."),
    _State.PARKED: gettext_lazy("%(name)s legde ‘%(text)s’ op de Parkeerplaats."),
    _State.PITCH: gettext_lazy("%(name)s legde ‘%(text)s’ bij ‘In de pitch beantwoord’."),
}
_PUT_BACK = {
    _State.LAID: gettext_lazy("%(name)s zette ‘%(text)s’ terug op %(number)s."),
    _State.TRAY: gettext_lazy("%(name)s zette ‘%(text)s’ terug op de stapel."),
    _State.PARKED: gettext_lazy("%(name)s zette ‘%(text)s’ terug op de Parkeerplaats."),
    _State.PITCH: gettext_lazy("%(name)s zette ‘%(text)s’ terug bij ‘In de pitch beantwoord’."),
}


def room_of(page: MeetlatPage, actor: Actor, *, says_moves: bool = True) -> Room:
    """In two queries, after those of `MeetlatPage.of_room`, in one without moves; in none after `of_moment`."""
    meeting, meetlat, now = page.meeting, page.meetlat, timezone.now()
    members = page.members
    me = membership_of(actor, meeting)
    moves = page.moves if says_moves else []
    latest = moves[0] if moves else None
    own = next((move for move in moves if _is_to_put_back(move, me)), None)
    layer = next((member for member in members if member.pk == meetlat.layer_id), None)
    coaches = [member.user.first_name for member in members if member.is_coach]
    may_move = not page.is_held and has_perm("leervragen.move_strips", actor, meetlat)
    return Room(
        members=members,
        way=meetlat.way,
        may_move=may_move,
        lays_here=layer == me if layer else may_move,
        lays=layer.user.first_name if layer else next(iter(coaches), ""),
        # Whoever reads this looks too, and has said so to nobody yet when the page comes for the first time.
        watching=1 + len(page.watchers - ({me.user_id} if me else set())),
        said=_words(latest, page, members, me) if latest else "",
        own=own if may_move else None,
        own_said=_words(own, page, members, me) if own and own != latest else "",
        now=now,
        ends_at=_end_of_item(meeting, now),
        is_paused=meeting.paused_at is not None,
    )


def _is_to_put_back(move: MadeMove, me: Membership | None) -> bool:
    """As `StripMoveQuerySet.to_put_back_by` has it."""
    return move.can_undo and (move.at_board or (me is not None and move.by_id == me.pk))


def _end_of_item(meeting: Meeting, now: datetime) -> datetime | None:
    item = meeting.current_item if meeting.is_running else None
    return current_end(meeting, item, now) if item else None


def _words(move: MadeMove, page: MeetlatPage, members: list[Membership], me: Membership | None) -> str:
    """ "Yusuf legde ‘Hoe begin ik?’ op 5." """
    strip = page.find(move.strip_id)
    if strip is None:
        return ""
    by = next((member for member in members if member.pk == move.by_id), None)
    values: dict[str, Any] = {
        "name": name_of_mover(move.at_board, by, me),
        "text": _apart(Truncator(strip.text).chars(MOST_LETTERS)),
        "number": move.number,
    }
    kind = _Kind(move.kind)
    sentence = _SENTENCES.get(kind) or (_PUT_BACK if kind == _Kind.BACK else _LAID)[_State(move.state)]
    return str(sentence % values)


def _apart(text: str) -> str:
    """Between two marks that nobody sees, where it runs from right to left: the sentence around it stays as it is."""
    turns = any(bidirectional(letter) in _TURNS for letter in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if turns else text
