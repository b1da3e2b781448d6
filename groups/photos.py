"""Photos of people: only what Pillow reads as JPEG, PNG or WebP, made anew without what the camera wrote in it."""

from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 512
MOST_MIB = 15
MOST_BYTES = MOST_MIB * 1024 * 1024
PHOTO_TOO_LARGE = format_lazy(
    gettext_lazy("Deze foto is te groot. Kies er een van hoogstens {size} MB."), size=MOST_MIB
)
MOST_PIXELS = 80_000_000
"""Decoded that is 240 MB. It lies below where Pillow warns; from twice that on, Pillow itself refuses."""

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
"""What a phone calls such a photo in its bytes 8 to 12, after "ftyp"."""
HEIC = gettext_lazy(
    "Je telefoon bewaarde deze foto als HEIC. Die kunnen we niet lezen. Maak een schermafbeelding van de foto en kies "
    "die. Of kies op je iPhone bij Instellingen, Camera, Structuren: Meest compatibel, en maak de foto opnieuw."
)


def check_no_heic(upload: IO[bytes]) -> None:
    """Raises ValidationError, with the way out, for the photos that phones make and most programs do not read."""
    head = upload.read(12)
    upload.seek(0)
    if head[4:8] == b"ftyp" and head[8:] in HEIC_BRANDS:
        raise ValidationError(HEIC)


def square_photo(upload: IO[bytes], size: int) -> ContentFile[bytes]:
    """A square WebP of 512 px under a random name. Raises ValidationError for anything that is no such photo."""
    if size > MOST_BYTES:
        raise ValidationError(PHOTO_TOO_LARGE)
    photo = read_picture(upload, draft=SIDE * 2)
    return written_anew(ImageOps.fit(photo.convert("RGB"), (SIDE, SIDE)), "WEBP", quality=84)


def read_picture(upload: IO[bytes], *, formats: tuple[str, ...] = FORMATS, draft: int = 0) -> Image.Image:
    """The picture, decoded and the right way up. `draft`: no larger than this is needed. Raises ValidationError.

    Decoding is limited to three formats, since Pillow's others are rarely read and widely attacked; a picture that
    claims to be huge is refused before a pixel is decoded (docs/security.md U6).
    """
    check_no_heic(upload)
    # WeasyPrint switches this on for the whole process: half a photo would pass with a grey half.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    too_many = ValidationError(_("Deze foto heeft te veel beeldpunten. Kies een kleinere."))
    try:
        with Image.open(upload, formats=formats) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise too_many
            if draft:
                photo.draft("RGB", (draft, draft))
            return ImageOps.exif_transpose(photo)
    except Image.DecompressionBombError:
        raise too_many from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise ValidationError(_("Dit is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP.")) from None


def written_anew(picture: Image.Image, kind: str, **options: Any) -> ContentFile[bytes]:
    """The picture alone, under a random name: Pillow would copy what stands in `info`, such as EXIF."""
    made = BytesIO()
    picture.info.clear()
    picture.save(made, kind, **options)
    return ContentFile(made.getvalue(), name=f"{uuid4().hex}.{kind.lower()}")
