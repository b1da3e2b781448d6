"""Forms for one remark, and for the captions of a film."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from groups.models import PARAGRAPH
from netwerkleren.base.forms import SharedTextForm
from netwerkleren.base.templatetags.ui import duration_ms

from .captions import CAPTIONS
from .forms import FilmMomentField
from .models import Clip, ObserverNote, Remark

PRINCIPLES = [("", gettext_lazy("geen")), *Remark.Principle.choices]


class ChangeRemarkForm(SharedTextForm):
    """Of a draft that one may have open on two devices."""

    holds_many_facts = True
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), choices=Remark.Kind.choices, widget=forms.RadioSelect)
    start = FilmMomentField(label=gettext_lazy("Op moment"), max_length=8)
    end = FilmMomentField(label=gettext_lazy("tot"), max_length=8, required=False)
    text = forms.CharField(
        label=gettext_lazy("Wat wil je zeggen?"), max_length=PARAGRAPH, widget=forms.Textarea(attrs={"rows": 3})
    )
    principle = forms.ChoiceField(
        label=gettext_lazy("Hoort het bij een principe?"),
        choices=PRINCIPLES,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.theirs_of(remark), "version": remark.version}
        super().__init__(*args, **kwargs)

    def theirs_of(self, current: Remark) -> dict[str, Any]:
        return {
            "kind": current.kind,
            "start": duration_ms(current.start_ms),
            "end": "" if current.end_ms is None else duration_ms(current.end_ms),
            "text": current.text,
            "principle": current.principle,
        }


class LineUpForm(forms.Form):
    """At which moment of the film one of the notes was. `exact` comes from the player, which knows it better."""

    moment = FilmMomentField(label=gettext_lazy("Dit zie ik in de film op"), max_length=8)
    exact = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notes: QuerySet[ObserverNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = forms.ModelChoiceField(
            notes, error_messages={"required": gettext_lazy("Kies een notitie.")}
        )

    def values(self) -> dict[str, Any]:
        """The exact moment counts as long as it is the one that was read: whoever typed another means that."""
        data = self.cleaned_data
        typed, exact = data["moment"], data["exact"]
        is_same = exact is not None and typed <= exact < typed + 1000
        return {"note": data["note"], "moment": exact if is_same else typed}


class AnswerRemarkForm(SharedTextForm):
    answer = forms.CharField(
        label=gettext_lazy("Jouw antwoord"),
        required=False,
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Wie de vraag leest, leest ook je antwoord. Noem geen naam van een leerling."),
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        kwargs["initial"] = {"answer": remark.answer, "version": remark.version_of_answer}
        super().__init__(*args, **kwargs)

    def version_in(self, current: Remark) -> str:
        return current.version_of_answer


class CaptionsForm(SharedTextForm):
    captions = forms.CharField(
        label=gettext_lazy("Wat wordt er gezegd?"),
        required=False,
        max_length=CAPTIONS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Elke regel begint met het moment, zoals: 0:03 Wat zie je? Noem geen naam van een leerling."
        ),
    )

    def __init__(self, *args: Any, clip: Clip, **kwargs: Any) -> None:
        kwargs["initial"] = {"captions": clip.captions, "version": clip.version_of_captions}
        super().__init__(*args, **kwargs)

    def version_in(self, current: Clip) -> str:
        return current.version_of_captions
