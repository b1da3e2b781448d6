"""Photos: three formats, made anew, nothing of the camera left."""

import struct
import warnings
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from groups.models import Membership
from groups.photos import MOST_BYTES, square_photo
from tests.types import SignIn


def _picture(kind: str, size: tuple[int, int] = (900, 600), **options: object) -> BytesIO:
    made = BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(made, kind, **options)
    made.seek(0)
    return made


def _bomb(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes that says it is this big."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_square_webp(kind: str) -> None:
    made = square_photo(_picture(kind), 1000)
    photo = Image.open(made)
    assert (photo.format, photo.size) == ("WEBP", (512, 512))


def test_what_the_camera_wrote_is_gone_and_up_is_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Telefoon van Marijke"
    exif.get_ifd(0x8825)[2] = (52.0, 59.0, 0.0)  # where it was taken
    halves = Image.new("RGB", (800, 400), (255, 0, 0))
    halves.paste((0, 0, 255), (0, 0, 400, 400))
    source = BytesIO()
    halves.save(source, "JPEG", exif=exif)
    source.seek(0)

    made = square_photo(source, 1000)
    photo = Image.open(made)
    assert photo.getexif() == {}
    made.seek(0)
    assert b"Telefoon" not in made.read()
    top, bottom = photo.getpixel((256, 40)), photo.getpixel((256, 470))
    assert top[2] > 200 and bottom[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_refused(kind: str) -> None:
    with pytest.raises(ValidationError, match="JPEG, PNG of WebP"):
        square_photo(_picture(kind), 1000)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_what_a_phone_keeps_as_heic_is_refused_with_the_way_out(brand: bytes) -> None:
    photo = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 40
    with pytest.raises(ValidationError, match=r"HEIC.*Maak een schermafbeelding") as said:
        square_photo(BytesIO(photo), len(photo))
    assert "Structuren: Meest compatibel" in said.value.messages[0]


def test_on_the_profile_it_is_said_beside_the_photo(participant: Membership, sign_in: SignIn) -> None:
    photo = SimpleUploadedFile("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40)
    answer = sign_in(participant).post("/mijn-gegevens/", {"name": "Marijke", "photo": photo})
    assert answer.status_code == 422
    assert "als HEIC" in answer.context["form"].errors["photo"][0]


@pytest.mark.parametrize("content", [b"", b"geen foto", b"\xff\xd8\xff\xe0" + b"x" * 40, b"<svg onload='x'/>"])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="geen foto"):
        square_photo(BytesIO(content), len(content))


def test_half_a_photo_is_refused() -> None:
    whole = _picture("PNG", (600, 600)).read()
    with pytest.raises(ValidationError, match="geen foto"):
        square_photo(BytesIO(whole[: len(whole) // 2]), 1000)


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (9_000, 9_000)])
def test_a_pixel_bomb_is_refused_before_it_is_opened(width: int, height: int) -> None:
    with pytest.raises(ValidationError, match="te veel beeldpunten"):
        square_photo(_bomb(width, height), 100)


def test_the_filters_of_warnings_are_left_alone() -> None:
    """They are the process's, and other threads warn while this one decodes."""
    before = warnings.filters[:]
    seen: list[bool] = []

    class Watched(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            seen.append(warnings.filters[:] == before)
            return super().read(size)

    square_photo(Watched(_picture("PNG").getvalue()), 1000)
    assert set(seen) == {True}


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(ValidationError, match="15 MB"):
        square_photo(BytesIO(b""), MOST_BYTES + 1)
