"""Forms of the interview: preparing it, and writing down what is told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH, Membership
from netwerkleren.base.forms import SharedTextForm, TypedTextField, rows_of

from ..interviews.protocol import PARTS, Part, parts_of
from ..models import InterviewNote, Protocol

LONGEST_QUESTION = 300
"""The most characters of a question: it is asked aloud."""
MOST_MINUTES = 60


class ProtocolForm(SharedTextForm):
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
    has_clock = forms.BooleanField(
        label=gettext_lazy("Een klok bij elk deel"),
        help_text=gettext_lazy("Zonder klok praten jullie zo lang als jullie willen."),
        required=False,
    )


def _as_rows(parts: Sequence[Part]) -> list[dict[str, Any]]:
    return [
        {
            "code": part.code,
            "question": str(part.question_text),
            "follow_ups": [str(text) for text in part.follow_up_texts],
            "minutes": part.minutes,
        }
        for part in parts
    ]


class ScriptForm(SharedTextForm):
    """The questions as this traject asks them: of each part its question, follow-ups, minutes and place.

    Part A stays first: all of B is about what is named there.
    """

    holds_many_facts = True
    PLACES = range(2, len(PARTS) + 1)

    def __init__(self, *args: Any, protocol: Protocol, **kwargs: Any) -> None:
        self.parts = parts_of(protocol)
        kwargs["initial"] = {"version": protocol.script_version, **self.theirs_of(protocol)}
        super().__init__(*args, **kwargs)
        for part in self.parts:
            told = {"part": part.title}
            self.fields[f"question-{part.code}"] = forms.CharField(
                label=_("Vraag bij “%(part)s”") % told,
                max_length=LONGEST_QUESTION,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Schrijf een vraag bij “%(part)s”.") % told},
            )
            self.fields[f"follow_ups-{part.code}"] = TypedTextField(
                label=_("Doorvragen, één op een regel"),
                max_length=PARAGRAPH,
                required=False,
                widget=forms.Textarea(attrs={"rows": max(2, len(part.follow_up_texts))}),
            )
            self.fields[f"minutes-{part.code}"] = forms.IntegerField(
                label=_("Minuten"), min_value=1, max_value=MOST_MINUTES
            )
            if part.code != "A":
                self.fields[f"place-{part.code}"] = forms.TypedChoiceField(
                    label=_("Plek"), choices=[(place, str(place)) for place in self.PLACES], coerce=int
                )

    def theirs_of(self, current: Protocol) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for place, part in enumerate(parts_of(current), start=1):
            facts[f"question-{part.code}"] = str(part.question_text)
            facts[f"follow_ups-{part.code}"] = "\n".join(str(text) for text in part.follow_up_texts)
            facts[f"minutes-{part.code}"] = part.minutes
            if part.code != "A":
                facts[f"place-{part.code}"] = place
        return facts

    def version_in(self, current: Protocol) -> str:
        return current.script_version

    def rows(self) -> list[dict[str, Any]]:
        """For the template: each part with its fields."""
        return [
            {
                "part": part,
                "question": self[f"question-{part.code}"],
                "follow_ups": self[f"follow_ups-{part.code}"],
                "minutes": self[f"minutes-{part.code}"],
                "place": self[f"place-{part.code}"] if part.code != "A" else None,
            }
            for part in self.parts
        ]

    def script(self) -> list[dict[str, Any]]:
        """For `save_script`; nothing when it is the standard, word for word. Of two on one place, who stood first."""
        sent = self.cleaned_data
        ordered = sorted(self.parts, key=lambda part: sent.get(f"place-{part.code}", 1))
        written = [
            {
                "code": part.code,
                "question": sent[f"question-{part.code}"],
                "follow_ups": [line for text in sent[f"follow_ups-{part.code}"].splitlines() if (line := text.strip())],
                "minutes": sent[f"minutes-{part.code}"],
            }
            for part in ordered
        ]
        return [] if written == _as_rows(PARTS) else written


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
        rows_of(self, "interviewer").queryset = others


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
