"""One press on a form as a test sends it, and the people who press."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting

Sent = Callable[[], Any]


@dataclass(frozen=True)
class Press:
    """`send` is what one form sends; `left` is what then stands there, and `once` what that is after one."""

    send: Sent
    left: Callable[[], Any]
    once: Any
    mails: set[str] = field(default_factory=set)
    """To whom one goes."""
    may_be_refused: bool = False


@dataclass(frozen=True)
class Cast:
    coach: Membership
    participant: Membership
    maatje: Membership
    meeting: Meeting

    @property
    def group(self) -> NetworkGroup:
        return self.meeting.group

    @property
    def everyone(self) -> set[str]:
        return {one.user.email for one in (self.coach, self.participant, self.maatje)}
