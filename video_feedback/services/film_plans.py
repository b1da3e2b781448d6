"""What a group makes of the five steps of a round."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import FilmPlan, FilmStep


@transaction.atomic
def change_film_plan(
    *, actor: Actor, group: NetworkGroup, version: str, dropped: Sequence[str], words: Mapping[str, str]
) -> FilmPlan:
    """Keeps which steps the group leaves out, and its own sentences. Rounds that are open follow at once."""
    gone = [step for step in FilmStep.values if step in dropped]
    if len(gone) == len(FilmStep):
        raise ValidationError(_("Laat ten minste één stap staan."))
    said = {step: words[step] for step in FilmStep.values if words.get(step)}
    lock(group)
    plan = FilmPlan.objects.filter(group=group).first() or FilmPlan(group=group)
    if write_on_top(plan, version, dropped=gone, words=said):
        plan.save()
    return plan
