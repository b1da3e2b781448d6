"""Forms for what a member wants to learn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.forms import SharedTextForm, TypedTextField

from .models import LearningGoal


class LearningGoalForm(forms.ModelForm[LearningGoal]):
    class Meta:
        model = LearningGoal
        fields = ["text"]
        labels = {"text": _("Wat wil je leren in dit traject?")}
        help_texts = {"text": _("Schrijf geen namen van leerlingen op.")}
        field_classes = {"text": TypedTextField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class LessonGoalForm(LearningGoalForm):
    """For a filmed lesson: in behaviour that the maatje can see."""

    class Meta(LearningGoalForm.Meta):
        labels = {"text": _("Wat ga jij doen dat je maatje kan zien?")}


class ChangeLearningGoalForm(SharedTextForm, LearningGoalForm):
    """Of a leerdoel that is there, perhaps open on two devices."""

    def __init__(self, *args: Any, goal: LearningGoal, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": goal.text, "version": goal.version}
        super().__init__(*args, **kwargs)
        if goal.is_for_lesson:
            self.fields["text"].label = LessonGoalForm.Meta.labels["text"]
