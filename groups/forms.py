"""Forms about people and their group. What was typed stays; what is wrong is said beside the field."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from netwerkleren.base.fields import at_most
from netwerkleren.base.forms import SharedTextForm, rows_of

from .addresses import Address, read_addresses
from .models import LINE, Invitation, Membership, NetworkGroup, School, User, WorkingAgreement
from .photos import MOST_BYTES, PHOTO_TOO_LARGE, square_photo
from .profiles import Profile
from .services.members import Workplace
from .services.schools import SchoolName

MOST_PEOPLE = 60
PASTE = 10_000
"""The most characters of a paste: far more than 60 people need."""
SHOWN_BAD, SHOWN_LENGTH = 10, 60
WITHOUT_BAD = "without_bad"
"""The button that goes on with the good addresses only."""


class NetworkGroupForm(forms.ModelForm[NetworkGroup]):
    class Meta:
        model = NetworkGroup
        fields = ["name", "theme", "theme_is_given"]
        help_texts = {
            "name": gettext_lazy("Zoals De Hondsrug, of de naam van jullie streek."),
            "theme": gettext_lazy("Waar gaat het hele traject over? Kiest de groep het zelf, laat het dan nog leeg."),
        }
        labels = {"theme_is_given": gettext_lazy("De organisatie koos het thema")}


class ChangeGroupForm(SharedTextForm, NetworkGroupForm):
    """Of a group that is there: another coach may be changing it too."""

    holds_many_facts = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class PeopleForm(forms.Form):
    """`cleaned_data["people"]` is a list of `Address`, each once, without the coach's own."""

    people = forms.CharField(
        label=gettext_lazy("E-mailadressen"),
        max_length=PASTE,
        help_text=gettext_lazy("Plak ze zoals ze in Outlook staan, met of zonder naam. Een per regel mag ook."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, own_email: str, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email.lower()
        self.fields["people"].required = required
        self.bad: list[str] = []

    def clean_people(self) -> list[Address]:
        pasted = read_addresses(self.cleaned_data["people"])
        people = [person for person in pasted.people if person.email != self.own_email]
        self.bad = pasted.bad
        if len(people) > MOST_PEOPLE:
            raise ValidationError(
                _("Dit zijn %(count)d mensen. Een groep heeft er hoogstens %(most)d.")
                % {
                    "count": len(people),
                    "most": MOST_PEOPLE,
                }
            )
        if self.bad and not self.data.get(WITHOUT_BAD):
            raise ValidationError(self._said_of(self.bad))
        if not people and self.fields["people"].required:
            raise ValidationError(_("Hier staat nog geen e-mailadres van iemand anders."))
        return people

    @staticmethod
    def _said_of(bad: list[str]) -> str:
        # A long one stands whole in the field; here it ends in "…".
        shown = ", ".join(f"“{Truncator(piece).chars(SHOWN_LENGTH)}”" for piece in bad[:SHOWN_BAD])
        more = len(bad) - SHOWN_BAD
        text = ngettext("Dit is geen e-mailadres: %(shown)s.", "Dit zijn geen e-mailadressen: %(shown)s.", len(bad)) % {
            "shown": shown
        }
        if more > 0:
            text += " " + _("En nog %(more)d.") % {"more": more}
        return text + " " + _("De andere adressen zijn goed.")


class PhotoInput(forms.FileInput):
    """A browser never fills a file field again, so the page carries a good photo through a round in which another
    field was wrong. What comes back is checked as if it were uploaded anew.
    """

    template_name = "groups/_photo_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"kept_name": _kept_name(name), "kept": value}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        upload = super().value_from_datadict(data, files, name)
        kept = data.get(_kept_name(name))
        if upload or not kept:
            return upload
        try:
            return SimpleUploadedFile("photo.webp", base64.b64decode(kept, validate=True))
        except ValueError:
            # No base64, or no letters of it at all: then there is no photo.
            return None


def _kept_name(name: str) -> str:
    return f"{name}-kept"


class PhotoField(forms.FileField):
    """Answers a new square WebP without the camera's data, or None."""

    widget = PhotoInput(attrs={"accept": "image/jpeg,image/png,image/webp", **at_most(MOST_BYTES, PHOTO_TOO_LARGE)})

    def clean(self, data: Any, initial: Any = None) -> ContentFile[bytes] | None:
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        return square_photo(upload, upload.size or 0) if upload else None

    def bound_data(self, data: Any, initial: Any) -> str:
        """What `PhotoInput` shows of a form that comes back: the photo in base64, if it was a good one."""
        if not data:
            return ""
        data.seek(0)
        try:
            photo = self.clean(data)
        except ValidationError:
            # The form says it where it is checked; here it means that there is no good photo to carry.
            return ""
        return base64.b64encode(photo.read()).decode() if photo else ""


class PlaceForm(forms.Form):
    """School and discipline in one group: a school that the group knows, or a new one.

    `cleaned_data["school"]` is a School, a SchoolName or None.
    """

    school = forms.ModelChoiceField(
        School.objects.none(),
        label=gettext_lazy("Je school"),
        required=False,
        empty_label=gettext_lazy("Kies je school"),
    )
    school_name = forms.CharField(label=gettext_lazy("Naam van de school"), max_length=LINE, required=False)
    school_place = forms.CharField(label=gettext_lazy("Plaats"), max_length=LINE, required=False)
    discipline = forms.CharField(
        label=gettext_lazy("Wat doe je daar?"),
        max_length=LINE,
        help_text=gettext_lazy("Zoals: leerkracht groep 5, intern begeleider, logopedist."),
        error_messages={"required": gettext_lazy("Schrijf op wat je daar doet.")},
    )

    def __init__(self, *args: Any, group: NetworkGroup | None, is_participant: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_have_school = is_participant
        self.fields["discipline"].required = is_participant
        if group is None:
            for name in list(PlaceForm.base_fields):
                del self.fields[name]
            return
        schools = School.objects.of_group(group)
        rows_of(self, "school").queryset = schools
        self.known_places = sorted({school.place for school in schools})
        if self.known_places:
            self.fields["school_place"].widget.attrs["list"] = self.places_id
        else:
            del self.fields["school"]

    @property
    def places_id(self) -> str:
        return f"{self.prefix or 'school'}-places"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "school_name" not in self.fields or {"school", "school_name", "school_place"} & set(self.errors):
            return cleaned
        name, place = cleaned.pop("school_name"), cleaned.pop("school_place")
        if name and not place:
            self.add_error("school_place", _("In welke plaats staat deze school?"))
        elif place and not name:
            self.add_error("school_name", _("Hoe heet deze school?"))
        elif name:
            cleaned["school"] = SchoolName(name, place)
        elif cleaned.setdefault("school", None) is None and self.must_have_school:
            self._ask_for_school()
        return cleaned

    def _ask_for_school(self) -> None:
        if "school" in self.fields:
            self.add_error("school", _("Kies je school, of schrijf hieronder een nieuwe op."))
        else:
            self.add_error("school_name", _("Hoe heet je school?"))


class AcceptForm(PlaceForm):
    """For who is signed in already."""

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        is_participant = invitation.role == Membership.Role.PARTICIPANT
        super().__init__(*args, group=invitation.group, is_participant=is_participant, **kwargs)
        self.invitation = invitation


class NewAccountForm(AcceptForm):
    """For who has no account yet."""

    name = forms.CharField(
        label=gettext_lazy("Je naam"),
        max_length=80,
        help_text=gettext_lazy("Voornaam en achternaam: zo zien de anderen je."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Vul je naam in.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        max_length=128,
        strip=False,
        help_text=gettext_lazy("Minstens tien tekens. Een paar woorden achter elkaar is goed."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Kies een wachtwoord.")},
    )
    photo = PhotoField(
        label=gettext_lazy("Foto van jezelf"),
        required=False,
        help_text=gettext_lazy("Alleen je groep ziet hem. JPEG, PNG of WebP."),
    )
    field_order = ["name", "school", "school_name", "school_place", "discipline", "password", "photo"]

    def __init__(self, *args: Any, invitation: Invitation, has_password: bool = False, **kwargs: Any) -> None:
        """`has_password`: a good one was chosen in an earlier round, when something else was wrong."""
        kwargs.setdefault("initial", {"name": invitation.name})
        super().__init__(*args, invitation=invitation, **kwargs)
        if has_password:
            self.needs_no_password()

    def needs_no_password(self) -> None:
        self.fields["password"].required = False
        self["password"].help_text = _(
            "Het wachtwoord dat je koos, gaat mee. Vul alleen iets in als je een ander wilt."
        )

    @property
    def good_password(self) -> str:
        """The one that was chosen in this round, while the form says no about something else; or nothing."""
        chosen: str = self.cleaned_data.get("password", "") if self.is_bound else ""
        return chosen

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password


class ProfileForm(SharedTextForm, forms.ModelForm[User]):
    """The own name and photo; `places` are the forms of the groups on the same page, by membership."""

    holds_many_facts = True
    photo = PhotoField(
        label=gettext_lazy("Nieuwe foto"),
        required=False,
        help_text=gettext_lazy("Alleen mensen met wie je in een groep zit, zien hem. JPEG, PNG of WebP."),
    )
    remove_photo = forms.BooleanField(label=gettext_lazy("Haal mijn foto weg"), required=False)

    class Meta:
        model = User
        fields = ["name", "telephone"]
        help_texts = {
            "telephone": gettext_lazy(
                "Alleen de experts die jij vraagt, zien dit nummer, op hun eigen pagina. Zo kunnen ze je bellen."
            ),
        }
        widgets = {"telephone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}

    def __init__(self, *args: Any, profile: Profile, places: Mapping[Membership, PlaceForm], **kwargs: Any) -> None:
        kwargs["instance"] = profile.user
        super().__init__(*args, **kwargs)
        self.initial["version"] = profile.version
        self.places = places
        self.other: Profile | None = None
        if not self.instance.photo:
            del self.fields["remove_photo"]
        if not self.instance.is_coach:
            del self.fields["telephone"]

    def values(self) -> dict[str, Any]:
        """What `services.members` asks for."""
        return {
            **self.cleaned_data,
            "places": {membership: Workplace(**place.cleaned_data) for membership, place in self.places.items()},
        }

    def show_theirs(self, current: Profile) -> None:
        super().show_theirs(current)
        self.other = current

    def theirs_of(self, current: Profile) -> dict[str, Any]:
        return {"name": current.user.name, "telephone": current.user.telephone}

    def beside(self) -> Iterator[tuple[forms.BoundField, str]]:
        yield from super().beside()
        for now in self.other.memberships if self.other else []:
            place = self.places.get(now)
            if place is None:
                continue
            if place.cleaned_data.get("school") != now.school:
                yield place["school" if "school" in place.fields else "school_name"], str(now.school or "")
            if place.cleaned_data.get("discipline", "") != now.discipline:
                yield place["discipline"], now.discipline


class WorkingAgreementForm(forms.ModelForm[WorkingAgreement]):
    class Meta:
        model = WorkingAgreement
        fields = ["text"]
        labels = {"text": gettext_lazy("Nieuwe afspraak")}


class FirstThoughtForm(SharedTextForm, forms.ModelForm[Membership]):
    """The first sentence of who joined. It may stay empty."""

    class Meta:
        model = Membership
        fields = ["first_thought"]
        labels = {"first_thought": gettext_lazy("Waar loop je in je werk tegenaan?")}
        help_texts = {
            "first_thought": gettext_lazy(
                "Eén zin is genoeg. Jullie lezen hem samen in de introductie, zonder te zien van wie hij is. "
                "Schrijf geen namen op."
            )
        }
        widgets = {"first_thought": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"first_thought": membership.first_thought, "version": membership.version}
        super().__init__(*args, **kwargs)


class MaatjeForm(forms.Form):
    """A deelnemer chooses; the empty choice takes the wish back."""

    maatje = forms.ModelChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Met wie wil je filmen?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Kies iemand uit de lijst.")},
    )

    def __init__(self, *args: Any, own: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Membership.objects.current().participants().filter(group=own.group_id).exclude(pk=own.pk)
        rows_of(self, "maatje").queryset = others


class TogetherForm(forms.Form):
    """The coach puts together who is left."""

    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Wie zet je bij elkaar?"),
        error_messages=dict.fromkeys(
            ["required", "invalid_list", "invalid_choice", "invalid_pk_value"],
            gettext_lazy("Kies twee mensen uit de lijst."),
        ),
    )

    def __init__(self, *args: Any, group: NetworkGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        participants = Membership.objects.current().participants().filter(group=group)
        rows_of(self, "members").queryset = participants


class DeleteAccountForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Ja, verwijder mijn account. Ik weet dat ik dit niet terug kan draaien."),
        error_messages={"required": _("Zet eerst het vinkje. Dan weten we dat je het zeker weet.")},
    )
