"""The photo of a paper meetlat, as a form takes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from groups.photos import MOST_BYTES, PHOTO_TOO_LARGE, read_picture, written_anew
from netwerkleren.base.fields import at_most

LONGEST_SIDE = 2400
"""Pixels: strips of a hand's breadth stay readable on it."""


class BoardPhotoField(forms.FileField):
    """Answers a new WebP without what the camera wrote, no larger than one can read it by."""

    widget = forms.FileInput(
        attrs={"accept": "image/jpeg,image/png,image/webp", **at_most(MOST_BYTES, PHOTO_TOO_LARGE)}
    )

    def clean(self, data: Any, initial: Any = None) -> ContentFile[bytes]:
        upload: UploadedFile[bytes] = super().clean(data, initial)
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(PHOTO_TOO_LARGE)
        photo = read_picture(upload, draft=LONGEST_SIDE).convert("RGB")
        photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return written_anew(photo, "WEBP", quality=80)


class BoardPhotoForm(forms.Form):
    photo = BoardPhotoField(
        label=_("Foto van de meetlat"),
        help_text=_("Alleen de meetlat en de stroken. Geen leerlingen op de foto."),
        error_messages={"required": _("Kies een foto.")},
    )
