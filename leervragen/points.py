"""Where higher apps plug into leervragen."""

from collections.abc import Callable

from groups.models import Membership
from netwerkleren.base.extend import Point

tried_taken_back: Point[Callable[[Membership], None]] = Point("leervragen.tried_taken_back")
"""An asker changed what the group read of trying an answer, or lets the group read it no more; in the same transaction,
which holds the group.
"""
