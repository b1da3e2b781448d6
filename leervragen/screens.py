"""What the Scherm shows of leervragen: the meetlat itself, and the question that is answered. Never a fragment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import AgendaItem
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.permissions import has_perm

from .held import lies_open
from .models import Meetlat, StripMove
from .pages import MeetlatPage

PARKED_SHOWN = 2
"""On the Parkeerplaats of the Scherm, the latest; the rest is counted."""
TRAY_SHOWN = 2
"""Of the pile, on a digibord where one lays them by hand: those on top."""


@dataclass(frozen=True)
class Move:
    """The last move on a meetlat: which strip, and in words who moved it."""

    strip_id: UUID
    told: str


def last_move(meetlat: Meetlat) -> Move | None:
    """None as long as nobody moved a strip, and when who did has left."""
    found = StripMove.objects.filter(meetlat=meetlat.pk).select_related("by__user").order_by("-pk").first()
    if found is None or not (found.at_board or found.by):
        return None
    name = found.by.user.first_name if found.by else ""
    return Move(found.strip_id, _("%(name)s legt") % {"name": name} if name else _("aan het bord"))


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
        "lays": has_perm("leervragen.lay_at_board", actor, item.meeting) and lies_open(page.meetlat, item),
        "tray": page.tray[:TRAY_SHOWN],
        "parked": page.parked[-PARKED_SHOWN:],
        "parked_more": len(page.parked[:-PARKED_SHOWN]),
    }
    return Panel("leervragen/_screen_board.html", context)


def _clock_of(page: MeetlatPage) -> QuestionClock | None:
    since = page.meetlat.current_since
    return QuestionClock(since + timedelta(minutes=page.division.per_question)) if since else None
