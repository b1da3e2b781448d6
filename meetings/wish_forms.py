"""The form in which a member wishes something."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import NetworkGroup

from .forms import ServiceForm
from .models import Wish


class WishForm(ServiceForm[Wish]):
    kind = forms.ChoiceField(label=_("Waarvoor?"), choices=Wish.Kind, widget=forms.RadioSelect, initial=Wish.Kind.TOPIC)

    class Meta:
        model = Wish
        fields: ClassVar = ["kind", "text"]
        labels: ClassVar = {"text": _("Wat zou je willen?")}
        help_texts: ClassVar = {"text": _("Kort, zonder namen van leerlingen.")}

    def __init__(self, *args: Any, group: NetworkGroup, **options: Any) -> None:
        super().__init__(*args, **options)
        if group.theme_is_given:
            asked = [choice for choice in Wish.Kind.choices if choice[0] != Wish.Kind.THEME]
            self.fields["kind"] = forms.ChoiceField(
                label=_("Waarvoor?"), choices=asked, widget=forms.RadioSelect, initial=Wish.Kind.TOPIC
            )
