"""A template in, a tagged PDF out (PDF/UA-1), with the HTML it was made from beside it.

WeasyPrint takes about a second to import and its fonts another to unpack, so both happen at the first PDF of a
process and are kept; a process that serves pages has it done by another (`press.py`). Whatever a template or a user's
text asks for, nothing is fetched but `data:` addresses: the default fetcher would read local files and the network.
"""

import base64
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string

from .machine_fonts import has_font, is_invisible
from .press import press

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class FontFace:
    """One font file under `static/vendor/fonts/`, known to templates by its family."""

    family: str
    file: str
    weight: int = 400
    style: str = "normal"


# Faces of one family that are split by unicode-range print wrong letters (ł, ğ, ş). So each character set is a family
# of its own, and a template stacks them.
_ATKINSON = "atkinson-hyperlegible-next"
FONT_FACES = (
    *(FontFace("Atkinson", f"{_ATKINSON}-latin-{weight}-normal.woff2", weight) for weight in (400, 600, 700)),
    *(FontFace("Atkinson Ext", f"{_ATKINSON}-latin-ext-{weight}-normal.woff2", weight) for weight in (400, 600, 700)),
    FontFace("Atkinson", f"{_ATKINSON}-latin-400-italic.woff2", style="italic"),
    FontFace("Atkinson Ext", f"{_ATKINSON}-latin-ext-400-italic.woff2", style="italic"),
    FontFace("Emoji", "noto-emoji-emoji-400-normal.woff2"),
)
# DejaVu Sans (Debian's fonts-dejavu-core) carries Arabic, Greek and Cyrillic. Noto comes last, so that nothing which
# another font has is drawn with it: fonts-noto-cjk for Chinese, Japanese and Korean, fonts-noto-core for most other
# scripts, a family each. Those that are not named here are found too, in the order of the machine. Only what a text
# needs is in its PDF. No quotes: it is also used inside attributes.
FONT_FAMILIES = (
    "Atkinson, Atkinson Ext, DejaVu Sans, Emoji,"
    " Noto Sans, Noto Sans Ethiopic, Noto Sans Devanagari, Noto Sans Thai, Noto Sans CJK SC"
)


@dataclass(frozen=True)
class RenderedPdf:
    html: str
    pdf: bytes
    pages: int


def render_pdf(template: str, context: dict[str, Any], *, title: str, lang: str = "nl") -> RenderedPdf:
    """Render a template that extends `pdf/base.html`.

    The title is the document's name in the reader's window. A character that no font has is printed as a box:
    `letters_without_font` says which those are, before there is a PDF.
    """
    html = render_to_string(template, {**context, "title": title, "lang": lang, "font_families": FONT_FAMILIES})
    pdf, pages = (_press_apart if _is_apart else press)(html, _font_face_rules())
    return RenderedPdf(html=html, pdf=pdf, pages=pages)


def make_apart() -> None:
    """From now on this process has each PDF made by another one, which ends with it: for who serves pages.

    What is asked for there and then has one or two pages, and is there in two seconds; the rest are editions, which
    the worker makes.
    """
    global _is_apart
    _is_apart = True


_is_apart = False
_few_apart = threading.BoundedSemaphore(2)
"""How many a web process may have at work at once: each takes a hundred megabytes."""
APART_SECONDS = 60


def _press_apart(html: str, fonts: str) -> tuple[bytes, int]:
    program = [sys.executable, "-m", press.__module__]
    asked = json.dumps({"html": html, "fonts": fonts}).encode()
    with _few_apart:
        made = subprocess.run(
            program, input=asked, stdout=subprocess.PIPE, check=True, timeout=APART_SECONDS, cwd=_ROOT
        )
    return made.stdout[4:], int.from_bytes(made.stdout[:4], "big")


def letters_without_font(*texts: str) -> list[str]:
    """The characters of these texts that no font of the PDF has, each once, in the order in which they stand."""
    letters = dict.fromkeys(letter for text in texts for letter in text if not _is_latin(letter))
    if unknown := [letter for letter in letters if letter not in _printable]:
        _printable.update((letter, _can_be_drawn(letter)) for letter in unknown)
    return [letter for letter in letters if not _printable[letter]]


_printable: dict[str, bool] = {}
"""What was asked once: whether a font has the letter. At most as many as Unicode has."""


def _is_latin(letter: str) -> bool:
    """What Atkinson surely has, and white space, which is not drawn: of a Dutch text nothing else need be asked."""
    return " " <= letter <= "~" or "\u00a0" <= letter <= "\u017f" or letter.isspace()


def _can_be_drawn(letter: str) -> bool:
    return is_invisible(letter) or ord(letter) in _own_letters() or has_font(letter)


@cache
def _own_letters() -> frozenset[int]:
    """What the faces have that lie with the portal: above all the emoji."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415  (heavy: for rare letters)

    letters: set[int] = set()
    for face in FONT_FACES:
        with TTFont(_font_file(face), lazy=True) as font:
            letters.update(font.getBestCmap())
    return frozenset(letters)


def data_uri(content: bytes, mime_type: str) -> str:
    return f"data:{mime_type};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def _font_face_rules() -> str:
    return "\n".join(
        f"@font-face {{ font-family: '{face.family}'; font-weight: {face.weight}; font-style: {face.style};"
        f" src: url({data_uri(_font_file(face).read_bytes(), 'font/woff2')}) }}"
        for face in FONT_FACES
    )


def _font_file(face: FontFace) -> Path:
    found = finders.find(f"vendor/fonts/{face.file}")
    if not found:
        raise ImproperlyConfigured(f"static/vendor/fonts/{face.file} is missing: run bin/setup.")
    return Path(found)
