"""Where higher apps plug into the group, and into Vandaag."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel, Point, ToDo

from .models import Membership, NetworkGroup, User

group_panels: Point[Callable[[NetworkGroup, Actor], Panel | None]] = Point("groups.group_panels")
"""Blocks on the page of a group."""

pairs_panels: Point[Callable[[NetworkGroup, Actor], Panel | None]] = Point("groups.pairs_panels")
"""Blocks on the page of the maatjes, below who they are."""

group_published: Point[Callable[[NetworkGroup, Actor], None]] = Point("groups.group_published")
"""Reactions when a draft is published, in the same transaction."""

group_held: Point[Callable[[NetworkGroup], str | None]] = Point("groups.group_held")
"""Why a group cannot be closed, or a draft thrown away, as a sentence that says what to do first."""

on_closing: Point[Callable[[NetworkGroup], str]] = Point("groups.on_closing")
"""What becomes of what an app keeps of a group that would be closed now, as a sentence for who is about to close it."""

member_joined: Point[Callable[[Membership], None]] = Point("groups.member_joined")
"""Reactions when someone joins a group, in the same transaction."""

member_moved: Point[Callable[[Membership], None]] = Point("groups.member_moved")
"""Reactions when a member says to work at another school than before, in the same transaction."""

member_left: Point[Callable[[Membership, Actor], None]] = Point("groups.member_left")
"""Reactions when someone leaves a group, in the same transaction."""

todos: Point[Callable[[User], list[ToDo]]] = Point("groups.todos")
"""What waits for a person, for Vandaag: each app answers its own, in a fixed number of queries."""

pairs_wait: Point[Callable[[User], frozenset[UUID]]] = Point("groups.pairs_wait")
"""The groups of a person that choose their maatjes later, in the introductie: nobody is asked for one before that."""

today_panels: Point[Callable[[User], Panel | None]] = Point("groups.today_panels")
"""Blocks on Vandaag below the to-dos: new feedback, a quick talentmoment."""

adding_panels: Point[Callable[[User], Panel | None]] = Point("groups.adding_panels")
"""What an own phone may add beside a talentmoment, on the page that it opens with: nothing of others, no footage."""


@dataclass(frozen=True)
class PlanAhead:
    """What someone who is invited asks of the plan: how many meetings are still to come, of how many minutes together,
    and the first of them. Without `starts_at` its date follows; `place` may be empty.
    """

    meetings: int
    minutes: int
    has_begun: bool
    name: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str


plan_ahead: Point[Callable[[NetworkGroup], PlanAhead | None]] = Point("groups.plan_ahead")
"""When, where and how much time: for the mail and the page of an invitation. None without a meeting to come."""


def plan_ahead_of(group: NetworkGroup | None) -> PlanAhead | None:
    """Of the group of an invitation; one to become a coach has none."""
    found: list[PlanAhead] = plan_ahead.collect(group) if group else []
    return next(iter(found), None)


@dataclass(frozen=True)
class OwnFile:
    """A file that goes along with someone's data. `pieces` asks its gate anew, of who asks by then, before each."""

    name: str
    pieces: Callable[[Callable[[], Actor]], Iterator[bytes]]


@dataclass(frozen=True)
class OwnPart:
    """What one app keeps of a person, under a title: rows with the words of the page as keys, and files."""

    name: str
    title: str
    rows: list[dict[str, Any]]
    files: tuple[OwnFile, ...] = ()


own_data: Point[Callable[[User], OwnPart]] = Point("groups.own_data")
"""What a person made, and what is about them, for their zip (docs/security.md P4)."""

account_held: Point[Callable[[User], str | None]] = Point("groups.account_held")
"""Why an account cannot be deleted yet, as a sentence that says what to do first."""

account_deleted: Point[Callable[[User, Actor], None]] = Point("groups.account_deleted")
"""Each app takes away what goes with an account, in the same transaction; what the group made together stays."""
