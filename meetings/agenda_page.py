"""What the pages of an agenda show: the blocks to take in hand, what was done last, and where another agenda is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from groups.models import User, memberships_of
from netwerkleren.base.access import Actor

from .agenda_forms import ItemMinutesForm
from .agendas import is_fixed_part, missing_parts
from .models import AgendaChange, AgendaItem, AgendaTemplate, Meeting, agenda_of
from .timeline import AgendaBlock, AgendaPlan, plan_of


@dataclass(frozen=True)
class Hand:
    """A block that can be taken in hand: its place from 1, and whether the method has it in this meeting.

    `typed` holds minutes that were refused: they stay in their field, with what is wrong with them beside it.
    """

    block: AgendaBlock
    place: int
    is_fixed_part: bool
    typed: ItemMinutesForm | None = None

    @property
    def minutes(self) -> str:
        """What stands in the field, as it was typed."""
        stands = str(self.block.minutes)
        return stands if self.typed is None else str(self.typed["minutes"].value() or "")

    @property
    def problems(self) -> list[str]:
        return [str(one) for one in self.typed.errors.get("minutes", ())] if self.typed else []

    @property
    def up(self) -> int:
        return self.place - 1

    @property
    def down(self) -> int:
        return self.place + 1

    @property
    def may_move(self) -> bool:
        """What has begun stays where it is."""
        return self.block.item.started_at is None


@dataclass(frozen=True)
class AgendaPage:
    plan: AgendaPlan
    hands: list[Hand]
    missing: list[AgendaItem]
    latest: AgendaChange | None
    mine: AgendaChange | None


def agenda_page(meeting: Meeting, actor: Actor, typed: Mapping[UUID, ItemMinutesForm] | None = None) -> AgendaPage:
    """Three queries at most. `mine` is what this coach did last, and can put back; `typed` minutes were refused."""
    items = agenda_of(meeting)
    plan = plan_of(meeting, items)
    hands = [
        Hand(block, place, is_fixed_part(meeting, block.item), (typed or {}).get(block.item.pk))
        for place, block in enumerate(plan.blocks, start=1)
    ]
    changes = AgendaChange.objects.of(meeting).defer("before", "after")
    latest = changes.first()
    is_mine = latest is None or latest.by_id == actor.pk
    mine = latest if is_mine else changes.filter(by=actor.pk).first()
    return AgendaPage(plan, hands, missing_parts(meeting, items), latest, mine)


@dataclass(frozen=True)
class Went:
    """An onderdeel as it was planned, and how long it took; None where it was passed over."""

    item: AgendaItem
    minutes: int | None

    @property
    def more(self) -> int:
        return max(0, (self.minutes or 0) - self.item.minutes)

    @property
    def less(self) -> int:
        return max(0, self.item.minutes - self.minutes) if self.minutes is not None else 0


@dataclass(frozen=True)
class LastRun:
    """ "Zo liep het vorige keer": planned against real, of the last meeting of this kind that was led here."""

    meeting: Meeting
    went: list[Went]

    @property
    def planned(self) -> int:
        return sum(one.item.minutes for one in self.went)

    @property
    def took(self) -> int:
        return sum(one.minutes or 0 for one in self.went)


def took_of(started_at: datetime | None, ended_at: datetime | None, paused: timedelta) -> int | None:
    """In whole minutes, without the time that stood still."""
    if started_at is None or ended_at is None:
        return None
    return max(0, round((ended_at - started_at - paused).total_seconds() / 60))


def led_meetings(meeting: Meeting, user: User) -> Sequence[Meeting]:
    """The others of the same kind in the groups that this coach leads, with an agenda; latest first.

    Those of groups that were closed too: last year's agenda is there to be copied.
    """
    groups = [own.group_id for own in memberships_of(user) if own.is_coach and not own.group.is_draft]
    others = Meeting.objects.filter(group__in=groups, kind=meeting.kind).exclude(pk=meeting.pk).not_cancelled()
    return [other for other in others.with_facts().order_by("-starts_at", "-position")[:30] if other.total_minutes]


def last_run(others: Sequence[Meeting], meeting: Meeting) -> LastRun | None:
    """Of the own group before another's; one query. None where no such meeting was led here."""
    held = [other for other in others if other.state == Meeting.State.ENDED and other.started_at is not None]
    last = max(held, key=lambda other: (other.group_id == meeting.group_id, other.started_at), default=None)
    if last is None:
        return None
    return run_as_it_went(last)


def run_as_it_went(meeting: Meeting) -> LastRun:
    """Of a meeting that was led here; one query."""
    items = agenda_of(meeting)
    return LastRun(meeting, [Went(item, took_of(item.started_at, item.ended_at, item.paused)) for item in items])


def templates_of(meeting: Meeting, user: User) -> list[AgendaTemplate]:
    return list(AgendaTemplate.objects.visible_to(user).filter(kind=meeting.kind))
