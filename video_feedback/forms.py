"""What people fill in around a fragment. Each form that makes a row carries the key of that row (`base/once.py`)."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import LINE, PARAGRAPH, Membership, memberships_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.forms import KeyField, RowField, SharedTextForm
from netwerkleren.base.templatetags.ui import duration_ms

from .models import (
    CARE_ASKS_MORE,
    GUESTS,
    PRACTICE_MS,
    STATEMENTS,
    Clip,
    ConsentStatement,
    PracticeTop,
    Remark,
    Talentmoment,
)
from .moments import moment_ms


class FilmMomentField(forms.CharField):
    """A moment of the film as minutes and seconds (`moments.py`); gives ms, or None when it is left empty."""

    # Of the keypads of an iPhone only that for decimals has a sign that parts minutes from seconds: a comma.
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return moment_ms(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("Schrijf het moment als minuten en seconden, zoals 1:12.")) from None


class MembershipChoice(forms.ModelChoiceField[Membership]):
    """People as the user knows them: oneself is "ik"."""

    def __init__(self, own: list[Membership], **options: Any) -> None:
        self.own = {membership.pk for membership in own}
        self.shows_group = len(own) > 1
        super().__init__(**options)

    def label_from_instance(self, obj: Membership) -> str:
        who = _("ik") if obj.pk in self.own else _("mijn maatje %(name)s") % {"name": obj.name}
        return _("%(who)s, in %(group)s") % {"who": who, "group": obj.group} if self.shows_group else who


class MeetingChoice(forms.ModelChoiceField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        return _("%(number)s: %(title)s") % {"number": obj.number_name, "title": obj.title} if obj.topic else obj.title


class ClipForm(forms.Form):
    """Nieuw fragment: for whom, its title, for which meeting; the recording comes on the next page."""

    key = KeyField()
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=LINE,
        help_text=gettext_lazy("Zoals: Drie tellen wachten. Noem geen naam van een leerling."),
    )
    goal = forms.CharField(
        label=gettext_lazy("Leerdoel van deze les"),
        required=False,
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In gedrag dat een ander kan zien, zoals: ik wacht drie tellen na een vraag."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        own = list(Membership.objects.current().filter(user=actor.pk).with_people().select_related("user", "group"))
        people = Membership.objects.current().filter(pk__in=[membership.pk for membership in own])
        pairs = [membership.pair_id for membership in own if membership.pair_id]
        people |= Membership.objects.current().filter(pair__in=pairs)
        self.own = {membership.group_id: membership for membership in own}
        self.fields["owner"] = MembershipChoice(
            own,
            label=_("Wie zie je aan het werk?"),
            queryset=people.select_related("user", "group").order_by("group", "joined"),
            widget=forms.RadioSelect,
            empty_label=None,
            initial=own[0] if own else None,
        )
        meetings = Meeting.objects.visible_to(actor).upcoming().select_related("topic")
        self.fields["meeting"] = MeetingChoice(
            label=_("Voor welke bijeenkomst?"),
            queryset=meetings,
            required=False,
            empty_label=_("Nog niet bekend"),
            initial=next((meeting for meeting in meetings if own and meeting.group_id == own[0].group_id), None),
        )
        if own and not own[0].user.has_agreed_rules:
            self.fields["agrees"] = forms.BooleanField(
                label=_("Ik heb de gebruiksregels gelezen en houd me eraan."),
                help_text=format_html(
                    '<a href="{}">{}</a>. {}',
                    reverse("roof:paper", args=["rules"]),
                    _("Lees de gebruiksregels"),
                    _("We vragen dit een keer per jaar."),
                ),
                error_messages={"required": _("Lees de gebruiksregels en zeg dat je je eraan houdt.")},
            )
        self.order_fields(["key", "owner", "title", "meeting", "goal", "agrees"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owner, meeting = data.get("owner"), data.get("meeting")
        if owner is not None:
            data["uploaded_by"] = self.own[owner.group_id]
        if owner is not None and meeting is not None and meeting.group_id != owner.group_id:
            self.add_error("meeting", _("Deze bijeenkomst is van een andere groep."))
        return data


class ShareForm(forms.Form):
    """Who may watch, and the statement without which nobody may."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Wie mag kijken?"),
        choices=[
            (Clip.Audience.MAATJE, gettext_lazy("mijn maatje")),
            (Clip.Audience.GROUP, gettext_lazy("de hele groep")),
        ],
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Wat weten de ouders?"),
        choices=[(scope, STATEMENTS[scope]) for scope in ConsentStatement.Scope],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een verklaring. Zonder verklaring kun je niet delen.")},
    )
    includes_guests = forms.BooleanField(label=GUESTS, required=False)

    def __init__(self, *args: Any, is_about_care: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_about_care:
            scope, all_parents = cast("forms.ChoiceField", self.fields["scope"]), ConsentStatement.Scope.ALL_PARENTS
            scope.choices = [(all_parents, STATEMENTS[all_parents])]
            # A form that was open when the coach said so.
            scope.error_messages["invalid_choice"] = CARE_ASKS_MORE


class RemarkForm(forms.Form):
    key = KeyField()
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), choices=Remark.Kind.choices, initial=Remark.Kind.TOP)
    start = FilmMomentField(
        label=gettext_lazy("Op moment"),
        max_length=8,
        help_text=gettext_lazy("Zoals 1:12. Op je telefoon kan ook 1,12 of 112."),
        error_messages={"required": gettext_lazy("Op welk moment van de film is dit?")},
    )
    end = FilmMomentField(
        label=gettext_lazy("tot"),
        max_length=8,
        required=False,
    )
    principle = forms.ChoiceField(choices=[("", ""), *Remark.Principle.choices], required=False)
    text = forms.CharField(
        label=gettext_lazy("Wat wil je zeggen?"),
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Schrijf eerst wat je wilt zeggen.")},
    )


class PracticeTopForm(SharedTextForm):
    """One top on the oefenfragment."""

    start = FilmMomentField(
        label=gettext_lazy("Op moment"),
        max_length=8,
        help_text=gettext_lazy("Zoals 0:24. Op je telefoon kan ook 0,24 of 24."),
        error_messages={"required": gettext_lazy("Op welk moment van de film is dit?")},
    )
    text = forms.CharField(
        label=gettext_lazy("Jouw top: wat ging hier goed?"),
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf eerst wat er goed ging.")},
    )

    def __init__(self, *args: Any, top: PracticeTop, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.theirs_of(top), "version": top.version} if top.text else {"version": top.version}
        super().__init__(*args, **kwargs)

    def clean_start(self) -> int:
        start: int = self.cleaned_data["start"]
        if start > PRACTICE_MS:
            raise ValidationError(_("De film duurt een minuut. Kies een moment daarin."))
        return start

    def values(self) -> dict[str, Any]:
        return {
            "start_ms": self.cleaned_data["start"],
            "text": self.cleaned_data["text"],
            "version": self.cleaned_data["version"],
        }

    def theirs_of(self, current: PracticeTop) -> dict[str, Any]:
        return {"start": duration_ms(current.start_ms), "text": current.text}


class TalentmomentForm(forms.Form):
    key = KeyField()
    text = forms.CharField(
        label=gettext_lazy("Wat zag je?"),
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "ruled"}),
        error_messages={"required": gettext_lazy("Schrijf in een paar woorden wat je zag.")},
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Bij wie?"),
        choices=Talentmoment.Whom.choices,
        initial=Talentmoment.Whom.PUPIL,
        required=False,
        widget=forms.RadioSelect,
    )
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Waaraan zag je het?"),
        choices=Talentmoment.Sign.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    before = forms.CharField(
        label=gettext_lazy("Wat deed jij net daarvoor?"),
        required=False,
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    after = forms.CharField(
        label=gettext_lazy("Wat kwam erna?"),
        required=False,
        max_length=PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = memberships_of(actor)
        own = [one for one in mine if one.group.closed_at is None]
        # What was typed before the group was closed is shown once more, beside why it is not kept.
        self.has_group = bool(own) or self.is_bound
        self.is_closed = bool(mine) and not own
        self.only_author = own[0] if len(own) == 1 else None
        if len(own) > 1:
            author = self.fields["author"] = RowField(
                Membership.objects.filter(pk__in=[membership.pk for membership in own]).select_related("group"),
                named=lambda membership: str(membership.group),
                label=_("Voor welke groep?"),
                empty_label=None,
                initial=own[0],
            )
            # They are known already: Vandaag shows this form beside much else.
            author.choices = [(str(membership.pk), str(membership.group)) for membership in own]
        self.fields["clip"] = RowField(
            Clip.objects.owned_by(actor).filter(state=Clip.State.READY),
            named=lambda clip: clip.title,
            label=_("Hoort er een fragment bij?"),
            required=False,
            empty_label=_("Geen fragment"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("author", self.only_author)
        data["whom"] = data.get("whom") or Talentmoment.Whom.PUPIL
        if data["author"] is None and "author" not in self.errors:
            raise forms.ValidationError(
                _("Je groep is afgesloten. Er komt niets meer bij.")
                if self.is_closed
                else _("Je zit nog niet in een groep.")
            )
        return data


class AddedTalentmomentForm(TalentmomentForm):
    """On an own phone while nobody is signed in: it shows no fragment."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        del self.fields["clip"]


READY_WORDS = (
    gettext_lazy("wachttijd"),
    gettext_lazy("open vraag"),
    gettext_lazy("vraagt door"),
    gettext_lazy("laat de leerling eerst denken"),
    gettext_lazy("geeft een voorbeeld"),
    gettext_lazy("maakt de taak kleiner"),
    gettext_lazy("de leerling neemt het over"),
)
"""What an observer often sees, so that one need not type it; from room, structure and flexible support."""


class ObserverNoteForm(forms.Form):
    """One moment of a lesson of a maatje, or of another of the group for who has none. `kind` is the button."""

    key = KeyField()
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Wat zie je?"),
        required=False,
        max_length=LINE,
        widget=forms.TextInput(attrs={"list": "woorden", "autocomplete": "off", "enterkeyhint": "done"}),
        help_text=gettext_lazy("Een paar woorden, of geen. Noem geen naam van een leerling."),
    )
    kind = forms.ChoiceField(choices=Remark.Kind.choices, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        own = [one for one in memberships_of(actor) if one.group.closed_at is None]
        self.own = {membership.group_id: membership for membership in own}
        others = Membership.objects.current().exclude(user=actor.pk).with_people().select_related("group")
        paired = {membership.group_id for membership in own if membership.pair_id}
        maatjes = Q(pair__in=[membership.pair_id for membership in own if membership.pair_id])
        group_mates = Q(group__in=set(self.own) - paired, role=Membership.Role.PARTICIPANT)
        people = self.offered(list(others.filter(maatjes | group_mates)))
        observed = self.fields["observed"] = forms.TypedChoiceField(
            label=_("Bij wie kijk je?"),
            choices=[
                (str(one.pk), _("%(who)s, in %(group)s") % {"who": who, "group": one.group} if len(own) > 1 else who)
                for who, one in people
            ],
            coerce={str(one.pk): one for _who, one in people}.__getitem__,
            widget=forms.RadioSelect,
        )
        if people and not observed.initial:
            observed.initial = str(people[0][1].pk)
        self.has_lesson = bool(people)
        self.ready_words = READY_WORDS

    def offered(self, people: list[Membership]) -> list[tuple[str, Membership]]:
        """Each under the words by which the observer knows them."""
        return [(one.name, one) for one in people]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["kind"] = data.get("kind") or Remark.Kind.TOP
        if observed := data.get("observed"):
            data["observer"] = self.own[observed.group_id]
        return data


class AddedObserverNoteForm(ObserverNoteForm):
    """On an own phone while nobody is signed in: it names nobody, so one watches the own maatje."""

    def offered(self, people: list[Membership]) -> list[tuple[str, Membership]]:
        pairs = {own.pair_id for own in self.own.values()} - {None}
        maatjes = [one for one in people if one.pair_id in pairs]
        counted = [sum(other.pair_id == one.pair_id for other in maatjes[:place]) for place, one in enumerate(maatjes)]
        return [
            (_("mijn maatje") if place == 0 else _("mijn andere maatje"), one)
            for place, one in zip(counted, maatjes, strict=True)
        ]
