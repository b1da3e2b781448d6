"""What the Scherm shows of leervragen: the meetlat itself, and the question that is answered. Never a fragment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from meetings.models import AgendaItem
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .models import Meetlat
from .pages import MeetlatPage

PARKED_SHOWN = 2
"""On the Parkeerplaats of the Scherm, the latest; the rest is counted."""


@dataclass(frozen=True)
class Move:
    """The last move on a meetlat: which strip, and the first name of who moved it."""

    strip_id: UUID
    name: str


def last_move(meetlat: Meetlat) -> Move | None:
    """None as long as nobody moved a strip, where moves are kept."""
    moves: Any = getattr(meetlat, "moves", None)
    if moves is None or meetlat._state.adding:
        return None
    found = moves.select_related("by__user").order_by("-pk").first()
    return Move(found.strip_id, found.by.user.first_name) if found and found.by else None


@dataclass(frozen=True)
class QuestionClock:
    """Until when the group gave the question that is on."""

    ends_at: datetime

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


def board(item: AgendaItem, actor: Actor) -> Panel | None:
    """The ruler with its strips, the pile and the P; while the group answers and no question is on, too."""
    if item.kind not in (AgendaItem.Kind.MEETLAT, AgendaItem.Kind.ANSWERING):
        return None
    page = MeetlatPage.of(item.meeting)
    if item.kind == AgendaItem.Kind.ANSWERING and page.current:
        return Panel("leervragen/_screen_question.html", {"page": page, "question_clock": _clock_of(page)})
    context = {
        "page": page,
        "move": last_move(page.meetlat),
        "parked": page.parked[-PARKED_SHOWN:],
        "parked_more": len(page.parked[:-PARKED_SHOWN]),
    }
    return Panel("leervragen/_screen_board.html", context)


def _clock_of(page: MeetlatPage) -> QuestionClock | None:
    since = page.meetlat.current_since
    return QuestionClock(since + timedelta(minutes=page.division.per_question)) if since else None
