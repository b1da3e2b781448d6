"""The steps of the wizard. Each keeps what was typed as text, so that going back or a mistake loses nothing."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE
from meetings.dates import MOST_NETWORK_MEETINGS, check_order
from meetings.forms import check_year
from meetings.models import Meeting

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
    try:
        return from_current_timezone(datetime.combine(day, clock))
    except ValidationError:
        # Django's own sentence is about time zones.
        raise ValidationError(_("In deze nacht gaat de klok een uur vooruit of terug. Kies een ander uur.")) from None


class MeetingsForm(forms.Form):
    """How many, and when and where the introductie is. `cleaned_data["introduction_at"]` is aware."""

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
    place = forms.CharField(
        label=gettext_lazy("Waar?"),
        max_length=LINE,
        required=False,
        help_text=gettext_lazy("Zoals: obs De Lindenhof, lokaal 12. Weet je het nog niet, laat het dan leeg."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("date") and cleaned.get("time"):
            try:
                cleaned["introduction_at"] = moment(cleaned["date"], cleaned["time"])
            except ValidationError as problem:
                # Two fields are checked together, and the sentence belongs beside one of them.
                self.add_error("time", problem)
        return cleaned


class DatesForm(forms.Form):
    """A date for each netwerkbijeenkomst and the afsluiting; an empty one is "datum volgt".

    `cleaned_data["dates"]` are aware moments or None, in the order of the traject.
    """

    def __init__(self, *args: Any, introduction_at: datetime, network_count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        return cleaned

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


def planned(introduction_at: datetime, dates: Sequence[datetime | None]) -> list[tuple[str, datetime | None]]:
    """Every meeting with its name, for the page to check."""
    network = [_("Bijeenkomst %(number)d") % {"number": number + 1} for number in range(len(dates) - 1)]
    names = [str(Meeting.Kind.INTRODUCTION.label), *network, str(Meeting.Kind.CLOSING.label)]
    return list(zip(names, [introduction_at, *dates], strict=True))
