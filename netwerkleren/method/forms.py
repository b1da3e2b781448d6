from typing import ClassVar

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from groups.models import LINE
from meetings.forms import LinkField
from netwerkleren.base.forms import KeyField

from .subjects import SUBJECTS


class _PageField(LinkField):
    """A page that a browser opens: of http alone, and said in one sentence."""

    default_validators = [URLValidator(["https", "http"])]
    default_error_messages: ClassVar = {
        "invalid": _("Dit is geen link. Plak hem uit de adresbalk: hij begint met https:// of http://.")
    }


class MethodLinkForm(forms.Form):
    key = KeyField()
    subject = forms.ChoiceField(
        label=_("Waar gaat het over?"), choices=[(key, subject.title) for key, subject in SUBJECTS.items()]
    )
    title = forms.CharField(label=_("Hoe heet het?"), max_length=LINE, help_text=_("Zoals: Filmpje over wachten"))
    link = _PageField(label=_("Link"), help_text=_("Kijk zelf even of hij het doet. Wij openen hem niet."))
