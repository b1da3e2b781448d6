"""The word of thanks to an expert, as the coach sends it."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH
from netwerkleren.base.forms import TypedTextField


class ThanksForm(forms.Form):
    text = TypedTextField(
        label=_("Wat je schrijft"),
        validators=[MaxLengthValidator(PARAGRAPH)],
        help_text=_("Verander wat je wilt. Zet er geen namen van deelnemers of leerlingen in."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
