"""The one page on which a meeting that was held on paper is typed in."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership
from netwerkleren.base.forms import KeyField, RowField, SharedTextForm, TypedTextField

from .afterwards import OnPaper, Stand
from .models import NUMBERS, OUT_OF_PLAY, QUESTION, Leervraag
from .services.afterwards import Agreed, Asked, FromPaper

State, Outcome = Leervraag.State, Leervraag.Outcome

LINES = range(1, 4)
"""Room for so many new questions, and for as many afspraken, a time."""
ENDS = [choice for choice in Outcome.choices if choice[0] not in OUT_OF_PLAY]
OTHERWISE = 500
"""The most characters of one "Dit doen we anders"."""


SHOWN: dict[str, str] = {State.PARKED: "P", State.TRAY: "", State.PITCH: ""}


def as_typed(place: str) -> str:
    """A place of `OnPaper` as one types it: a number, P, or nothing."""
    return SHOWN.get(place, place)


class PlaceField(forms.CharField):
    """A place as it is typed: 1 to 10, 0 for 10 as on the meetlat, P, or nothing."""

    default_error_messages = {"place": _("Typ 1 tot en met 10, of P.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "data-place": "", "size": 2})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).upper()
        if typed in ("", "P"):
            return typed
        number = "10" if typed == "0" else typed
        if number not in map(str, NUMBERS):
            raise ValidationError(self.error_messages["place"])
        return number


class AfterwardsForm(SharedTextForm):
    """Three fields a question, and room for what is new. Everything may stay empty."""

    holds_many_facts = True

    key = KeyField()
    there = forms.TypedMultipleChoiceField(
        label=_("Wie was er?"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    otherwise = TypedTextField(
        label=_("Dit doen we anders"),
        required=False,
        validators=[MaxLengthValidator(PARAGRAPH)],
        help_text=_("Een punt per regel."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, stand: Stand, strips: list[Leervraag], members: list[Membership], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.initial.update(version=stand.version, there=[str(pk) for pk in stand.there])
        self._stand, self._strips, self._members = stand, strips, members
        there = self.fields["there"]
        assert isinstance(there, forms.TypedMultipleChoiceField)
        there.choices = [(str(member.pk), member.name) for member in members]
        for strip in strips:
            self._add_question(strip, stand.questions[strip.pk])
        people = Membership.objects.filter(pk__in=[member.pk for member in members]).select_related("user")
        for number in LINES:
            self._add_lines(number, people)

    def _add_question(self, strip: Leervraag, stands: OnPaper) -> None:
        about = {"text": strip.text}
        self.fields |= {
            f"place-{strip.pk}": PlaceField(label=_("Plek van “%(text)s”") % about, initial=as_typed(stands.place)),
            f"outcome-{strip.pk}": forms.ChoiceField(
                label=_("Wat werd het? “%(text)s”") % about, choices=ENDS, initial=stands.outcome, required=False
            ),
            f"answer-{strip.pk}": TypedTextField(
                label=_("Antwoord op “%(text)s”") % about,
                initial=stands.answer,
                required=False,
                validators=[MaxLengthValidator(PARAGRAPH)],
                widget=forms.Textarea(attrs={"rows": 1}),
            ),
        }

    def _add_lines(self, number: int, people: Any) -> None:
        whose: dict[str, Any] = {"queryset": people, "named": lambda member: member.name, "required": False}
        at = {"number": number}
        self.fields |= {
            f"asked_key-{number}": KeyField(required=False),
            f"asked_by-{number}": RowField(label=_("Van wie? (%(number)d)") % at, empty_label=_("Van wie?"), **whose),
            f"asked-{number}": forms.CharField(
                label=_("Nieuwe vraag %(number)d") % at, max_length=QUESTION, required=False
            ),
            f"agreed_by-{number}": RowField(label=_("Wie? (%(number)d)") % at, empty_label=_("De hele groep"), **whose),
            f"agreed-{number}": forms.CharField(label=_("Afspraak %(number)d") % at, max_length=500, required=False),
        }

    @property
    def questions(self) -> list[tuple[Leervraag, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each question with its place, end and answer."""
        return [
            (strip, self[f"place-{strip.pk}"], self[f"outcome-{strip.pk}"], self[f"answer-{strip.pk}"])
            for strip in self._strips
        ]

    @property
    def asked_lines(self) -> list[tuple[forms.BoundField, ...]]:
        return [(self[f"asked_key-{at}"], self[f"asked_by-{at}"], self[f"asked-{at}"]) for at in LINES]

    @property
    def agreed_lines(self) -> list[tuple[forms.BoundField, ...]]:
        return [(self[f"agreed_by-{at}"], self[f"agreed-{at}"]) for at in LINES]

    def clean_otherwise(self) -> list[str]:
        points = [line.strip() for line in self.cleaned_data["otherwise"].splitlines() if line.strip()]
        if any(len(point) > OTHERWISE for point in points):
            raise ValidationError(_("Een punt mag hoogstens %(most)d tekens zijn."), params={"most": OTHERWISE})
        return points

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for at in LINES:
            if cleaned.get(f"asked-{at}") and not cleaned.get(f"asked_by-{at}"):
                self.add_error(f"asked_by-{at}", _("Kies van wie deze vraag is."))
            if cleaned.get(f"asked_by-{at}") and f"asked-{at}" in cleaned and not cleaned[f"asked-{at}"]:
                self.add_error(f"asked-{at}", _("Schrijf de vraag op, of kies hier niemand."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `services.afterwards` asks for."""
        told = self.cleaned_data
        questions = {strip.pk: self._typed(strip) for strip in self._strips}
        asked = [(told[f"asked_key-{at}"], told[f"asked_by-{at}"], told[f"asked-{at}"]) for at in LINES]
        agreed = [(told[f"agreed-{at}"], told[f"agreed_by-{at}"]) for at in LINES]
        typed = FromPaper(
            Stand(frozenset(told["there"]), questions),
            [Asked(key or uuid4(), by, text) for key, by, text in asked if text],
            [Agreed(text, by) for text, by in agreed if text],
            told["otherwise"],
        )
        return {"key": told["key"], "version": told["version"], "typed": typed}

    def _typed(self, strip: Leervraag) -> OnPaper:
        told, stands = self.cleaned_data, self._stand.questions[strip.pk]
        place = {"P": State.PARKED, "": State.TRAY}.get(told[f"place-{strip.pk}"], told[f"place-{strip.pk}"])
        if place == State.TRAY and stands.place == State.PITCH:
            place = State.PITCH
        return OnPaper.typed(place, told[f"outcome-{strip.pk}"] or stands.outcome, told[f"answer-{strip.pk}"])

    def version_in(self, current: Stand) -> str:
        return current.version

    def theirs_of(self, current: Stand) -> dict[str, Any]:
        theirs: dict[str, Any] = {"there": [member.pk for member in self._members if member.pk in current.there]}
        for pk, one in current.questions.items():
            theirs |= {f"place-{pk}": as_typed(one.place), f"outcome-{pk}": one.outcome, f"answer-{pk}": one.answer}
        return theirs
