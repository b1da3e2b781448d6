"""Where higher apps plug into the group, and into Vandaag."""

from collections.abc import Callable

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel, Point, ToDo

from .models import Membership, NetworkGroup, User

group_panels: Point[Callable[[NetworkGroup, Actor], Panel | None]] = Point("groups.group_panels")
"""Blocks on the page of a group."""

group_published: Point[Callable[[NetworkGroup, Actor], None]] = Point("groups.group_published")
"""Reactions when a draft is published, in the same transaction."""

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
