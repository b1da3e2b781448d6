"""Who a meeting knows beside its members."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ExpertGuest:
    """What `request.actor` is for an expert by link: one invitation, one meeting, nothing else."""

    invitation_id: UUID
    meeting_id: UUID
    group_id: UUID

    is_guest = True
    is_authenticated = False
    is_coach = False
    is_staff = False

    @property
    def pk(self) -> UUID:
        return self.invitation_id


class MadeUpGuest(ExpertGuest):
    """An expert whom nobody asked: what the coach looks through to see what an expert sees."""
