"""Where higher apps plug into leervragen."""

from collections.abc import Callable

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.extend import Point

tried_taken_back: Point[Callable[[Membership], None]] = Point("leervragen.tried_taken_back")
"""An asker changed what the group read of trying an answer, or lets the group read it no more; in the same transaction,
which holds the group.
"""

question_taken_back: Point[Callable[[Meeting], None]] = Point("leervragen.question_taken_back")
"""A question of the meeting, or what someone wrote at one, may no longer be read as it was; in the same transaction,
which holds the group.
"""

outside_taken_back: Point[Callable[[Meeting], None]] = Point("leervragen.outside_taken_back")
"""An answer or an afspraak of the meeting may no longer go into what others share outside; in the same transaction."""
