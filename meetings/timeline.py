"""The agenda on the clock: the worked-out times of a plan, and how far a running meeting is.

Nothing here asks the database: a meeting and its onderdelen go in, in order. Times are aware.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from .leading import way_to
from .models import AgendaItem, Meeting

DONE, NOW, TODO = "done", "now", "todo"
PURPOSE_MINUTES = 15
"""From this height on, a block has room for what the onderdeel is for."""
TALL_MINUTES = 30
"""From this height on, for what it needs too."""


@dataclass(frozen=True)
class AgendaBlock:
    """An onderdeel on the clock. `starts_at` is None while the meeting has no date.

    Of one that is to begin at a fixed hour: the minutes that are free before it, or how many too late it begins.
    """

    item: AgendaItem
    starts_at: datetime | None
    minutes: int
    state: str = TODO
    free_minutes: int = 0
    late_minutes: int = 0

    @property
    def is_tall(self) -> bool:
        return self.minutes >= TALL_MINUTES

    @property
    def folded(self) -> str:
        """The title of what a block has no room for at its height, to unfold; "" where all is read at once."""
        if self.is_tall:
            return ""
        if self.minutes < PURPOSE_MINUTES and self.item.purpose:
            return _("Doel en middelen") if self.item.means else _("Doel")
        return _("Nodig") if self.item.means else ""


@dataclass(frozen=True)
class AgendaPlan:
    """The agenda before the meeting: blocks, their total, and what that is against the time there is."""

    blocks: list[AgendaBlock]
    minutes: int
    ends_at: datetime | None
    minutes_available: int | None

    @property
    def free_minutes(self) -> int:
        """In which nothing stands, before what begins at a fixed hour."""
        return sum(block.free_minutes for block in self.blocks)

    @property
    def spare_minutes(self) -> int | None:
        """Positive where time is left, negative where the agenda is too long; None without a time to fit in."""
        return None if self.minutes_available is None else self.minutes_available - self.minutes - self.free_minutes

    @property
    def excess_minutes(self) -> int:
        return max(0, -(self.spare_minutes or 0))


def fixed_moment(item: AgendaItem, day_of: datetime | None) -> datetime | None:
    """When an onderdeel with a fixed hour is to begin, on the Dutch day of this moment; None without either."""
    if item.fixed_start is None or day_of is None:
        return None
    day = timezone.localtime(day_of).date()
    return datetime.combine(day, item.fixed_start, tzinfo=timezone.get_current_timezone()).astimezone(UTC)


def plan_of(meeting: Meeting, items: Sequence[AgendaItem]) -> AgendaPlan:
    blocks = []
    # Adding minutes to a Dutch clock would lose the hour that the change of summer time takes.
    start = meeting.starts_at.astimezone(UTC) if meeting.starts_at else None
    for item in items:
        fixed = fixed_moment(item, meeting.starts_at)
        away = round((fixed - start).total_seconds() / 60) if fixed and start else 0
        free, late = max(0, away), max(0, -away)
        start = start + timedelta(minutes=free) if start else None
        blocks.append(AgendaBlock(item, start, item.minutes, free_minutes=free, late_minutes=late))
        start = start + timedelta(minutes=item.minutes) if start else None
    return AgendaPlan(blocks, sum(item.minutes for item in items), start, meeting.minutes_available)


@dataclass(frozen=True)
class Run:
    """A running meeting at one moment. While time stands still, every expected time moves with the clock."""

    now: datetime
    current: AgendaItem
    number: int
    blocks: list[AgendaBlock]
    started_at: datetime
    ends_at: datetime
    expected_end: datetime
    planned_end: datetime
    is_paused: bool

    @property
    def left(self) -> timedelta:
        """Of the current onderdeel; negative when it runs over."""
        return self.ends_at - self.now

    @property
    def is_over_time(self) -> bool:
        """No page says "tot 14.52" at 14.57."""
        return self.left <= timedelta()

    @property
    def minutes_left(self) -> int:
        """In whole minutes, upwards: "nog 1 minuut" until the last second; negative when it runs over."""
        return -int(-self.left.total_seconds() // 60)

    @property
    def length(self) -> int:
        """Minutes of the current onderdeel, with what the coach added."""
        return self.current.minutes + self.current.extra_minutes

    @property
    def time(self) -> timedelta:
        """What the current onderdeel has."""
        return timedelta(minutes=self.length)

    @property
    def percent(self) -> int:
        return round(min(100, max(0, (self.time - self.left) / self.time * 100)))

    @property
    def behind_minutes(self) -> int:
        """Whole minutes behind the plan; negative is ahead."""
        return int((self.expected_end - self.planned_end).total_seconds() / 60)

    @property
    def ahead_minutes(self) -> int:
        return -self.behind_minutes

    @property
    def way_on(self) -> str:
        """ "Naar de pauze"; "" at the last onderdeel."""
        return way_to(self.next.item) if self.next else ""

    @property
    def minutes_over(self) -> int:
        return -self.minutes_left

    @property
    def five_more(self) -> int:
        """What "+ 5 minuten" makes of the added minutes."""
        return self.current.extra_minutes + 5

    @property
    def five_less(self) -> int | None:
        """What "5 minuten eraf" makes of them; None where no more than five are left of the onderdeel."""
        return self.current.extra_minutes - 5 if self.length > 5 else None

    @cached_property
    def previous(self) -> AgendaBlock | None:
        """What the group began last before this, to go back to; its time goes on where it was.

        Not what it left last: who went on by mistake goes back once, and back once more.
        """
        began = self.current.started_at or self.now
        before = {
            block.item.started_at: block
            for block in self.blocks
            if block.state == DONE and block.item.started_at and block.item.started_at < began
        }
        return before[max(before)] if before else None

    @property
    def is_at_first(self) -> bool:
        """No onderdeel is done: that the meeting began may have been a mistake."""
        return all(block.item.ended_at is None for block in self.blocks)

    @cached_property
    def movable(self) -> set[UUID]:
        """What can be done later: everything still to come or on now, but for the last two, and what alone is left."""
        items = [block.item for block in self.blocks]
        left = {item.pk for item in items if item.ended_at is None}
        return {item.pk for item in items[:-2] if left - {item.pk}} & left

    @cached_property
    def upcoming(self) -> list[AgendaBlock]:
        """What is still to come: first what follows the current onderdeel, then what was passed over."""
        todo = [block for block in self.blocks if block.state == TODO]
        return sorted(todo, key=lambda block: (block.item.position < self.current.position, block.item.position))

    @cached_property
    def next(self) -> AgendaBlock | None:
        return next(iter(self.upcoming), None)


def current_end(meeting: Meeting, item: AgendaItem, now: datetime) -> datetime:
    """When the current onderdeel's time is up, if time runs on from now."""
    standing_still = now - meeting.paused_at if meeting.paused_at else timedelta()
    minutes = timedelta(minutes=item.minutes + item.extra_minutes)
    return (item.started_at or now) + minutes + item.paused + standing_still


def run_of(meeting: Meeting, items: Sequence[AgendaItem], now: datetime | None = None) -> Run | None:
    """How far the meeting is; None when it is not running."""
    now = now or timezone.now()
    current = next((item for item in items if item.pk == meeting.current_item_id), None)
    if current is None or not meeting.is_running:
        return None
    ends_at = current_end(meeting, current, now)
    still_to_come = sorted(
        (item for item in items if item.pk != current.pk and item.ended_at is None),
        key=lambda item: (item.position < current.position, item.position),
    )
    planned_start = _planned_start(meeting, now)
    # An hour that was fixed counts on the planned day only, as the planned start does.
    fixed_on = meeting.starts_at if planned_start == meeting.starts_at else None
    free_minutes = plan_of(meeting, items).free_minutes if fixed_on else 0
    expected: dict[AgendaItem, datetime] = {}
    moment = max(now, ends_at)
    for item in still_to_come:
        # What is to begin at a fixed hour does not begin before it, however far ahead the group is.
        moment = max(moment, fixed_moment(item, fixed_on) or moment)
        expected[item] = moment
        moment += timedelta(minutes=item.minutes + item.extra_minutes)
    blocks = [
        AgendaBlock(
            item,
            expected.get(item) or item.started_at,
            item.minutes + item.extra_minutes,
            NOW if item.pk == current.pk else TODO if item in expected else DONE,
        )
        for item in items
    ]
    return Run(
        now=now,
        current=current,
        number=items.index(current) + 1,
        blocks=blocks,
        started_at=current.started_at or now,
        ends_at=ends_at,
        expected_end=moment,
        planned_end=planned_start + timedelta(minutes=sum(item.minutes for item in items) + free_minutes),
        is_paused=meeting.paused_at is not None,
    )


def _planned_start(meeting: Meeting, now: datetime) -> datetime:
    """The planned hour counts on its own day only: on another day the meeting began when the coach began it."""
    began = meeting.started_at or now
    planned = meeting.starts_at
    if planned and timezone.localtime(planned).date() == timezone.localtime(began).date():
        return planned
    return began
