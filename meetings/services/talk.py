"""The talk at the end: one scribe writes, the group says what it will do differently and who does what."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Agreement, Evaluation, ImprovementPoint, LookBack, Meeting

HOW_IT_STANDS = ["done_at", "busy_at", "dropped_at"]


@transaction.atomic
def become_scribe(*, actor: Actor, meeting: Meeting, membership: Membership) -> Evaluation:
    """ "Ik schrijf". Someone else may take over at any time."""
    evaluation, _created = Evaluation.objects.update_or_create(meeting=meeting, defaults={"scribe": membership})
    return evaluation


@transaction.atomic
def save_evaluation(*, actor: Actor, meeting: Meeting, version: str, **texts: str) -> Evaluation:
    """Saves the texts of one part that were written on top of `version`, which is of these texts alone. Raises
    WrittenMeanwhile when others stand there now.
    """
    made, _created = Evaluation.objects.get_or_create(meeting=meeting)
    evaluation = lock(made)
    if write_on_top(evaluation, version, stands=evaluation.version_of(texts), **texts):
        evaluation.full_clean()
        evaluation.save()
    return evaluation


@transaction.atomic
def add_improvement(*, actor: Actor, meeting: Meeting, text: str, about: LookBack = LookBack.WHOLE) -> ImprovementPoint:
    """ "Dit doen we anders", as it came up in one part of the talk. The same words twice are one point."""
    lock(meeting)  # two posts at once come one after the other
    if existing := meeting.improvement_points.filter(text=text).first():
        return existing
    point = ImprovementPoint(meeting=meeting, text=text, about=about)
    point.full_clean()
    point.save()
    return point


@transaction.atomic
def remove_improvement(*, actor: Actor, point: ImprovementPoint) -> None:
    point.delete()


@transaction.atomic
def tick_improvement(*, actor: Actor, point: ImprovementPoint, meeting: Meeting, done: bool) -> None:
    """Carried out in `meeting`, a later one of the same group; or not after all."""
    if point.meeting.group_id != meeting.group_id:
        raise ValidationError(_("Dit verbeterpunt is van een andere groep."))
    point = lock(point)
    point.done_in = meeting if done else None
    point.save(update_fields=["done_in"])


@transaction.atomic
def add_agreement(
    *, actor: Actor, meeting: Meeting, text: str, owner: Membership | None = None, due: date | None = None
) -> Agreement:
    """An afspraak of one member, or of the whole group. The same one twice is one."""
    if owner is not None and owner.group_id != meeting.group_id:
        raise ValidationError({"owner": _("Kies iemand uit de groep.")})
    lock(meeting)
    same: dict[str, Any] = {"text": text, "owner": owner, "due": due}
    if existing := meeting.agreements.filter(**same).first():
        return existing
    agreement = Agreement(meeting=meeting, **same)
    agreement.full_clean()
    agreement.save()
    return agreement


@transaction.atomic
def remove_agreement(*, actor: Actor, agreement: Agreement) -> None:
    agreement.delete()


@transaction.atomic
def tick_agreement(*, actor: Actor, agreement: Agreement, done: bool) -> None:
    """A tick of anyone in the group: it is done, or not after all."""
    agreement = lock(agreement)
    if done != (agreement.done_at is not None):
        agreement.stand(Agreement.Reply.DONE if done else None)
        agreement.save(update_fields=HOW_IT_STANDS)


@transaction.atomic
def answer_agreement(*, actor: Actor, agreement: Agreement, reply: str) -> Agreement:
    """How an own afspraak stands; "open" takes back what was said. The same answer twice is one."""
    answers = {"open": None, **{one.value: one for one in Agreement.Reply}}
    if reply not in answers:
        raise ValidationError(_("Kies: gedaan, nog bezig of hoeft niet meer."))
    agreement = lock(agreement)
    if agreement.reply != answers[reply]:
        agreement.stand(answers[reply])
        agreement.save(update_fields=HOW_IT_STANDS)
    return agreement


@transaction.atomic
def write_film_task(*, actor: Actor, meeting: Meeting, film_task: str, version: str) -> Meeting:
    """What the group films for the next meeting; empty takes it back. Raises WrittenMeanwhile as the others do."""
    meeting = lock(meeting)
    if meeting.kind == Meeting.Kind.CLOSING:
        raise ValidationError(_("Na de afsluiting is er geen volgende keer."))
    if write_on_top(meeting, version, stands=meeting.version_of_film_task, film_task=film_task):
        meeting.full_clean()
        meeting.save(update_fields=["film_task"])
    return meeting
