"""Forms of what the group does between handing in and answering: holding back, ticking in the pitch, choosing."""

from typing import Any
from uuid import UUID

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


def _seen(text: str) -> tuple[UUID, int]:
    """A strip's key with the version of it that one saw. Raises ValueError for anything else."""
    key, _colon, version = text.partition(":")
    return UUID(key), int(version)


class _ChosenField(forms.TypedMultipleChoiceField):
    """The ticked questions. Which there are, the service knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=_seen, **options)

    def valid_value(self, value: Any) -> bool:
        return True


class SeveralQuestionsForm(forms.Form):
    """Several questions at once; `number` is for those that lie on the pile."""

    chosen = _ChosenField(
        error_messages={
            "required": _("Zet eerst een vinkje bij een vraag."),
            "invalid_choice": _("Dat lukte niet. Kies de vragen nog eens."),
        }
    )
    number = forms.TypedChoiceField(
        label=_("Van de stapel: leg op"),
        choices=[("", "–"), *((str(number), str(number)) for number in NUMBERS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_from_overlaps = forms.BooleanField(required=False)

    def values(self) -> dict[str, Any]:
        """What `services.choosing` asks for."""
        return {name: self.cleaned_data[name] for name in ("chosen", "number")}
