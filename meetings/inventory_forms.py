"""The form of the Startvragen: the question of the beginning, and those of each half that is open."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.forms import SharedTextForm, TypedTextField

from .forms import ServiceForm
from .models import ALWAYS, ANSWERS, QUESTIONS, FilmReady, Half, Inventory, label_of

TEXTS = (*ALWAYS, *QUESTIONS[Half.LEARNING])
CHOICES = ("camera", "sound", "cutting")


class InventoryForm(SharedTextForm, ServiceForm[Inventory]):
    class Meta:
        model = Inventory
        fields: ClassVar = list(ANSWERS)
        field_classes: ClassVar = dict.fromkeys(TEXTS, TypedTextField)
        widgets: ClassVar = {name: forms.Textarea(attrs={"class": "ruled", "rows": 2}) for name in TEXTS}
        help_texts: ClassVar = {
            "topics": _("Elk onderwerp op een eigen regel."),
            "experts": _("Elke naam, of elk vak, op een eigen regel."),
        }

    def __init__(self, *args: Any, open_halves: list[Half], **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version
        for name in CHOICES:
            self.fields[name] = forms.ChoiceField(
                label=label_of(name),
                choices=FilmReady,
                widget=forms.RadioSelect,
                required=False,
                initial=self.initial.get(name),
            )
        closed = [name for half in Half if half not in open_halves for name in QUESTIONS[half]]
        for name in closed:
            del self.fields[name]
