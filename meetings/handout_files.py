"""What a file of a handout is, by its content: a PDF, a PNG or a JPEG, and nothing besides (docs/security.md U7).

A picture is decoded and written anew, so what hung behind it is gone. A PDF stays as it is, so it is read from its
first byte to its last, and refused where something else begins, ends or lies in it. Knows no models.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.photos import check_no_heic, read_picture, written_anew

HANDOUT_MIB = 20
HANDOUT_BYTES = HANDOUT_MIB * 1024 * 1024
HANDOUT_TOO_LARGE = format_lazy(
    gettext_lazy("Dit bestand is te groot. Kies er een van hoogstens {size} MB, of geef een link."), size=HANDOUT_MIB
)
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of a PDF's packed objects that are looked through: more than a handout of 20 MB has in them."""

PDF = re.compile(rb"%PDF-[12]\.\d[\s%]")
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
BEGINS_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\x0d?\x0a")
ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)\b")
"""By these names a PDF starts something, sends something or holds another file. They are sought in all of it: a table
of its objects may point into the middle of a stream."""
LOCKED = re.compile(rb"/Encrypt\b")
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 65_557
"""A ZIP is read from its end, which lies within so many bytes of the last one."""


@dataclass(frozen=True)
class Checked:
    """What it is, and what is kept of it."""

    kind: str
    content: ContentFile[bytes]


def checked_file(upload: IO[bytes], size: int) -> Checked:
    """Raises ValidationError, with a sentence, for whatever is no PDF, PNG or JPEG, however it is called."""
    if size > HANDOUT_BYTES:
        raise ValidationError(HANDOUT_TOO_LARGE)
    head = upload.read(8)
    upload.seek(0)
    if head.startswith(b"\x89PNG\x0d\x0a\x1a\x0a"):
        return Checked("png", written_anew(read_picture(upload, formats=("PNG",)), "PNG"))
    if head.startswith(b"\xff\xd8\xff"):
        picture = read_picture(upload, formats=("JPEG",))
        return Checked("jpeg", written_anew(picture.convert("RGB"), "JPEG", quality=90))
    check_no_heic(upload)
    if not head.startswith(b"%PDF-"):
        raise ValidationError(
            _("Dit is geen pdf, PNG of JPEG, hoe het bestand ook heet. Bewaar het als pdf en probeer het opnieuw.")
        )
    content = upload.read()
    _check_pdf(content)
    return Checked("pdf", ContentFile(content, name=f"{uuid4().hex}.pdf"))


def _check_pdf(content: bytes) -> None:
    end = END.search(content, max(0, len(content) - 2048))
    if not PDF.match(content) or end is None or not BEGINS_TABLE.match(content, int(end.group(1))):
        raise ValidationError(_("Deze pdf is niet heel. Bewaar hem opnieuw als pdf en probeer het nog eens."))
    if ZIP_END in content[-ZIP_TAIL:]:
        raise ValidationError(_("Er zit een ander bestand in deze pdf. Bewaar hem opnieuw als gewone pdf."))
    if LOCKED.search(_unescaped(content)):
        raise ValidationError(
            _("Deze pdf zit op slot, dus we zien niet wat erin staat. Bewaar hem zonder wachtwoord en beveiliging.")
        )
    if any(ACTS.search(_unescaped(part)) for part in (content, *_unpacked(content))):
        raise ValidationError(
            _(
                "In deze pdf zit een programma, een formulier dat iets verstuurt, of een ander bestand. Bewaar hem "
                "opnieuw als gewone pdf, bijvoorbeeld met “Afdrukken” en dan “Opslaan als pdf”."
            )
        )


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Each pack of objects (ObjStm): the only packed streams whose names count. One that cannot be unpacked is refused,
    since a reader of another make may read it after all.
    """
    left = MOST_UNPACKED
    for found in STREAM.finditer(content):
        said = _unescaped(content[max(content.rfind(b"obj", 0, found.start()), found.start() - 2048) : found.start()])
        if b"/ObjStm" not in said:
            continue
        packed = content[found.end() : content.find(b"endstream", found.end())]
        try:
            unpacked = zlib.decompressobj().decompress(packed, left) if b"/Filter" in said else packed
        except zlib.error:
            raise ValidationError(_("We kunnen deze pdf niet lezen. Bewaar hem opnieuw als gewone pdf.")) from None
        left -= len(unpacked)
        if left <= 0:
            raise ValidationError(_("Deze pdf is te ingewikkeld. Bewaar hem opnieuw als gewone pdf, of geef een link."))
        yield unpacked


def _unescaped(names: bytes) -> bytes:
    """A PDF may write any letter of a name by its number: /J#53 is /JS."""
    return ESCAPED.sub(lambda found: bytes.fromhex(found.group(1).decode()), names)
