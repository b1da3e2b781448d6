"""Forms that put a meeting somewhere else in the row of a traject, or one more into it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from groups.models import LINE
from netwerkleren.base.forms import KeyField, SharedTextForm

from .forms import DateAndHourField, OverlapField
from .models import Meeting
from .overlaps import OVERLAP

SEEN = "seen"
"""The button under the page that says what will happen; the one before it asks for that page."""


def _places(traject: list[Meeting]) -> list[tuple[str, str]]:
    """After which meetings one may come: those before the afsluiting, and behind what is on or was held."""
    held = [index for index, one in enumerate(traject) if one.is_running or one.state == Meeting.State.ENDED]
    allowed = traject[held[-1] if held else 0 :]
    return [
        (str(one.pk), f"{one.number_name}: {one.topic.title}" if one.topic else one.number_name)
        for one in allowed
        if one.kind != Meeting.Kind.CLOSING
    ]


class AfterField(forms.TypedChoiceField):
    """The meeting after which one comes, by its id."""

    def __init__(self, places: list[tuple[str, str]]) -> None:
        super().__init__(label=gettext_lazy("Na welke bijeenkomst?"), choices=places, coerce=UUID)


class NewMeetingForm(forms.Form):
    free: Sequence[Mapping[str, str]] = ()
    """The free weeks of the group, as a SharedTextForm has them."""
    key = KeyField()
    after = AfterField([])
    starts_at = DateAndHourField(
        label=gettext_lazy("Begin"),
        required=False,
        help_text=gettext_lazy("Weten jullie het nog niet? Laat leeg: dan staat er “datum volgt”."),
    )
    despite_overlap = OverlapField()
    place = forms.CharField(label=gettext_lazy("Plaats"), max_length=LINE, required=False)

    def __init__(self, *args: Any, traject: list[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        places = _places(traject)
        self.fields["after"] = AfterField(places)
        self.initial["after"] = places[-1][0] if places else ""
        self.initial["place"] = next((one.place for one in reversed(traject) if one.place), "")

    @property
    def asks_about_overlap(self) -> bool:
        return self.has_error("starts_at", OVERLAP) or bool(self["despite_overlap"].value())

    def values(self) -> dict[str, Any]:
        """What `services.placing` asks for."""
        return dict(self.cleaned_data)


class MeetingPlaceForm(SharedTextForm):
    """Its place in the row and its date. Introductie and afsluiting have their place, and only a date."""

    holds_many_facts = True
    after = AfterField([])
    starts_at = DateAndHourField(label=gettext_lazy("Begin"), required=False)
    despite_overlap = OverlapField()

    def __init__(self, *args: Any, meeting: Meeting, traject: list[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        self.traject = [one for one in traject if one.pk != meeting.pk]
        if meeting.kind == Meeting.Kind.NETWORK:
            self.fields["after"] = AfterField(_places(self.traject))
        else:
            del self.fields["after"]
        self.initial["after"] = self._before(meeting)
        self.initial["starts_at"] = meeting.starts_at
        self.initial["version"] = meeting.version_of_place

    def _before(self, meeting: Meeting) -> str:
        earlier = [one for one in self.traject if one.position < meeting.position]
        return str(earlier[-1].pk) if earlier else ""

    @property
    def asks_about_overlap(self) -> bool:
        return self.has_error("starts_at", OVERLAP) or bool(self["despite_overlap"].value())

    def values(self) -> dict[str, Any]:
        """What `services.placing` asks for."""
        # Where introductie and afsluiting come is no choice: the service knows.
        return {"after": self.meeting.pk, **self.cleaned_data}

    def version_in(self, current: Meeting) -> str:
        return current.version_of_place

    def theirs_of(self, current: Meeting) -> dict[str, Any]:
        theirs = {"after": self._before(current), "starts_at": current.starts_at}
        return {name: value for name, value in theirs.items() if name in self.fields}


class RemoveForm(forms.Form):
    """Where what waits in the meeting goes: asked only where something does."""

    to_next = forms.ChoiceField(
        label=gettext_lazy("Waar gaat dat heen?"),
        choices=[
            ("1", gettext_lazy("Naar de volgende netwerkbijeenkomst")),
            ("0", gettext_lazy("Naar de Parkeerplaats")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="1",
    )

    @property
    def goes_on(self) -> bool:
        return not self.is_bound or self.cleaned_data["to_next"] != "0"
