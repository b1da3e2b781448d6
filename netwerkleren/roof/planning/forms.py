"""The steps of the wizard. Each keeps what was typed as text, so that going back or a mistake loses nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE
from meetings.agendas import minutes_of
from meetings.dates import MOST_NETWORK_MEETINGS, check_order, moments_by_our_clock
from meetings.forms import OverlapField, check_year
from meetings.models import Meeting
from meetings.overlaps import OVERLAP, overlaps_of, planned_id
from netwerkleren.base.access import Actor

DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y"]
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]


class DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATE_FORMATS, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None:
            check_year(value)


class TimeField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=TIME_FORMATS, **kwargs)


def moment(day: date, clock: time) -> datetime:
    """An aware moment of a Dutch clock. Raises ValidationError for an hour that a change of clocks skips."""
    with moments_by_our_clock():
        return from_current_timezone(datetime.combine(day, clock))


class MeetingsForm(forms.Form):
    """How many, and when and where the introductie is. `cleaned_data["introduction_at"]` is aware."""

    free: Sequence[Mapping[str, str]] = ()
    """The free weeks of the coach's other groups: a date in one gets a word."""

    network_count = forms.IntegerField(
        label=gettext_lazy("Hoeveel netwerkbijeenkomsten?"),
        min_value=1,
        max_value=MOST_NETWORK_MEETINGS,
        help_text=gettext_lazy("Introductie en afsluiting komen er vanzelf bij."),
        error_messages={
            "min_value": gettext_lazy("Kies er minstens %(limit_value)s."),
            "max_value": gettext_lazy("Kies er hoogstens %(limit_value)s."),
        },
    )
    date = DateField(label=gettext_lazy("Datum van de introductie"))
    time = TimeField(label=gettext_lazy("Begint om"))
    despite_overlap = OverlapField()
    place = forms.CharField(
        label=gettext_lazy("Waar?"),
        max_length=LINE,
        required=False,
        help_text=gettext_lazy("Zoals: obs De Lindenhof, lokaal 12. Weet je het nog niet, laat het dan leeg."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("date") and cleaned.get("time"):
            try:
                cleaned["introduction_at"] = moment(cleaned["date"], cleaned["time"])
            except ValidationError as problem:
                # Two fields are checked together, and the sentence belongs beside one of them.
                self.add_error("time", problem)
        if cleaned.get("introduction_at") and not cleaned["despite_overlap"]:
            for _index, told in _overlaps(self.actor, [cleaned["introduction_at"]]):
                self.add_error("date", told)
        return cleaned

    @property
    def asks_about_overlap(self) -> bool:
        return self.has_error("date", OVERLAP) or bool(self["despite_overlap"].value())


class DatesForm(forms.Form):
    """A date for each netwerkbijeenkomst and the afsluiting; an empty one is "datum volgt".

    `cleaned_data["dates"]` are aware moments or None, in the order of the traject.
    """

    free: Sequence[Mapping[str, str]] = ()

    despite_overlap = OverlapField()

    def __init__(self, *args: Any, actor: Actor, introduction_at: datetime, network_count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.introduction_at = introduction_at
        network = [_("Bijeenkomst %(number)d") % {"number": number + 1} for number in range(network_count)]
        self.names = [*network, str(Meeting.Kind.CLOSING.label)]
        hour = timezone.localtime(introduction_at).time()
        for index, name in enumerate(self.names):
            self.fields[f"date_{index}"] = DateField(label=_("%(name)s, datum") % {"name": name}, required=False)
            self.fields[f"time_{index}"] = TimeField(
                label=_("%(name)s, begint om") % {"name": name}, required=False, initial=hour
            )

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(name, self[f"date_{index}"], self[f"time_{index}"]) for index, name in enumerate(self.names)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        dates = [self._moment(index) for index in range(len(self.names))]
        introduction = str(Meeting.Kind.INTRODUCTION.label)
        check_order([(introduction, self.introduction_at), *zip(self.names, dates, strict=True)])
        cleaned["dates"] = dates
        if not cleaned["despite_overlap"]:
            for index, told in _overlaps(self.actor, [self.introduction_at, *dates]):
                if index > 0:  # the introductie has its own step
                    self.add_error(f"date_{index - 1}", told)
        return cleaned

    @property
    def asks_about_overlap(self) -> bool:
        is_told = any(self.has_error(f"date_{index}", OVERLAP) for index in range(len(self.names)))
        return is_told or bool(self["despite_overlap"].value())

    def _moment(self, index: int) -> datetime | None:
        day, clock = self.cleaned_data.get(f"date_{index}"), self.cleaned_data.get(f"time_{index}")
        if day is None:
            return None
        try:
            return moment(day, clock or timezone.localtime(self.introduction_at).time())
        except ValidationError as problem:
            # Beside its own row; the other rows are checked too.
            self.add_error(f"time_{index}", problem)
            return None


def _overlaps(actor: Actor, starts: Sequence[datetime | None]) -> Iterator[tuple[int, ValidationError]]:
    """With which other meetings these would be at the same time, each by its place in the traject."""
    kinds = [Meeting.Kind.INTRODUCTION, *[Meeting.Kind.NETWORK] * (len(starts) - 2), Meeting.Kind.CLOSING]
    meetings = [
        Meeting(kind=kind, position=position, starts_at=start, minutes_available=minutes_of(kind))
        for position, (kind, start) in enumerate(zip(kinds, starts, strict=False))
    ]
    places = {meeting.pk: meeting.position for meeting in meetings}
    for told in overlaps_of(actor=actor, group=None, planned=meetings):
        yield places[planned_id(told)], told


def planned(introduction_at: datetime, dates: Sequence[datetime | None]) -> list[tuple[str, datetime | None]]:
    """Every meeting with its name, for the page to check."""
    network = [_("Bijeenkomst %(number)d") % {"number": number + 1} for number in range(len(dates) - 1)]
    names = [str(Meeting.Kind.INTRODUCTION.label), *network, str(Meeting.Kind.CLOSING.label)]
    return list(zip(names, [introduction_at, *dates], strict=True))
