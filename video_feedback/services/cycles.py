"""The round of a pair: begun with a goal and an appointment, taken step by step, and ended with a next goal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import LearningGoal, Membership
from groups.services import learning_goals
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail
from netwerkleren.base.once import make_once

from ..models import Clip, FilmCycle, FilmStep, How

WITH_ALL = ("owner__group__film_plan", "goal", "next_goal")


@transaction.atomic
def begin_cycle(
    *,
    actor: Actor,
    key: UUID,
    owner: Membership,
    goal: str = "",
    shows: str = FilmCycle.Shows.LESSON,
    filmed_by: str = FilmCycle.FilmedBy.MAATJE,
    at: datetime | None = None,
    room: str = "",
) -> FilmCycle:
    """Begins the one open round of `owner`. A goal that was typed is given to the maatje at once, who gets a mail."""
    lock(owner)
    for earlier in FilmCycle.objects.filter(owner=owner, ended_at=None).exclude(pk=key).with_people():
        if earlier.next_step(earlier.plan.steps) is not None:
            raise ValidationError(_("Je hebt al een ronde open. Rond die eerst af; een stap overslaan mag."))
        # What was still to do in it, the group dropped since.
        FilmCycle.objects.filter(pk=earlier.pk).update(ended_at=timezone.now())
    given = _goal_of(actor, owner, goal)
    cycle, created = make_once(
        FilmCycle,
        key=key,
        by="owner",
        owner=owner,
        pair=owner.pair,
        goal=given,
        goal_step=How.DONE if given else "",
        shows=shows,
        filmed_by=filmed_by,
        at=at,
        room=room,
    )
    if created and (given or at):
        _tell_maatjes(cycle)
    return cycle


def _goal_of(actor: Actor, owner: Membership, text: str, follows: LearningGoal | None = None) -> LearningGoal | None:
    if not text:
        return None
    return learning_goals.add_learning_goal(
        actor=actor, membership=owner, text=text, scope=LearningGoal.Scope.LESSON, follows=follows
    )


@transaction.atomic
def change_cycle(
    *,
    actor: Actor,
    cycle: FilmCycle,
    version: str,
    goal: str,
    shows: str,
    filmed_by: str,
    at: datetime | None,
    room: str,
) -> FilmCycle:
    """Saves goal and appointment on top of `version`. Another day, hour or room goes to the maatje by mail.

    Raises WrittenMeanwhile when something else stands there now. A goal that is emptied here stays in the round.
    """
    cycle = lock(cycle, *WITH_ALL)
    if cycle.goal is not None:
        cycle.goal = lock(cycle.goal)
    stands = cycle.goal.text if cycle.goal else ""
    facts: dict[str, Any] = {"shows": shows, "filmed_by": filmed_by, "at": at, "room": room}
    if all(getattr(cycle, name) == value for name, value in facts.items()) and goal in ("", stands):
        return cycle
    if cycle.version != version:
        raise WrittenMeanwhile(cycle)
    is_other_appointment = (cycle.at, cycle.room) != (at, room)
    for name, value in facts.items():
        setattr(cycle, name, value)
    if goal and cycle.goal:
        learning_goals.change_learning_goal(actor=actor, goal=cycle.goal, text=goal, version=cycle.goal.version)
    elif goal:
        cycle.goal = _goal_of(actor, cycle.owner, goal)
        cycle.goal_step = How.DONE
    if is_other_appointment:
        cycle.ics_sequence += 1
    cycle.full_clean(exclude=["clips"], validate_constraints=False)
    cycle.save()
    if is_other_appointment or (goal and not stands):
        _tell_maatjes(cycle)
    _touch(cycle)
    return cycle


def _tell_maatjes(cycle: FilmCycle) -> None:
    """One mail a maatje and appointment, with the item for the calendar; none to who gave the goal."""
    if cycle.pair_id is None:
        return
    maatjes = Membership.objects.current().filter(pair=cycle.pair_id).exclude(pk=cycle.owner_id).select_related("user")
    for maatje in maatjes:
        queue_mail(
            "video_feedback.goal_given",
            to=maatje.user.email,
            about=cycle.pk,
            group_id=cycle.owner.group_id,
            unique_key=f"video_feedback.goal_given:{cycle.pk}:{maatje.pk}:{cycle.ics_sequence}",
            reader=str(maatje.pk),
            sequence=cycle.ics_sequence,
        )


@transaction.atomic
def take_step(*, actor: Actor, cycle: FilmCycle, step: str, how: str) -> None:
    """A step is done, on paper, spoken or skipped; with an empty `how` it is open again. Twice is once.

    The round is over when the last step that the group keeps is one of these.
    """
    if step not in FilmStep.values or how not in ("", *How.values):
        raise ValidationError(_("Kies wat jullie met deze stap deden."))
    cycle = lock(cycle, *WITH_ALL)
    if cycle.how(step) == how:
        return
    if not how and cycle.ended_at is not None and _has_another_open(cycle):
        raise ValidationError(_("Er is al een nieuwe ronde begonnen. Deze blijft zoals hij is."))
    setattr(cycle, f"{step}_step", how)
    _save_end(cycle)


def _has_another_open(cycle: FilmCycle) -> bool:
    return FilmCycle.objects.filter(owner=cycle.owner_id, ended_at=None).exclude(pk=cycle.pk).exists()


def _save_end(cycle: FilmCycle) -> None:
    """Keeps the steps, and with them whether the round is over; one that ends asks nothing of the coach any more."""
    kept = cycle.plan.steps
    is_over = bool(kept) and bool(cycle.how(kept[-1]))
    if not is_over and cycle.ended_at is not None and _has_another_open(cycle):
        is_over = True
    cycle.ended_at = (cycle.ended_at or timezone.now()) if is_over else None
    cycle.is_stuck = cycle.is_stuck and not is_over
    cycle.save()
    _touch(cycle)


@transaction.atomic
def adjust_goal(*, actor: Actor, cycle: FilmCycle, text: str) -> FilmCycle:
    """The last step: the goal stays as it is, or what was typed is its next version, for the round after this one."""
    cycle = lock(cycle, *WITH_ALL)
    if cycle.goal is not None and text == cycle.goal.text:
        cycle.next_goal = cycle.goal
    else:
        cycle.next_goal = _goal_of(actor, cycle.owner, text, follows=cycle.goal)
    cycle.adjust_step = How.DONE
    _save_end(cycle)
    return cycle


@transaction.atomic
def put_clip(*, actor: Actor, cycle: FilmCycle, clip: Clip, belongs: bool) -> None:
    """A fragment of the one whose round it is belongs to it, or no longer. Nobody sees more of it by that."""
    cycle, clip = lock(cycle), lock(clip)
    if clip.owner_id != cycle.owner_id:
        raise ValidationError(_("Dit fragment is van iemand anders. Kies een fragment van wie deze ronde is."))
    if belongs:
        cycle.clips.add(clip)
    else:
        cycle.clips.remove(clip)
    _touch(cycle)


@transaction.atomic
def ask_coach(*, actor: Actor, cycle: FilmCycle, stuck: bool) -> None:
    """ "We komen er niet uit": each coach gets a mail that says so and no more. Or they found the way themselves."""
    cycle = lock(cycle, "owner")
    if cycle.is_stuck == stuck or cycle.ended_at is not None:
        return
    cycle.is_stuck = stuck
    cycle.save(update_fields=["is_stuck"])
    _touch(cycle)
    if not stuck:
        return
    for coach in Membership.objects.current().coaches().filter(group=cycle.owner.group_id).select_related("user"):
        queue_mail(
            "video_feedback.pair_stuck",
            to=coach.user.email,
            about=cycle.pk,
            group_id=cycle.owner.group_id,
            reader=str(coach.pk),
        )


def _touch(cycle: FilmCycle) -> None:
    live.touch(live.topic_of("film_cycle", cycle))
