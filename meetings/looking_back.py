"""Looking back on one page: what each part of the talk asks, and which part stands open (docs/domain.md#the-talk)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.forms import SharedTextForm, TypedTextField

from .forms import ServiceForm
from .models import AgendaItem, Evaluation, ImprovementPoint, LookBack, Meeting

FILM = ("giving", "getting", "portal", "open_questions")
WHOLE = ("tops", "tips", "obstacles")
ASKED: Mapping[Meeting.Kind, Mapping[LookBack, tuple[str, ...]]] = {
    Meeting.Kind.INTRODUCTION: {LookBack.WHOLE: (*WHOLE, "open_questions")},
    Meeting.Kind.NETWORK: {LookBack.FILM: FILM, LookBack.WHOLE: WHOLE},
    Meeting.Kind.CLOSING: {LookBack.FILM: FILM, LookBack.WHOLE: WHOLE, LookBack.AHEAD: ("ahead",)},
}
"""Of each kind of meeting the parts in which something is asked here, and what. `leervragen` brings the answering."""

OPENED_BY: Mapping[AgendaItem.Kind, LookBack] = {
    AgendaItem.Kind.MEETLAT: LookBack.ANSWERING,
    AgendaItem.Kind.ANSWERING: LookBack.ANSWERING,
    AgendaItem.Kind.EVALUATION: LookBack.FILM,
    AgendaItem.Kind.VIDEO: LookBack.FILM,
    AgendaItem.Kind.CLOSING: LookBack.WHOLE,
}


def parts_of(meeting: Meeting) -> list[LookBack]:
    return list(ASKED[Meeting.Kind(meeting.kind)])


def query_of_part(part: LookBack) -> dict[str, str]:
    """What stands after the "?" of a part. The meeting as a whole has the address of the page."""
    return {} if part == LookBack.WHOLE else {"part": part.value}


def address_of(meeting: Meeting, part: LookBack) -> str:
    """To which a part is sent, and where it stands open."""
    return reverse("meetings:evaluation", args=[meeting.pk], query=query_of_part(part))


def read_part(text: str | None) -> LookBack | None:
    return next((part for part in LookBack if part.value == text), None)


def opened_in(meeting: Meeting, asked_for: str | None) -> LookBack | None:
    """The part that was asked for, else that of the onderdeel that is on; None when all stand open."""
    if part := read_part(asked_for):
        return part
    item = meeting.current_item if meeting.is_running else None
    part = OPENED_BY.get(AgendaItem.Kind(item.kind)) if item else None
    return part if part in (LookBack.ANSWERING, *parts_of(meeting)) else None


class EvaluationForm(SharedTextForm, ServiceForm[Evaluation]):
    """What the scribe writes in one part. Of two who write in it, each is shown what the other wrote, and chooses."""

    class Meta:
        model = Evaluation
        fields = ["giving", "getting", "portal", "open_questions", "tops", "tips", "obstacles", "ahead"]
        field_classes = dict.fromkeys(fields, TypedTextField)
        labels = {
            "giving": _("Hoe was het om feedback te geven?"),
            "getting": _("Hoe was het om feedback te krijgen?"),
            "portal": _("Hoe ging het filmen, en hoe werkte het portaal?"),
            "open_questions": _("Met welke vragen zitten jullie nog?"),
            "tops": _("Tops: wat ging goed?"),
            "tips": _("Tips: wat kan beter?"),
            "obstacles": _("Wat zat tegen?"),
            "ahead": _("Hoe gaan we verder?"),
        }
        widgets = {name: forms.Textarea(attrs={"class": "ruled", "rows": 3}) for name in fields}

    stands_open = True
    address = ""
    """To which it is sent."""

    def __init__(self, data: QueryDict | None = None, *, meeting: Meeting, part: LookBack, **options: Any) -> None:
        super().__init__(data, auto_id=f"id_{part.value}_%s", **options)
        self.meeting, self.part = meeting, part
        self.names = ASKED[Meeting.Kind(meeting.kind)][part]
        for name in [name for name in self.fields if name not in (*self.names, "version")]:
            del self.fields[name]
        self.order_fields(self.names)
        self.initial["version"] = self.instance.version_of(self.names)

    @property
    def title(self) -> str:
        if self.part == LookBack.FILM and self.meeting.kind == Meeting.Kind.CLOSING:
            return str(_("Het filmen en de feedback, het hele traject"))
        return str(self.part.label)

    @property
    def is_written(self) -> bool:
        return any(getattr(self.instance, name) for name in self.names)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.names, "version")}

    def version_in(self, current: Evaluation) -> str:
        return current.version_of(self.names)


class ImprovementForm(ServiceForm[ImprovementPoint]):
    """`about` is the part that stands open; a word that is none is the meeting as a whole."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ImprovementPoint
        fields = ["text"]
        labels = {"text": _("Dit doen we anders")}

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "about": read_part(self.cleaned_data["about"]) or LookBack.WHOLE}
