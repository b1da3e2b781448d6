"""Where higher apps plug into the group, and into Vandaag."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel, Point, ToDo

from .models import Membership, NetworkGroup, User

group_panels: Point[Callable[[NetworkGroup, Actor], Panel | None]] = Point("groups.group_panels")
"""Blocks on the page of a group."""

group_published: Point[Callable[[NetworkGroup, Actor], None]] = Point("groups.group_published")
"""Reactions when a draft is published, in the same transaction."""

group_held: Point[Callable[[NetworkGroup], str | None]] = Point("groups.group_held")
"""Why a group cannot be closed, or a draft thrown away, as a sentence that says what to do first."""

member_joined: Point[Callable[[Membership], None]] = Point("groups.member_joined")
"""Reactions when someone joins a group, in the same transaction."""

member_moved: Point[Callable[[Membership], None]] = Point("groups.member_moved")
"""Reactions when a member says to work at another school than before, in the same transaction."""

member_left: Point[Callable[[Membership, Actor], None]] = Point("groups.member_left")
"""Reactions when someone leaves a group, in the same transaction."""

todos: Point[Callable[[User], list[ToDo]]] = Point("groups.todos")
"""What waits for a person, for Vandaag: each app answers its own, in a fixed number of queries."""

today_panels: Point[Callable[[User], Panel | None]] = Point("groups.today_panels")
"""Blocks on Vandaag below the to-dos: new feedback, a quick talentmoment."""


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
