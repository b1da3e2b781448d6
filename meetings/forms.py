"""Forms about meetings. They read and check single fields; what must fit together is checked by the services."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, LINK, Membership
from netwerkleren.base.forms import RowField, SharedTextForm

from .dates import DATE_STAYS, default_deadlines, moments_by_our_clock
from .models import (
    Agreement,
    Attendance,
    Expert,
    ExpertInvitation,
    Meeting,
    Recorded,
)
from .overlaps import OVERLAP, planned_id
from .rhythm import rule_of
from .services.changing import Fixed

M = TypeVar("M", bound=Model)


class ServiceForm(forms.ModelForm[M]):
    """Reads single fields as the model describes them, and leaves the row alone: a service checks and saves."""

    def _post_clean(self) -> None:
        pass


FURTHEST = timedelta(days=3 * 366)
"""A date further away than this is a slip of the pen; a traject that was held last year may still be put right."""


def check_year(day: date) -> None:
    """Raises ValidationError for a slip of the pen, such as the year 0026 that a date field takes from "26"."""
    if not -FURTHEST <= day - timezone.localdate() <= FURTHEST:
        raise ValidationError(_("Kijk het jaartal nog eens na."))


class DateAndHourField(forms.DateTimeField):
    """A date and an hour in one native field, on the Dutch clock."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> datetime | None:
        with moments_by_our_clock():
            return super().to_python(value)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None:
            check_year(value.date())


class LinkField(forms.URLField):
    """A link of whatever length fits; a longer one is refused and never cut, since half a link leads nowhere."""

    default_error_messages: ClassVar = {
        "invalid": _("Dit is geen link. Plak hem zoals hij in de uitnodiging staat."),
        "max_length": _("Deze link heeft %(length)d tekens, en er passen er %(most)d. Vraag een kortere link."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LINK, assume_scheme="https", **options)

    def run_validators(self, value: str) -> None:
        if len(value) > LINK:
            # Said alone: to Django what is too long is no link either.
            raise ValidationError(self.error_messages["max_length"], params={"length": len(value), "most": LINK})
        super().run_validators(value)


class OverlapField(forms.BooleanField):
    """Says that a meeting may be at the same time as another; asked only once it turned out to be."""

    def __init__(self) -> None:
        super().__init__(label=_("Bewaar toch, het mag tegelijk"), required=False)


class MeetingForm(SharedTextForm, ServiceForm[Meeting]):
    """When, where and what. Without a start the date follows.

    What stands in a field is what is meant: an empty deadline is none. Only a deadline that nobody touched follows its
    date, also to the first one; each field brings along what it showed at first, so that the same form means the same
    however often it is sent.
    """

    holds_many_facts = True
    topic = forms.CharField(label=_("Onderwerp"), max_length=LINE, required=False)
    starts_at = DateAndHourField(
        label=_("Begin"),
        required=False,
        help_text=_("Weten jullie het nog niet? Laat leeg: dan staat er “datum volgt”."),
        show_hidden_initial=True,
    )
    despite_overlap = OverlapField()
    online_url = LinkField(label=_("Link om online mee te doen"), required=False)
    leervraag_deadline = DateAndHourField(label=_("Leervragen inleveren tot"), required=False, show_hidden_initial=True)
    clip_deadline = DateAndHourField(label=_("Fragmenten plaatsen tot"), required=False, show_hidden_initial=True)
    feedback_deadline = DateAndHourField(label=_("Feedback geven tot"), required=False, show_hidden_initial=True)

    class Meta:
        model = Meeting
        fields = [
            "topic",
            "starts_at",
            "minutes_available",
            "place",
            "online_url",
            "leervraag_deadline",
            "clip_deadline",
            "feedback_deadline",
        ]
        labels = {
            "minutes_available": _("Hoeveel minuten hebben jullie?"),
            "place": _("Plaats"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["topic"] = self._topic_of(self.instance)
        self.initial["version"] = self.instance.version
        if self.instance.has_begun:
            self.fields["starts_at"].widget.attrs["readonly"] = True
            self.fields["starts_at"].help_text = _(
                "Deze bijeenkomst is bezig of geweest: haar datum verandert niet meer."
            )
        if self.instance.kind != Meeting.Kind.NETWORK:
            del self.fields["topic"], self.fields["leervraag_deadline"]
        if self.instance.kind == Meeting.Kind.INTRODUCTION:
            del self.fields["clip_deadline"], self.fields["feedback_deadline"]

    @staticmethod
    def _topic_of(meeting: Meeting) -> str:
        return meeting.topic.title if meeting.topic else ""

    @property
    def asks_about_overlap(self) -> bool:
        return self.has_error("starts_at", OVERLAP) or bool(self["despite_overlap"].value())

    def values(self) -> dict[str, Any]:
        """What `services.changing` asks for."""
        facts: dict[str, Any] = dict(self.cleaned_data)
        first, rule = self._shown_at_first("starts_at"), rule_of(self.instance.group)
        before = default_deadlines(self.instance.kind, first, rule).by_field()
        after = default_deadlines(self.instance.kind, facts["starts_at"], rule).by_field()
        if facts["starts_at"] != first:
            for name in before.keys() & self.fields.keys():
                if facts[name] == self._shown_at_first(name) == before[name]:
                    facts[name] = after[name]
        return facts

    def _shown_at_first(self, name: str) -> datetime | None:
        field = self[name]
        shown = self.data.get(field.html_initial_name)
        moment: datetime | None = field.initial if shown is None else self.fields[name].to_python(shown)
        return moment

    def theirs_of(self, current: Meeting) -> dict[str, Any]:
        names = [field.name for field in self.visible_fields() if field.name != "despite_overlap"]
        return {name: self._topic_of(current) if name == "topic" else getattr(current, name) for name in names}


class FixedForm(SharedTextForm):
    """One meeting's line on the page where the group fixes its dates."""

    holds_many_facts = True
    starts_at = DateAndHourField(label=_("Begin"), required=False)
    place = forms.CharField(label=_("Plaats"), max_length=LINE, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        initial = {"starts_at": meeting.starts_at, "place": meeting.place, "version": meeting.version_of_date}
        super().__init__(*args, **{**options, "prefix": str(meeting.pk), "initial": initial})
        self.meeting = meeting
        if meeting.has_begun:
            self.fields["starts_at"].widget.attrs["readonly"] = True

    def version_in(self, current: Meeting) -> str:
        return current.version_of_date


class FixedDatesForm(SharedTextForm):
    """The page where the group fixes its dates: a line for each meeting, each with its own version.

    What was sent may have fewer of them: Leiden asks for no other date of the meeting that is on.
    """

    version = None  # type: ignore[assignment]
    despite_overlap = OverlapField()

    def __init__(self, *args: Any, meetings: list[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        asked = [meeting for meeting in meetings if any(name.startswith(f"{meeting.pk}-") for name in self.data)]
        self.lines = [FixedForm(*args, **options, meeting=meeting) for meeting in asked or meetings]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *[line.is_valid() for line in self.lines]])

    def add_error(self, field: str | None, error: Any) -> None:
        """What is about one date stands beside that date."""
        lines = {line.meeting.pk: line for line in self.lines}
        for one in ValidationError(error).error_list:
            line = lines.get(planned_id(one)) if one.code in (OVERLAP, DATE_STAYS) else None
            (line.add_error("starts_at", one) if line else super().add_error(field, one))

    @property
    def asks_about_overlap(self) -> bool:
        return any(line.has_error("starts_at", OVERLAP) for line in self.lines) or bool(self["despite_overlap"].value())

    def values(self) -> dict[str, Any]:
        """What `services.changing` asks for."""
        dates = {line.meeting.pk: Fixed(**line.cleaned_data) for line in self.lines}
        return {"dates": dates, "despite_overlap": self.cleaned_data["despite_overlap"]}

    def show_theirs(self, current: Mapping[UUID, Meeting]) -> None:
        for line in self.lines:
            if line.meeting.pk in current:
                line.show_theirs(current[line.meeting.pk])


class ExpertForm(ServiceForm[Expert]):
    """Who is asked, and what is said to them."""

    topic = forms.CharField(label=_("Onderwerp van de bijeenkomst"), max_length=LINE)
    message = forms.CharField(
        label=_("Persoonlijke boodschap"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dag, uur, plaats en de uitleg over de pitch staan al in de mail."),
    )

    class Meta:
        model = Expert
        fields = ["topic", "name", "email", "description", "message"]
        labels = {"name": _("Naam"), "email": _("E-mailadres"), "description": _("Wie is dit?")}

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        if meeting.topic or meeting.kind != Meeting.Kind.NETWORK:
            del self.fields["topic"]


class InvitationAnswerForm(ServiceForm[ExpertInvitation]):
    """The expert's yes or no; two buttons carry the answer."""

    answer = forms.ChoiceField(choices=[(ExpertInvitation.Answer.YES, _("Ja")), (ExpertInvitation.Answer.NO, _("Nee"))])

    class Meta:
        model = ExpertInvitation
        fields = ["answer", "remark"]
        labels = {"remark": _("Wil je er iets bij zeggen?")}


class AgreementForm(ServiceForm[Agreement]):
    class Meta:
        model = Agreement
        fields = ["text", "owner", "due"]
        labels = {"text": _("Wat spreken jullie af?"), "owner": _("Wie doet het?"), "due": _("Voor wanneer?")}
        help_texts = {"owner": ""}
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        members = Membership.objects.current().filter(group=meeting.group).with_people()
        self.fields["owner"] = RowField(
            members,
            named=lambda member: member.name,
            label=_("Wie doet het?"),
            empty_label=str(_("De hele groep")),
            required=False,
        )


class AttendanceForm(SharedTextForm):
    """One line per member. Nobody is said to be there until someone says so."""

    holds_many_facts = True

    def __init__(self, *args: Any, members: list[Membership], recorded: Recorded, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = recorded.version
        for member in members:
            self.fields[str(member.pk)] = forms.ChoiceField(
                label=member.name,
                choices=[*Attendance.Status.choices, ("", _("weet ik niet"))],
                widget=forms.RadioSelect,
                required=False,
                initial=recorded.statuses.get(member.pk, ""),
            )

    def values(self) -> dict[str, Any]:
        """What `services.running` asks for."""
        statuses = {UUID(name): status for name, status in self.cleaned_data.items() if name != "version"}
        return {"statuses": statuses, "version": self.cleaned_data["version"]}

    def theirs_of(self, current: Recorded) -> dict[str, Any]:
        return {str(pk): status for pk, status in current.statuses.items()}
