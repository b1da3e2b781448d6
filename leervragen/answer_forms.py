"""Forms for writing down an answer, and for how a question ends."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH
from meetings.models import ExpertInvitation
from netwerkleren.base.forms import RowField, SharedTextForm, TypedTextField

from .board import Block
from .models import OUT_OF_PLAY, Leervraag, WrittenAnswer

Outcome = Leervraag.Outcome

OTHER_TOPIC = "topic"
"""Where a question goes that belongs with another topic of the group."""


class AnswerForm(SharedTextForm):
    """What the group answers: one text for the questions that are answered as one.

    Who noted something beside it, because another was writing too, goes on in that note.
    """

    answer = TypedTextField(
        label=gettext_lazy("Het antwoord"),
        required=False,
        validators=[MaxLengthValidator(PARAGRAPH)],
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 6}),
    )

    def __init__(self, *args: Any, stands: Block | WrittenAnswer, **kwargs: Any) -> None:
        """`stands` is what the writer goes on with."""
        kwargs["initial"] = {"answer": _text_of(stands), "version": stands.version}
        super().__init__(*args, **kwargs)

    def theirs_of(self, current: Block | WrittenAnswer) -> dict[str, str]:
        return {"answer": _text_of(current)}


def _text_of(stands: Block | WrittenAnswer) -> str:
    return stands.answer if isinstance(stands, Block) else stands.text


class OutcomeForm(SharedTextForm, forms.ModelForm[Leervraag]):
    """How a question ends. Where it goes from P, and why, is asked here, not while laying (docs/domain.md#meetlat), and
    only of who wants to say so: a choice, or in words, or both.

    Any member may say so, on a phone of their own.
    """

    holds_many_facts = True

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hoe staat het met deze vraag?"),
        choices=[choice for choice in Outcome.choices if choice[0] not in OUT_OF_PLAY],
        widget=forms.RadioSelect,
    )
    where = forms.ChoiceField(label=gettext_lazy("Waar gaat de vraag heen?"), required=False)

    class Meta:
        model = Leervraag
        fields = ["outcome", "where", "destination", "reason"]

    def __init__(self, *args: Any, experts: list[ExpertInvitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._experts = {str(invitation.pk): invitation for invitation in experts}
        where = self.fields["where"]
        assert isinstance(where, forms.ChoiceField)
        where.choices = [
            ("", _("Dat kiezen we nog")),
            (OTHER_TOPIC, _("Naar een ander onderwerp")),
            *((key, _("Naar %(expert)s") % {"expert": one.expert.name}) for key, one in self._experts.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") != Outcome.PARKED:
            data["where"] = data["destination"] = data["reason"] = ""
        words = self._words_for(data.get("where", ""), data.get("destination", ""))
        if len(words) > LINE:
            self.add_error("destination", _("Maak het korter: samen met je keuze is het te lang."))
        else:
            data["destination"] = words
        return data

    def _words_for(self, where: str, typed: str) -> str:
        """The choice in words, with what was typed; typed words that say so already stand alone."""
        if where == OTHER_TOPIC:
            chosen = _("Ander onderwerp")
        elif where in self._experts:
            chosen = _("Naar %(expert)s") % {"expert": self._experts[where].expert.name}
        else:
            return typed
        return typed if typed.startswith(chosen) else f"{chosen}: {typed}" if typed else chosen

    def values(self) -> dict[str, Any]:
        """What `services.answering` asks for; `expert` is who gets it by mail, as far as the actor sends mail."""
        kept = {name: self.cleaned_data[name] for name in ("outcome", "destination", "reason", "version")}
        return {**kept, "expert": self._experts.get(self.cleaned_data["where"])}

    def version_in(self, current: Leervraag) -> str:
        return current.version_of_outcome

    def theirs_of(self, current: Leervraag) -> dict[str, Any]:
        return {name: getattr(current, name) for name in ("outcome", "destination", "reason")}


class AnswerTooForm(forms.Form):
    """Which other question of the meeting has the same answer."""

    def __init__(self, *args: Any, leervraag: Leervraag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = leervraag.meeting.leervragen.current().exclude(pk=leervraag.pk)
        self.fields["other"] = RowField(
            others,
            named=lambda other: other.text,
            error_messages={
                "required": _("Kies welke vraag ook beantwoord is."),
                "invalid_choice": _("Kies een andere vraag van deze bijeenkomst."),
            },
        )
