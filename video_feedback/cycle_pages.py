"""What the pages of a round show: whose it is, how far its steps are, and which one is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import Actor

from .models import Clip, Debrief, FilmCycle, FilmPlan, FilmStep, How, Remark

STEP_WORDS = {
    FilmStep.GOAL: _("Schrijf op wat jij gaat doen, en spreek af wanneer en waar."),
    FilmStep.FILM: _("Film een kort stuk. Wie meekijkt, noteert vooral wat goed gaat."),
    FilmStep.CLIPS: _("Kies een of twee korte stukken bij het doel, het liefst dezelfde dag."),
    FilmStep.TALK: _("Praat samen na: drie keer iets wat goed ging, tegenover één punt dat anders kan."),
    FilmStep.ADJUST: _("Houd je leerdoel, of schrijf een nieuwe versie. Ruil daarna van rol."),
}
"""What is said of each step where the group has no words of its own."""
EARLIER_SHOWN = 10


@dataclass(frozen=True)
class StepLine:
    """One step of a round: what is said of it, how it came to its end, and whether it is the one to take now."""

    step: FilmStep
    words: str
    how: str
    is_next: bool
    may_reopen: bool = False
    """The latest that was ticked: it may have been a slip."""

    @property
    def label(self) -> str:
        return str(self.step.label)

    @property
    def how_words(self) -> str:
        return str(How(self.how).label) if self.how else ""


def words_of(plan: FilmPlan) -> list[tuple[FilmStep, str]]:
    """Each step that the group keeps, in its own words or else in ours."""
    return [(step, plan.words.get(step) or str(STEP_WORDS[step])) for step in plan.steps]


def lines_of(cycle: FilmCycle, plan: FilmPlan) -> list[StepLine]:
    following = cycle.next_step(plan.steps)
    latest = next((step for step in reversed(plan.steps) if cycle.how(step)), None)
    return [
        StepLine(step, words, cycle.how(step), is_next=step == following, may_reopen=step == latest)
        for step, words in words_of(plan)
    ]


@dataclass(frozen=True)
class CyclePage:
    """One round, for its owner or the maatje."""

    cycle: FilmCycle
    plan: FilmPlan
    own: Membership
    maatjes: list[Membership]
    clips: list[Clip]
    choices: list[Clip]

    @property
    def is_owner(self) -> bool:
        return self.cycle.owner_id == self.own.pk

    @property
    def lines(self) -> list[StepLine]:
        return lines_of(self.cycle, self.plan)

    @property
    def next_step(self) -> FilmStep | None:
        return self.cycle.next_step(self.plan.steps)

    @property
    def is_over(self) -> bool:
        return self.next_step is None

    @property
    def goal(self) -> str:
        """As this reader may read it."""
        shown = self.cycle.goal if self.is_owner else self.cycle.goal_for_pair
        return shown.text if shown else ""

    @property
    def next_goal(self) -> str:
        shown = self.cycle.next_goal
        is_shown = shown is not None and (self.is_owner or shown.audience != shown.Audience.ALONE)
        return shown.text if shown and is_shown else ""

    @property
    def is_watched(self) -> bool:
        """Somebody sees it happen, and may note what they see."""
        return self.cycle.filmed_by in (FilmCycle.FilmedBy.MAATJE, FilmCycle.FilmedBy.COLLEAGUE)


def cycle_page(actor: Actor, own: Membership, cycle: FilmCycle) -> CyclePage:
    """Of a round that gate 1 gave to the actor. Fragments are those that this reader may watch anyway."""
    watched = Clip.objects.visible_to(actor).filter(owner=cycle.owner_id).exclude(state=Clip.State.FAILED)
    found = list(watched.order_by("-created")[:40])
    in_it = set(cycle.clips.through.objects.filter(filmcycle=cycle).values_list("clip", flat=True))
    pair = Q(pair=cycle.pair_id) if cycle.pair_id else Q(pk=None)
    maatjes = Membership.objects.current().filter(pair).exclude(pk=cycle.owner_id).with_names()
    return CyclePage(
        cycle=cycle,
        plan=cycle.plan,
        own=own,
        maatjes=list(maatjes),
        clips=[clip for clip in found if clip.pk in in_it],
        choices=[clip for clip in found if clip.pk not in in_it],
    )


@dataclass(frozen=True)
class SpokenClip:
    """A fragment in the nagesprek, with the tops and tips on it that this reader may read."""

    clip: Clip
    remarks: list[Remark]


def spoken_clips(actor: Actor, page: CyclePage) -> list[SpokenClip]:
    """In two queries, however many fragments there are: tops first, then the rest."""
    ready = [clip for clip in page.clips if clip.is_ready]
    by_clip: dict[Any, list[Remark]] = {clip.pk: [] for clip in ready}
    remarks = Remark.objects.visible_to(actor).filter(feedback__clip__in=ready, feedback__sent_at__isnull=False)
    for remark in remarks.in_order() if ready else ():
        by_clip[remark.feedback.clip_id].append(remark)
    order = Remark.Kind.values
    return [
        SpokenClip(clip, sorted(by_clip[clip.pk], key=lambda one: (order.index(one.kind), one.start_ms)))
        for clip in ready
    ]


def debrief_of(cycle: FilmCycle) -> Debrief:
    """That of the round, or an empty one that is not kept."""
    return Debrief.objects.filter(cycle=cycle).first() or Debrief(cycle=cycle)


@dataclass(frozen=True)
class FilmTurn:
    """One of a pair, with the open round of theirs if there is one, and the step that it is at."""

    member: Membership
    cycle: FilmCycle | None
    step: FilmStep | None


@dataclass(frozen=True)
class PairLine:
    """For the coach: who are together, and where their rounds are. No day, no goal, no footage."""

    turns: list[FilmTurn]

    @property
    def is_stuck(self) -> bool:
        return any(turn.cycle is not None and turn.cycle.is_stuck for turn in self.turns)

    @property
    def is_open(self) -> bool:
        return any(turn.step is not None for turn in self.turns)

    @property
    def members(self) -> list[Membership]:
        return [turn.member for turn in self.turns]


def pair_lines(group: NetworkGroup, plan: FilmPlan) -> list[PairLine]:
    """Each pair of a group, and each deelnemer without one who has a round open, in two queries."""
    members = Membership.objects.current().participants().filter(group=group).with_names()
    rounds = {cycle.owner_id: cycle for cycle in FilmCycle.objects.steps_of_group(group)}
    pairs: dict[Any, list[FilmTurn]] = {}
    for member in members:
        cycle = rounds.get(member.pk)
        step = cycle.next_step(plan.steps) if cycle else None
        if member.pair_id or step:
            turn = FilmTurn(member, cycle if step else None, step)
            pairs.setdefault(member.pair_id or member.pk, []).append(turn)
    return [PairLine(turns) for turns in pairs.values()]


@dataclass(frozen=True)
class OwnRounds:
    """Of one deelnemer: the own open round, those of the maatje, and what was before."""

    own: Membership
    plan: FilmPlan
    maatjes: list[Membership]
    cycles: list[FilmCycle]

    @property
    def mine(self) -> FilmCycle | None:
        return next((cycle for cycle in self.open if cycle.owner_id == self.own.pk), None)

    @property
    def theirs(self) -> list[FilmCycle]:
        return [cycle for cycle in self.open if cycle.owner_id != self.own.pk]

    @property
    def open(self) -> list[FilmCycle]:
        return [cycle for cycle in self.cycles if cycle.next_step(self.plan.steps) is not None]

    @property
    def earlier(self) -> list[FilmCycle]:
        return [cycle for cycle in self.cycles if cycle not in self.open][:EARLIER_SHOWN]

    @property
    def cards(self) -> list[tuple[FilmCycle, list[StepLine]]]:
        mine = [self.mine] if self.mine else []
        return [(cycle, lines_of(cycle, self.plan)) for cycle in (*mine, *self.theirs)]

    @property
    def is_my_turn(self) -> bool:
        """Nobody has one open, and the last one that is over was not mine: the roles swap."""
        return not self.open and bool(self.earlier) and self.earlier[0].owner_id != self.own.pk


def own_rounds(own: Membership, plan: FilmPlan) -> OwnRounds:
    pair = Membership.objects.current().filter(pair=own.pair_id).exclude(pk=own.pk) if own.pair_id else None
    cycles = FilmCycle.objects.of_pair_of(own).with_people()
    return OwnRounds(own, plan, list(pair.with_names()) if pair is not None else [], list(cycles[:40]))


def waits_for(cycle: FilmCycle, steps: Iterable[FilmStep], own: Membership) -> FilmStep | None:
    """The step that is next, where it is for this person: goal and what becomes of it are the owner's."""
    step = cycle.next_step(tuple(steps))
    return step if cycle.owner_id == own.pk or step not in (FilmStep.GOAL, FilmStep.ADJUST) else None
