"""Forms of what a group agrees once about its time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.forms import KeyField, SharedTextForm

from .forms import ServiceForm, check_year
from .models import DeadlineRule, FreeWeek


class DeadlineRuleForm(SharedTextForm, ServiceForm[DeadlineRule]):
    holds_many_facts = True

    class Meta:
        model = DeadlineRule
        fields = ["leervraag_days", "clip_days", "feedback_days", "clock"]
        labels = {
            "leervraag_days": _("Leervraag: hoeveel dagen ervoor?"),
            "clip_days": _("Fragment: hoeveel dagen ervoor?"),
            "feedback_days": _("Feedback: hoeveel dagen ervoor?"),
            "clock": _("Om hoe laat?"),
        }
        widgets = {"clock": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version


class _DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            check_year(value)


class FreeWeekForm(ServiceForm[FreeWeek]):
    key = KeyField()
    first_day = _DayField(label=_("Van"))
    last_day = _DayField(label=_("Tot en met"))

    class Meta:
        model = FreeWeek
        fields = ["key", "name", "first_day", "last_day"]
        labels = {"name": _("Hoe heet die tijd? Zoals: kerstvakantie")}
