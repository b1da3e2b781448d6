"""The form of a handout: a link or a file, under a name that the group understands."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from groups.models import LINE
from netwerkleren.base.fields import at_most
from netwerkleren.base.forms import KeyField

from .forms import LinkField
from .handout_files import HANDOUT_BYTES, HANDOUT_TOO_LARGE, Checked, checked_file
from .models import ExpertInvitation

ACCEPT = "application/pdf,image/png,image/jpeg"


class HandoutFileField(forms.FileField):
    """Answers what the file is by its content, or None."""

    widget = forms.FileInput(attrs={"accept": ACCEPT, **at_most(HANDOUT_BYTES, HANDOUT_TOO_LARGE)})

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        return checked_file(upload, upload.size or 0) if upload else None


class HandoutForm(forms.Form):
    key = KeyField()
    title = forms.CharField(
        label=_("Hoe heet het?"), max_length=LINE, help_text=_("Zoals: Sheets over prikkels, of Kaart met vragen")
    )
    link = LinkField(
        label=_("Link"),
        required=False,
        validators=[URLValidator(["https", "http"], message=_("Een link begint met https:// of http://."))],
    )
    file = HandoutFileField(
        label=_("Of een bestand"),
        required=False,
        help_text=_(
            "Een pdf, PNG of JPEG van hoogstens 20 MB. Geen foto's of namen van leerlingen. "
            "Klopt er iets niet? Kies het bestand dan opnieuw."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("link")) == bool(cleaned.get("file")):
            words = _("Geef een link of een bestand.") if not cleaned["link"] else _("Kies: een link, of een bestand.")
            raise ValidationError({"link": words})
        return cleaned


class CoachsHandoutForm(HandoutForm):
    """The coach's: of one's own, or in the name of the expert who comes or came."""

    for_expert = forms.BooleanField(required=False, initial=True)

    field_order = ("title", "link", "file", "for_expert", "key")

    def __init__(self, *args: Any, invitation: ExpertInvitation | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._invitation = invitation
        if invitation is None:
            del self.fields["for_expert"]
        else:
            self.fields["for_expert"].label = _("Dit is van %(name)s") % {"name": invitation.expert.name}

    def values(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        for_expert = cleaned.pop("for_expert", False)
        return {**cleaned, "invitation": self._invitation if for_expert else None}
