"""What who leads types on Leiden by the way."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH
from netwerkleren.base.forms import KeyField, TypedTextField


class LeadingNoteForm(forms.Form):
    key = KeyField()
    text = TypedTextField(
        label=_("Notitie voor de coach"),
        validators=[MaxLengthValidator(PARAGRAPH)],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
