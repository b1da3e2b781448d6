"""Forms about the agenda and its onderdelen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.models import LINE
from netwerkleren.base.forms import KeyField, SharedTextForm, TypedTextField

from .agendas import standard_part
from .forms import ServiceForm
from .models import AgendaItem, AgendaTemplate, Meeting


class AgendaItemForm(SharedTextForm, ServiceForm[AgendaItem]):
    holds_many_facts = True

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "fixed_start", "means", "purpose"]
        labels = {
            "title": _("Onderdeel"),
            "minutes": _("Minuten"),
            "fixed_start": _("Begint vast om"),
            "means": _("Wat heb je nodig?"),
        }
        help_texts = {
            "fixed_start": _("Bijvoorbeeld als de expert dan komt. Leeg: het begint na het vorige onderdeel.")
        }
        field_classes = {"purpose": TypedTextField}
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "fixed_start": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version


class ItemMinutesForm(ServiceForm[AgendaItem]):
    """The minutes of one onderdeel, typed on the agenda itself, and the version that they were typed on."""

    minutes = forms.IntegerField(min_value=1, max_value=240)
    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    class Meta:
        model = AgendaItem
        fields = ["minutes"]

    def sentences(self) -> list[str]:
        """What is wrong with it, each with the name of its onderdeel."""
        return [f"“{self.instance.title}”: {sentence}" for errors in self.errors.values() for sentence in errors]


class FixedStartForm(ServiceForm[AgendaItem]):
    """The hour at which an onderdeel begins whatever comes before it; empty lets it go."""

    class Meta:
        model = AgendaItem
        fields = ["fixed_start"]


class NewAgendaItemForm(ServiceForm[AgendaItem]):
    """A new onderdeel, and a key so that sending it twice adds one.

    A kind of the method brings its own title, minutes, middelen and doel where nothing else is typed.
    """

    key = KeyField()
    kind = forms.ChoiceField(label=_("Soort"), choices=[])
    title = forms.CharField(label=_("Onderdeel"), max_length=LINE, required=False)
    minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=240, required=False)

    class Meta:
        model = AgendaItem
        fields = ["key", "kind", "title", "minutes"]

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        free = [(AgendaItem.Kind.OTHER, _("Eigen onderdeel")), (AgendaItem.Kind.BREAK, _("Pauze"))]
        kinds = [(kind.value, kind.label) for kind in AgendaItem.Kind if kind not in dict(free)]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [*free, (_("Van de methode"), kinds)]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        part = standard_part(self.meeting, facts.get("kind", ""))
        for name in ("title", "minutes"):
            if name in facts and not facts[name]:
                facts[name] = getattr(part, name) if part else None
                if facts[name] is None and "kind" in facts:
                    self.add_error(name, ValidationError(self.fields[name].error_messages["required"]))
        return facts

    def values(self) -> dict[str, Any]:
        """What `services.agenda_items` asks for."""
        part = standard_part(self.meeting, self.cleaned_data["kind"])
        more = {"means": str(part.means), "purpose": str(part.purpose)} if part else {}
        return {**self.cleaned_data, "title": str(self.cleaned_data["title"]), **more}


class TemplateForm(ServiceForm[AgendaTemplate]):
    """The name under which a coach keeps an agenda."""

    key = KeyField()

    class Meta:
        model = AgendaTemplate
        fields = ["key", "name"]
        labels = {"name": _("Hoe heet deze agenda?")}
