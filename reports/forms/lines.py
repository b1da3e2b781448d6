"""Forms of Mijn lijn and of the moments that lines are drawn over."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import PARAGRAPH, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.forms import KeyField, RowField, SharedTextForm, TypedTextField, rows_of

from ..lines import heights
from ..models import GraphMoment, GraphPoint, LinesTalk
from ..services import lines

ABSENT_KEY = "absent"


def _said(question: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return TypedTextField(label=question, max_length=PARAGRAPH, required=False, strip=False, widget=rows)


class LineForm(forms.Form):
    """A height in words and a "waarom hier?" for each moment. An empty height: not drawn yet."""

    def __init__(
        self, *args: Any, moments: list[GraphMoment], points: dict[UUID, GraphPoint] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.moments = moments
        for moment in moments:
            point = (points or {}).get(moment.pk)
            value = self._sent(self.value_name(moment)) if self.is_bound else point.value if point else None
            self.fields[self.value_name(moment)] = forms.TypedChoiceField(
                label=moment.name,
                choices=self._choices(value),
                coerce=lambda sent: None if sent == ABSENT_KEY else int(sent),
                empty_value="",
                required=False,
                initial="" if point is None else ABSENT_KEY if point.value is None else point.value,
            )
            self.fields[self.note_name(moment)] = forms.CharField(
                label=_("Waarom hier? (%(moment)s)") % {"moment": moment.name},
                max_length=120,
                required=False,
                initial=point.note if point else "",
                widget=forms.TextInput(attrs={"placeholder": _("Waarom hier?")}),
            )

    @staticmethod
    def value_name(moment: GraphMoment) -> str:
        return f"value-{moment.pk}"

    @staticmethod
    def note_name(moment: GraphMoment) -> str:
        return f"note-{moment.pk}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for moment in self.moments:
            if cleaned.get(self.note_name(moment)) and cleaned.get(self.value_name(moment)) == "":
                self.add_error(self.value_name(moment), _("Kies ook hoe hoog je lijn hier komt."))
        return cleaned

    def rows(self) -> list[tuple[GraphMoment, forms.BoundField, forms.BoundField]]:
        return [(moment, self[self.value_name(moment)], self[self.note_name(moment)]) for moment in self.moments]

    def drawn_points(self) -> dict[UUID, lines.DrawnPoint]:
        """For `save_line`."""
        return {
            moment.pk: lines.DrawnPoint(
                self.cleaned_data[self.value_name(moment)], self.cleaned_data[self.note_name(moment)]
            )
            for moment in self.moments
            if self.cleaned_data[self.value_name(moment)] != ""
        }

    def _sent(self, name: str) -> int | None:
        sent = str(self.data.get(name, ""))
        return int(sent) if sent.isdecimal() and len(sent) <= 3 and int(sent) <= 100 else None

    @staticmethod
    def _choices(value: int | None) -> list[tuple[str, str]]:
        """The list of words, and the exact height where it was drawn between them."""
        known = dict(heights.choices())
        if value is not None and value not in known:
            known[value] = heights.in_words(value)
        words = [(str(height), known[height]) for height in sorted(known, reverse=True)]
        return [("", _("nog niet getekend")), *words, (ABSENT_KEY, str(heights.ABSENT))]


class TalkForm(SharedTextForm):
    """What the group says about its lines; who writes may be another than a moment ago."""

    seen = _said(gettext_lazy("Wat zien we?"))
    meaning = _said(gettext_lazy("Wat betekent het?"))
    what_now = _said(gettext_lazy("Wat nu?"))

    def __init__(self, *args: Any, talk: LinesTalk, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(talk, name) for name in ("seen", "meaning", "what_now", "version")}
        super().__init__(*args, **kwargs)


class MomentForm(forms.Form):
    """A moment that the coach adds; meetings are moments by themselves."""

    KINDS = (GraphMoment.Kind.COACHING, GraphMoment.Kind.EDUCATION, GraphMoment.Kind.OTHER)

    key = KeyField()
    kind = forms.ChoiceField(label=gettext_lazy("Wat voor moment?"), choices=[(kind, kind.label) for kind in KINDS])
    label = forms.CharField(
        label=gettext_lazy("Hoe heet het in de grafiek?"),
        help_text=gettext_lazy("Zoals: Coaching in november"),
        max_length=40,
        required=False,
    )
    after = RowField(
        Meeting.objects.none(),
        named=lambda meeting: meeting.number_name,
        label=gettext_lazy("Komt na"),
        required=False,
        empty_label=gettext_lazy("het begin van het traject"),
    )

    def __init__(self, *args: Any, group: NetworkGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of(self, "after").queryset = Meeting.objects.of_group(group).not_cancelled()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == GraphMoment.Kind.OTHER and not cleaned.get("label"):
            self.add_error("label", _("Geef je eigen moment een naam."))
        return cleaned
