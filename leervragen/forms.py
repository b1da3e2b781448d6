"""Forms for handing in, moving and answering leervragen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.forms import KeyField, SharedTextForm, TypedTextField, rows_of
from video_feedback.models import Clip

from .models import NUMBERS, Clarification, Leervraag, Meetlat, StripGroup, Tried, WrittenAnswer

PLACES = [(str(number), str(number)) for number in NUMBERS]
NUDGES = {"up": -1, "down": 1}
_VALUES = {"text": "", "situation": "", "clip": None}
AWAY = [choice for choice in Leervraag.State.choices if choice[0] != Leervraag.State.LAID]
"""Off the meetlat: what is laid lies on a number."""
MOVES = [*PLACES, ("up", _("Omhoog")), ("down", _("Omlaag")), *AWAY]


class _MemberField(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.name


class _ClipField(forms.ModelChoiceField[Clip]):
    def label_from_instance(self, obj: Clip) -> str:
        return obj.title


class _StripField(forms.ModelChoiceField[Leervraag]):
    def label_from_instance(self, obj: Leervraag) -> str:
        return f"{obj.number}: {obj.text}"


class LeervraagForm(forms.ModelForm[Leervraag]):
    """First what one meets at work, then the question, then a look whether a pupil can be recognised."""

    nobody_recognisable = forms.BooleanField(
        label=_("Nee, niemand is te herkennen"),
        error_messages={
            "required": _("Lees je vraag nog eens. Haal weg waaraan je een leerling herkent en zet dan dit vinkje.")
        },
    )

    class Meta:
        model = Leervraag
        fields = ["situation", "text", "clip"]
        field_classes = {"clip": _ClipField, "situation": TypedTextField}
        widgets = {
            "situation": forms.Textarea(attrs={"rows": 4}),
            "text": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "situation": _("Een paar zinnen zijn genoeg. Wat gebeurt er, en wat lukt nog niet?"),
            "text": _("Begin met ‘Hoe’, ‘Wat’ of ‘Wanneer’. Eén zin is genoeg."),
            "clip": _("Wie het fragment mag zien, kies je bij het fragment zelf."),
        }

    def __init__(self, *args: Any, owner: Membership | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clips = Clip.objects.filter(owner=owner, state=Clip.State.READY)
        if not clips.exists():
            self.fields.pop("clip", None)
        if "clip" in self.fields:
            clip = rows_of(self, "clip")
            clip.queryset, clip.empty_label = clips, _("Geen fragment")

    def clean_text(self) -> str:
        """One line: a strip has no room for more."""
        return " ".join(self.cleaned_data["text"].split())

    def values(self) -> dict[str, Any]:
        """What `services.asking` asks for."""
        return {name: self.cleaned_data.get(name, empty) for name, empty in _VALUES.items()}


class ChangeLeervraagForm(SharedTextForm, LeervraagForm):
    """The own question as it stands, perhaps open on two devices."""

    holds_many_facts = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version_of_text

    def values(self) -> dict[str, Any]:
        return {**super().values(), "version": self.cleaned_data["version"]}

    def version_in(self, current: Leervraag) -> str:
        return current.version_of_text

    def theirs_of(self, current: Leervraag) -> dict[str, Any]:
        return {name: getattr(current, name) for name in _VALUES if name in self.fields}


class NewLeervraagForm(LeervraagForm):
    """A new question; the coach may type it for someone else. `key` makes that posting twice makes one."""

    key = KeyField()

    def __init__(self, *args: Any, actor: Actor, meeting: Meeting, **kwargs: Any) -> None:
        self.own_membership = membership_of(actor, meeting)
        super().__init__(*args, owner=self.own_membership, **kwargs)
        if self.own_membership is not None and self.own_membership.is_coach:
            members = Membership.objects.current().filter(group=meeting.group_id).with_people()
            self.fields["author"] = _MemberField(
                queryset=members, label=_("Van wie is de vraag?"), empty_label=None, initial=self.own_membership.pk
            )
            self.order_fields(["author"])

    def values(self) -> dict[str, Any]:
        author = self.cleaned_data.get("author") or self.own_membership
        return {**super().values(), "key": self.cleaned_data["key"], "author": author}


class AddedLeervraagForm(NewLeervraagForm):
    """On an own phone while nobody is signed in: one's own question, without a fragment or anyone else's name."""

    def __init__(self, *args: Any, actor: Actor, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, meeting=meeting, **kwargs)
        for name in ("author", "clip"):
            self.fields.pop(name, None)


class QuickAddForm(NewLeervraagForm):
    """A new question during the talk: only the question itself."""

    class Meta(LeervraagForm.Meta):
        fields = ["text"]


class VersionForm(forms.Form):
    """`version` is the strip's as its mover saw it."""

    version = forms.IntegerField(min_value=0)


class MoveForm(VersionForm):
    """Where a strip goes: a number, up or down, or off the meetlat."""

    to = forms.ChoiceField(choices=MOVES)
    before = forms.UUIDField(required=False)


class StripGroupForm(forms.Form):
    """Which strip this one belongs with, and what the two have in common."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    beside = _StripField(Leervraag.objects.none(), label=_("Hoort bij"), empty_label=None)
    title = forms.CharField(label=_("Wat hebben ze gemeen?"), max_length=80, required=False)

    def __init__(self, *args: Any, strip: Leervraag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = strip.version
        others = strip.meeting.leervragen.in_order().filter(state=Leervraag.State.LAID).exclude(pk=strip.pk)
        if strip.strip_group_id:
            others = others.exclude(strip_group=strip.strip_group_id)
        rows_of(self, "beside").queryset = others

    @property
    def has_others(self) -> bool:
        """Whether there is a strip to lay this one beside."""
        others = rows_of(self, "beside").queryset
        return others is not None and others.exists()


class StripGroupNameForm(SharedTextForm):
    """What related questions have in common, in the words of the group."""

    title = forms.CharField(label=_("Naam van deze groep vragen"), max_length=80, required=False)

    def __init__(self, *args: Any, group: StripGroup, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": group.title, "version": group.version}
        super().__init__(*args, **kwargs)


class MinutesForm(forms.ModelForm[Meetlat]):
    class Meta:
        model = Meetlat
        fields = ["minutes_kept_back", "minutes_per_question"]

    def values(self) -> dict[str, Any]:
        """What `services.answering` asks for."""
        data = self.cleaned_data
        return {"kept_back": data["minutes_kept_back"], "per_question": data["minutes_per_question"]}


class LookBackForm(SharedTextForm, forms.ModelForm[Meetlat]):
    """What the group says of the answering, as one member writes it down: a part of the page of looking back."""

    class Meta:
        model = Meetlat
        fields = ["went", "keep"]
        field_classes = dict.fromkeys(fields, TypedTextField)
        widgets = {name: forms.Textarea(attrs={"class": "ruled", "rows": 3}) for name in ("went", "keep")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_answering_%s", **kwargs})
        self.initial["version"] = self.instance.version


class TriedForm(SharedTextForm, forms.ModelForm[Tried]):
    """What happened when the asker tried it; the own words, perhaps open on two devices."""

    holds_many_facts = True

    class Meta:
        model = Tried
        fields = ["happened", "is_shared"]
        field_classes = {"happened": TypedTextField}
        widgets = {"happened": forms.Textarea(attrs={"class": "ruled", "rows": 5})}
        help_texts = {
            "happened": _("Een paar zinnen zijn genoeg. Noem geen namen van leerlingen."),
            "is_shared": _("Zonder vinkje lees alleen jij dit. Je kunt het later nog veranderen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class WrittenAnswerForm(SharedTextForm, forms.ModelForm[WrittenAnswer]):
    """The own answer in writing; left empty it is taken back."""

    class Meta:
        model = WrittenAnswer
        fields = ["text"]
        help_texts = {
            "text": _("De groep en de expert lezen het, met je naam erbij. Maak het leeg om het terug te nemen.")
        }
        field_classes = {"text": TypedTextField}
        widgets = {"text": forms.Textarea(attrs={"class": "ruled", "rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The service checks the row: an empty text is no row."""


class ClarificationForm(forms.ModelForm[Clarification]):
    """ "Bedoel je …?", in one or two sentences."""

    key = KeyField()

    class Meta:
        model = Clarification
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


def _name_of(meeting: Meeting) -> str:
    return f"{meeting.number_name}: {meeting.topic.title}" if meeting.topic else meeting.number_name


class TakeUpForm(forms.Form):
    """For which meeting a question comes off the Parkeerplaats. The page asks once which there are."""

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(meeting.pk): meeting for meeting in meetings}
        self.fields["meeting"] = forms.TypedChoiceField(
            label=_("Voor welke bijeenkomst?"),
            choices=[(key, _name_of(meeting)) for key, meeting in by_key.items()],
            coerce=by_key.__getitem__,
            error_messages={
                "required": _("Kies een bijeenkomst die nog komt."),
                "invalid_choice": _("Kies een bijeenkomst die nog komt."),
            },
        )


class ExpertChoiceForm(forms.Form):
    """To which expert of the group a question goes. The page asks once who there are."""

    def __init__(self, *args: Any, experts: list[ExpertInvitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(invitation.pk): invitation for invitation in experts}
        self.fields["invitation"] = forms.TypedChoiceField(
            label=_("Naar welke expert?"),
            choices=[(key, one.expert.name) for key, one in by_key.items()],
            coerce=by_key.__getitem__,
            error_messages={
                "required": _("Kies een expert van deze groep."),
                "invalid_choice": _("Kies een expert van deze groep."),
            },
        )
