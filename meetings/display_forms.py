from django import forms
from django.utils.translation import gettext_lazy as _


class DisplayCodeForm(forms.Form):
    """What stands on the board, as someone reads it."""

    code = forms.CharField(
        label=_("Code op het bord"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Vul de code in die op het bord staat.")},
    )
