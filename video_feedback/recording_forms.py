"""The recording of a fragment, and the piece of it that stays."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from netwerkleren.base.fields import at_most

from .forms import FilmMomentField
from .media import MAX_MINUTES
from .models import TO_CUT_HOURS
from .room import MAX_GIB, MAX_LENGTH, RECORDING_TOO_LARGE

ACCEPTED = "video/*,.mov,.mkv,.mts,.m2ts,.ts,.avi,.mpg,.mpeg"
"""What a browser lets one choose. Of some cameras' files not every system knows that they are films."""


class RecordingForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("De opname"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, **at_most(MAX_LENGTH, RECORDING_TOO_LARGE)}),
        help_text=format_lazy(
            gettext_lazy("Een film van je telefoon of camera, ten hoogste {size} GB en {minutes} minuten."),
            size=MAX_GIB,
            minutes=MAX_MINUTES,
        ),
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Kies een andere opname.")},
    )
    goes_whole = forms.BooleanField(
        label=gettext_lazy("Ik weet dat de hele opname naar de server gaat"),
        help_text=gettext_lazy("Alles wat erop staat, ook wat niemand hoeft te zien of te horen."),
        error_messages={
            "required": gettext_lazy(
                "Zonder jouw ja gaat de hele opname niet naar de server. Of knip eerst je fragment."
            )
        },
    )
    cut_here = forms.BooleanField(
        required=False,
        label=gettext_lazy("Laat de server er een stukje uit knippen"),
        help_text=format_lazy(
            gettext_lazy(
                "Ook van een lange opname. Na het knippen wordt ze gewist. Knip je niet, dan gebeurt dat na {hours} "
                "uur."
            ),
            hours=TO_CUT_HOURS,
        ),
    )


class PieceForm(forms.Form):
    """From where to where, of a recording that is here to be cut."""

    start = FilmMomentField(
        label=gettext_lazy("Van"),
        max_length=8,
        help_text=gettext_lazy("Minuten en seconden van de opname, zoals 12:30."),
        error_messages={"required": gettext_lazy("Waar begint het stukje? Vul 0:00 in voor het begin van de opname.")},
    )
    end = FilmMomentField(
        label=gettext_lazy("Tot"),
        max_length=8,
        required=False,
        help_text=gettext_lazy("Leeg: tot het einde van de opname."),
    )
