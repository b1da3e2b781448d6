"""Forms of the Oogst."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.forms import KeyField, SharedTextForm, TypedTextField

from .interviews.protocol import PARTS
from .lines import heights
from .models import STORY, Export, GraphMoment, GraphPoint, InterviewNote, ValueStory
from .services import lines


class ProtocolForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Welke onderdelen doen jullie in de bijeenkomst?"),
        choices=[(part.code, part.title) for part in PARTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies ten minste één onderdeel.")},
    )
    part_a_before = forms.BooleanField(
        label=gettext_lazy("Deel A doen we vooraf"),
        help_text=gettext_lazy("Ieder schrijft thuis op wat waardevol was. Dat scheelt 8 minuten per persoon."),
        required=False,
    )
    theme = forms.CharField(
        label=gettext_lazy("Het thema in jullie woorden"),
        help_text=gettext_lazy("Het staat in de vragen: “Wat weet je nu over …?”. Leeg: het thema van de groep."),
        max_length=LINE,
        required=False,
    )


class InterviewerForm(forms.Form):
    """Who asks one teller: any other deelnemer. A coach sees that there is an interview, not what is written in it."""

    interviewer = forms.ModelChoiceField(
        label=gettext_lazy("Wie vraagt"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=gettext_lazy("nog niemand"),
        error_messages={"invalid_choice": gettext_lazy("Kies een deelnemer uit de groep, en niet de verteller zelf.")},
    )

    def __init__(self, *args: Any, teller: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = teller.group.memberships.current().participants().exclude(pk=teller.pk).with_people()
        self.fields["interviewer"].queryset = others  # type: ignore[attr-defined]


class NoteForm(SharedTextForm):
    """What the two write down at one part."""

    activities = TypedTextField(
        label=gettext_lazy("Welke momenten? Eén op een regel"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 3}),
    )
    text = TypedTextField(
        label=gettext_lazy("Aantekeningen"),
        max_length=PARAGRAPH,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 7}),
    )

    def __init__(self, *args: Any, note: InterviewNote, names_activities: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"activities": note.activities, "text": note.text, "version": note.version}
        super().__init__(*args, **kwargs)
        if names_activities:
            self.fields["text"].label = _("En waarom juist die?")
        else:
            del self.fields["activities"]


class StoryForm(SharedTextForm):
    """The teller's own text, which may be open on two devices, and who may read it."""

    text = TypedTextField(
        label=gettext_lazy("Jouw verhaal"),
        max_length=STORY,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 12}),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Wat doe je ermee?"),
        choices=ValueStory.Decision.choices,
        widget=forms.RadioSelect,
        initial=ValueStory.Decision.PRIVATE,
    )

    def __init__(self, *args: Any, story: ValueStory | None, notes: str, **kwargs: Any) -> None:
        """Before the first save, the story starts from the notes of the interview."""
        stored = story or ValueStory()
        text = stored.text_to_go_on_with if story else notes
        kwargs["initial"] = {"text": text, "decision": stored.decision, "version": stored.version}
        super().__init__(*args, **kwargs)

    def show_theirs(self, current: ValueStory) -> None:
        """Of two decisions the one that fewer read stands ready; the teller presses once more."""
        super().show_theirs(current)
        decisions = [self.cleaned_data["decision"], current.decision]
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["decision"] = min(decisions, key=ValueStory.Decision.values.index)  # type: ignore[index]

    def theirs_of(self, current: ValueStory) -> dict[str, str]:
        return {"text": current.text_to_go_on_with, "decision": current.decision}


ABSENT_KEY = "absent"


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
    after = forms.ModelChoiceField(
        label=gettext_lazy("Komt na"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("het begin van het traject"),
    )

    def __init__(self, *args: Any, group: NetworkGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = self.fields["after"]
        after.queryset = Meeting.objects.of_group(group).not_cancelled()  # type: ignore[attr-defined]
        after.label_from_instance = lambda meeting: meeting.number_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == GraphMoment.Kind.OTHER and not cleaned.get("label"):
            self.add_error("label", _("Geef je eigen moment een naam."))
        return cleaned


class ExportForm(forms.ModelForm[Export]):
    class Meta:
        model = Export
        fields = ["quote", "quoted", "going_on"]
        widgets = {"going_on": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "quote": gettext_lazy("Iets wat iemand zei en wat jullie bijblijft."),
            "going_on": gettext_lazy("Blijven jullie elkaar zien? Wie deelt wat met wie?"),
        }
