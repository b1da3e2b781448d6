"""Forms of what the group does between handing in and answering: holding back, ticking in the pitch, choosing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import LINE
from netwerkleren.base.forms import SharedTextForm

from .models import NUMBERS, PitchNote


class HoldBackForm(forms.Form):
    """Why the asker is asked to write it otherwise; read by the asker alone."""

    reason = forms.CharField(
        label=_("Waaraan is de leerling te herkennen?"),
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een of twee zinnen, zonder de naam van de leerling."),
        error_messages={"required": _("Schrijf waaraan je de leerling herkent.")},
    )


class PitchNoteForm(SharedTextForm, forms.ModelForm[PitchNote]):
    """The own tick in pencil, with a word; perhaps on two devices."""

    class Meta:
        model = PitchNote
        fields = ["word"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class SaidForm(forms.Form):
    """What the asker says after the pitch; `version` is the strip's as the asker saw it."""

    said = forms.ChoiceField(choices=[("answered", _("Ja, beantwoord")), ("lay", _("Leg hem erbij"))])
    version = forms.IntegerField(min_value=0)
    is_from_meetlat = forms.BooleanField(required=False)


class TogetherForm(forms.Form):
    """Several questions at once, each as (its key, the version of its strip that one saw)."""

    chosen = forms.MultipleChoiceField(
        choices=(), error_messages={"required": _("Zet eerst een vinkje bij een vraag.")}
    )
    number = forms.TypedChoiceField(
        choices=[("", _("Kies een getal")), *((str(number), str(number)) for number in NUMBERS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
