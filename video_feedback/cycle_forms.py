"""What a pair fills in around a round, and a coach about its steps."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH
from meetings.forms import DateAndHourField
from netwerkleren.base.forms import KeyField, SharedTextForm

from .models import Debrief, FilmCycle, FilmPlan, FilmStep


def _words_field(rows: int, **options: Any) -> forms.CharField:
    """A few sentences, or none."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(required=False, max_length=PARAGRAPH, widget=widget, **options)


def _choice_field(choices: type[TextChoices], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices.choices, widget=forms.RadioSelect, **options)


def _goal_field() -> forms.CharField:
    return _words_field(
        rows=3,
        label=gettext_lazy("Wat ga jij doen dat je maatje kan zien?"),
        help_text=gettext_lazy("Je maatje leest dit. Noem geen naam van een leerling."),
    )


def _shows_field() -> forms.ChoiceField:
    return _choice_field(FilmCycle.Shows, label=gettext_lazy("Wat laat je zien?"), initial=FilmCycle.Shows.LESSON)


def _filmed_by_field() -> forms.ChoiceField:
    return _choice_field(
        FilmCycle.FilmedBy,
        label=gettext_lazy("Wie filmt?"),
        initial=FilmCycle.FilmedBy.MAATJE,
        help_text=gettext_lazy(
            "Kan je maatje niet komen? Zet je telefoon op een statief. De vijf stappen blijven gelijk."
        ),
    )


def _at_field() -> DateAndHourField:
    return DateAndHourField(label=gettext_lazy("Wanneer?"), required=False)


def _room_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Waar?"),
        required=False,
        max_length=LINE,
        help_text=gettext_lazy("Zoals: lokaal 12, De Lindenhof."),
    )


class BeginCycleForm(forms.Form):
    """The first step of a round. Nothing in it is required: a goal may be on paper too."""

    key = KeyField()
    goal = _goal_field()
    shows = _shows_field()
    filmed_by = _filmed_by_field()
    at = _at_field()
    room = _room_field()


class ChangeCycleForm(SharedTextForm):
    """Of a round that is open: its owner may have it open on two devices."""

    holds_many_facts = True
    goal = _goal_field()
    shows = _shows_field()
    filmed_by = _filmed_by_field()
    at = _at_field()
    room = _room_field()

    def __init__(self, *args: Any, cycle: FilmCycle, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.theirs_of(cycle), "version": cycle.version}
        super().__init__(*args, **kwargs)

    def theirs_of(self, current: FilmCycle) -> dict[str, Any]:
        facts = {name: getattr(current, name) for name in ("shows", "filmed_by", "at", "room")}
        return {"goal": current.goal.text if current.goal else "", **facts}


class NextGoalForm(forms.Form):
    """The last step: the goal as it was, to keep or to write anew."""

    goal = forms.CharField(
        label=gettext_lazy("Je leerdoel voor de volgende keer"),
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Laat het staan, of pas het aan. Het oude leerdoel blijft bewaard."),
        error_messages={"required": gettext_lazy("Schrijf je leerdoel op, of kies hieronder hoe jullie het deden.")},
    )


class DebriefForm(SharedTextForm):
    """Written by either of the two, perhaps at once."""

    tops = _words_field(rows=4, label=gettext_lazy("Wat ging goed?"))
    tips = _words_field(rows=2, label=gettext_lazy("Wat kan anders?"))
    goal_changes = _choice_field(
        Debrief.Answer, label=gettext_lazy("Moet het leerdoel worden bijgesteld?"), required=False
    )
    goal_words = _words_field(rows=2, label=gettext_lazy("Wat verandert er aan het leerdoel?"))
    task_changes = _choice_field(
        Debrief.Answer, label=gettext_lazy("Moet de opdracht voor de leerling anders?"), required=False
    )
    task_words = _words_field(
        rows=2,
        label=gettext_lazy("Wat verandert er aan de opdracht?"),
        help_text=gettext_lazy("Noem geen naam van een leerling."),
    )

    def __init__(self, *args: Any, debrief: Debrief, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(debrief, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class FilmPlanForm(SharedTextForm):
    """Which steps the group keeps, each with a sentence of its own where it wants one."""

    holds_many_facts = True

    def __init__(self, *args: Any, plan: FilmPlan, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.theirs_of(plan), "version": plan.version}
        super().__init__(*args, **kwargs)
        for step in FilmStep:
            self.fields[f"keep_{step}"] = forms.BooleanField(
                label=_("%(step)s doen we") % {"step": step.label}, required=False
            )
            self.fields[f"words_{step}"] = forms.CharField(
                label=_("Onze woorden bij %(step)s") % {"step": step.label}, required=False, max_length=LINE
            )

    def theirs_of(self, current: FilmPlan) -> dict[str, Any]:
        keeps = {f"keep_{step}": step not in current.dropped for step in FilmStep}
        return {**keeps, **{f"words_{step}": current.words.get(step, "") for step in FilmStep}}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "version": data["version"],
            "dropped": [step for step in FilmStep.values if not data[f"keep_{step}"]],
            "words": {step: data[f"words_{step}"] for step in FilmStep.values},
        }
