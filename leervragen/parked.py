"""What the page of the Parkeerplaats shows, read in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Prefetch

from groups.models import NetworkGroup
from groups.rules import is_coach_of
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.permissions import has_perm

from .forms import ExpertChoiceForm, TakeUpForm
from .models import Leervraag, Mailing
from .queries import experts_within_reach

OVER = (Meeting.State.ENDED, Meeting.State.CANCELLED)


@dataclass(frozen=True)
class ParkedRow:
    """A question on P, with the form that takes it up; None where no meeting is to come that could."""

    leervraag: Leervraag
    form: TakeUpForm | None
    expert_form: ExpertChoiceForm | None
    """For the coach, while there is an expert who does not have it yet."""
    experts: list[str]
    """Who got it, by first name."""
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
    experts: list[ExpertInvitation]
    """To whom the actor may send one."""

    @classmethod
    def of(cls, group: NetworkGroup, actor: Actor) -> "ParkedPage":
        rows = Leervraag.objects.for_group(group)
        to_come = (
            Meeting.objects.of_group(group)
            .filter(kind=Meeting.Kind.NETWORK)
            .exclude(state__in=OVER)
            .select_related("topic")
        )
        mailings = Prefetch("mailings", Mailing.objects.select_related("invitation__expert"))
        return cls(
            group,
            actor,
            list(rows.parked().prefetch_related(mailings)),
            list(rows.taken_from_p()),
            list(to_come.select_related("topic")),
            experts_within_reach(group) if is_coach_of(actor, group) else [],
        )

    def rows(self, refused: TakeUpForm | ExpertChoiceForm | None) -> list[ParkedRow]:
        """`refused` is the form that was sent, which says what is wrong."""
        return [self._row(leervraag, refused) for leervraag in self.parked]

    def _row(self, leervraag: Leervraag, refused: TakeUpForm | ExpertChoiceForm | None) -> ParkedRow:
        prefix = str(leervraag.pk)
        meetings = [meeting for meeting in self.meetings if meeting.pk != leervraag.meeting_id]
        have_it = [mailing.invitation for mailing in leervraag.mailings.all()]
        experts = [invitation for invitation in self.experts if invitation not in have_it]
        form = TakeUpForm(meetings=meetings, prefix=prefix) if meetings else None
        expert_form = ExpertChoiceForm(experts=experts, prefix=prefix) if experts else None
        if refused is not None and refused.prefix == prefix:
            form = refused if isinstance(refused, TakeUpForm) else form
            expert_form = refused if isinstance(refused, ExpertChoiceForm) else expert_form
        names = [invitation.expert.name.split()[0] for invitation in have_it]
        may_let_go = has_perm("leervragen.let_go_leervraag", self.actor, leervraag)
        return ParkedRow(leervraag, form, expert_form, list(dict.fromkeys(names)), may_let_go)
