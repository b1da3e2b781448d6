"""The form of the closing PDF."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from netwerkleren.base.forms import KeyField, SharedTextForm, TypedTextField

from ..models import Export


class ExportForm(SharedTextForm, forms.ModelForm[Export]):
    """What the coach puts in, starting from the last PDF: another coach may have ordered one meanwhile."""

    key = KeyField()

    class Meta:
        model = Export
        fields = ["quote", "quoted", "going_on"]
        field_classes = {"going_on": TypedTextField}
        widgets = {"going_on": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "quote": gettext_lazy("Iets wat iemand zei en wat jullie bijblijft."),
            "going_on": gettext_lazy("Blijven jullie elkaar zien? Wie deelt wat met wie?"),
        }

    def __init__(self, *args: Any, latest: Export | None, **kwargs: Any) -> None:
        last = latest or Export()
        kwargs["initial"] = {name: getattr(last, name) for name in (*self.Meta.fields, "version")}
        super().__init__(*args, **kwargs)
