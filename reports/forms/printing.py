"""What to print: the sheets of a meeting or a traject, and what is one member's own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.forms import KeyField

from ..models import Edition
from ..printing.sheets import Sheet

OWN_KINDS = [choice for choice in Edition.Kind.choices if choice[0] != Edition.Kind.PAPERS]


class PapersForm(forms.Form):
    """Ticks for a pack, or the button of one sheet (`only`)."""

    key = KeyField()
    sheets = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    only = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[Sheet], packed: Sequence[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"sheets": list(packed)}
        super().__init__(*args, **kwargs)
        field = self.fields["sheets"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(sheet.code, sheet.title) for sheet in offered]

    def values(self) -> dict[str, Any]:
        only = self.cleaned_data["only"]
        return {"key": self.cleaned_data["key"], "sheets": [only] if only else self.cleaned_data["sheets"]}

    @property
    def ticked(self) -> list[str]:
        """What stands ticked on the page, also when it was refused."""
        return list(self["sheets"].value() or [])


class ForMeForm(forms.Form):
    key = KeyField()
    kind = forms.ChoiceField(choices=OWN_KINDS, error_messages={"required": _("Kies wat je wilt hebben.")})
