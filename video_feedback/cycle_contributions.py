"""What Vandaag and the page of a group show of the rounds of a pair."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership, NetworkGroup, User, name_columns
from groups.rules import membership_of, memberships_as
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel, ToDo

from .cycle_pages import waits_for
from .models import FilmCycle, FilmStep

SWAP_SAID = timedelta(days=14)
"""So long after a round Vandaag says that the other is next: it reminds nobody of what they leave be."""

ACTIONS = {
    FilmStep.GOAL: ("target", gettext_lazy("Kies je doel")),
    FilmStep.FILM: ("video", gettext_lazy("Naar jullie afspraak")),
    FilmStep.CLIPS: ("scissors", gettext_lazy("Kies een fragment")),
    FilmStep.TALK: ("messages-square", gettext_lazy("Open het nagesprek")),
    FilmStep.ADJUST: ("pen-line", gettext_lazy("Stel je doel bij")),
}


def cycle_todos(user: User) -> list[ToDo]:
    """The next step of each round that is open, for whose it is; after one, that the roles swap.

    Nothing is asked for who has no maatje: their round stands on its own page. At most one query.
    """
    paired = {own.pair_id: own for own in memberships_as(Membership.Role.PARTICIPANT, user) if own.pair_id}
    if not paired:
        return []
    rows = FilmCycle.objects.filter(pair__in=paired, owner__left=None).select_related(
        "owner__user", "owner__group__film_plan"
    )
    steps = [f"{step}_step" for step in FilmStep.values]
    shown = ("owner__group__film_plan", *name_columns("owner__user"))
    cycles = list(rows.only("pair", "at", "ended_at", "created", *steps, *shown).order_by("-created")[:40])
    by_pair = {pair: [cycle for cycle in cycles if cycle.pair_id == pair] for pair in paired}
    return [todo for pair, found in by_pair.items() for todo in _todos_of(paired[pair], found)]


def _todos_of(own: Membership, cycles: list[FilmCycle]) -> Iterator[ToDo]:
    is_open = False
    for cycle in cycles:
        steps = cycle.plan.steps
        is_open = is_open or cycle.next_step(steps) is not None
        if (step := waits_for(cycle, steps, own)) is not None:
            yield _step_todo(own, cycle, step)
    if is_open or not cycles or cycles[0].owner_id == own.pk or cycles[0].ended_at is None:
        return
    if cycles[0].ended_at > timezone.now() - SWAP_SAID:
        yield ToDo(
            title=_("Nu ben jij aan de beurt"),
            detail=_("De ronde van %(name)s is klaar. Kies jouw doel.") % {"name": cycles[0].owner.user.first_name},
            url=reverse("video_feedback:film_cycles", args=[own.group_id]),
            action=_("Samen filmen"),
            icon="repeat",
        )


def _step_todo(own: Membership, cycle: FilmCycle, step: FilmStep) -> ToDo:
    icon, action = ACTIONS[step]
    is_own = cycle.owner_id == own.pk
    whose = _("Jouw ronde") if is_own else _("De ronde van %(name)s") % {"name": cycle.owner.user.first_name}
    return ToDo(
        title=_("%(whose)s: %(step)s") % {"whose": whose, "step": step.label},
        detail=_("Eén stap tegelijk. Op papier of overslaan mag ook."),
        url=reverse("video_feedback:film_cycle", args=[cycle.pk]),
        action=str(action),
        icon=icon,
        due=cycle.at if step == FilmStep.FILM else None,
    )


def round_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of the maatjes: the way to the rounds, once there are pairs to film with. It asks no query."""
    own = membership_of(actor, group)
    if own is None or group.is_draft or not (own.is_coach or own.pair_id):
        return None
    return Panel("video_feedback/_film_panel.html", {"group": group, "own": own})


def film_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of the group: the way to the rounds. It asks no query."""
    own = membership_of(actor, group)
    if own is None or group.is_draft:
        return None
    return Panel("video_feedback/_film_panel.html", {"group": group, "own": own})
