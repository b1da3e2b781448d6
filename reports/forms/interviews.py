"""Forms of the interview: preparing it, and writing down what is told."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH, Membership
from netwerkleren.base.forms import SharedTextForm, TypedTextField, rows_of

from ..interviews.protocol import PARTS
from ..models import InterviewNote


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
