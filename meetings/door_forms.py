from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.addresses import LONGEST_EMAIL, LONGEST_NAME
from netwerkleren.base.forms import KeyField


class KnockForm(forms.Form):
    """A name and an address, and nothing else: whoever asks more would tell something of the group."""

    key = KeyField()
    name = forms.CharField(
        label=_("Je naam"),
        max_length=LONGEST_NAME,
        help_text=_("Voornaam en achternaam, zodat je coach weet wie je bent."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in.")},
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=LONGEST_EMAIL,
        help_text=_("Heb je al een account? Neem dan het adres waarmee je inlogt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Vul je e-mailadres in.")},
    )

    def values(self) -> dict[str, Any]:
        return self.cleaned_data
