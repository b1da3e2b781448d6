"""The nagesprek: what the two write down of it together."""

from django.db import transaction

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Debrief, FilmCycle, FilmStep, How
from . import cycles


@transaction.atomic
def write_debrief(
    *,
    actor: Actor,
    cycle: FilmCycle,
    version: str,
    tops: str = "",
    tips: str = "",
    goal_changes: str = "",
    goal_words: str = "",
    task_changes: str = "",
    task_words: str = "",
) -> Debrief:
    """Saves it on top of `version`, and with it the step is done. Raises WrittenMeanwhile when the other wrote too."""
    cycle = lock(cycle)
    debrief = Debrief.objects.filter(cycle=cycle).first() or Debrief(cycle=cycle)
    is_other = write_on_top(
        debrief,
        version,
        tops=tops,
        tips=tips,
        goal_changes=goal_changes,
        goal_words=goal_words,
        task_changes=task_changes,
        task_words=task_words,
    )
    if is_other:
        debrief.full_clean(exclude=["cycle"], validate_constraints=False)
        debrief.save()
    if cycle.talk_step in ("", How.SKIPPED):
        cycles.take_step(actor=actor, cycle=cycle, step=FilmStep.TALK, how=How.DONE)
    return debrief
