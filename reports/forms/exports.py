"""The form of the closing PDF."""

from django import forms
from django.utils.translation import gettext_lazy

from ..models import Export


class ExportForm(forms.ModelForm[Export]):
    class Meta:
        model = Export
        fields = ["quote", "quoted", "going_on"]
        widgets = {"going_on": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "quote": gettext_lazy("Iets wat iemand zei en wat jullie bijblijft."),
            "going_on": gettext_lazy("Blijven jullie elkaar zien? Wie deelt wat met wie?"),
        }
