"""Forms of Deel met je team."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import TeamSharing, TeamText
from netwerkleren.base.forms import KeyField, SharedTextForm

LINES_A_PAGE = 36
"""Lines that stand on one A4 as we print it, of so many characters:"""
CHARACTERS_A_LINE = 84


class TeamTextForm(SharedTextForm, forms.ModelForm[TeamText]):
    class Meta:
        model = TeamText
        fields = ["page", "sentences"]
        widgets = {"page": forms.Textarea(attrs={"rows": 16}), "sentences": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"sentences": _("Om te plakken in een mail of een nieuwsbrief.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The service writes the row."""

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"]
        lines = sum(1 + len(line) // CHARACTERS_A_LINE for line in page.split("\n"))
        if lines > LINES_A_PAGE:
            raise ValidationError(_("Dit past niet op één A4. Maak het iets korter."))
        return page


class SharingForm(forms.ModelForm[TeamSharing]):
    key = KeyField()
    form = forms.ChoiceField(
        label=_("Hoe deelde je het?"), choices=[("", _("Kies een vorm")), *TeamSharing.Form.choices]
    )
    shared_on = forms.DateField(
        label=_("Wanneer?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = TeamSharing
        fields = ["form", "words", "shared_on"]

    def _post_clean(self) -> None:
        """The service writes the row."""
