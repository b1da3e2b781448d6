"""What the page of the Parkeerplaats shows, read in a fixed number of queries."""

from dataclasses import dataclass

from groups.models import NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.permissions import has_perm

from .forms import TakeUpForm
from .models import Leervraag

OVER = (Meeting.State.ENDED, Meeting.State.CANCELLED)


@dataclass(frozen=True)
class ParkedRow:
    """A question on P, with the form that takes it up; None where no meeting is to come that could."""

    leervraag: Leervraag
    form: TakeUpForm | None
    may_let_go: bool


@dataclass(frozen=True)
class ParkedPage:
    group: NetworkGroup
    actor: Actor
    parked: list[Leervraag]
    taken: list[Leervraag]
    """What lay there until someone took it up or let it go: it can be laid back."""
    meetings: list[Meeting]
    """To which a question can go along."""

    @classmethod
    def of(cls, group: NetworkGroup, actor: Actor) -> "ParkedPage":
        rows = Leervraag.objects.for_group(group)
        to_come = (
            Meeting.objects.of_group(group)
            .filter(kind=Meeting.Kind.NETWORK)
            .exclude(state__in=OVER)
            .select_related("topic")
        )
        return cls(group, actor, list(rows.parked()), list(rows.taken_from_p()), list(to_come.select_related("topic")))

    def rows(self, refused: TakeUpForm | None) -> list[ParkedRow]:
        """`refused` is the form that was sent, which says what is wrong."""
        return [self._row(leervraag, refused) for leervraag in self.parked]

    def _row(self, leervraag: Leervraag, refused: TakeUpForm | None) -> ParkedRow:
        meetings = [meeting for meeting in self.meetings if meeting.pk != leervraag.meeting_id]
        prefix = str(leervraag.pk)
        form = TakeUpForm(meetings=meetings, prefix=prefix) if meetings else None
        if refused is not None and refused.prefix == prefix:
            form = refused
        return ParkedRow(leervraag, form, has_perm("leervragen.let_go_leervraag", self.actor, leervraag))
