"""A template in, a tagged PDF out (PDF/UA-1), with the HTML it was made from beside it.

WeasyPrint takes about a second to import and its fonts another to unpack, so both happen at the first PDF of a
process and are kept. Whatever a template or a user's text asks for, nothing is fetched but `data:` addresses: the
default fetcher would read local files and the network.
"""

import atexit
import base64
import logging
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils.html import escape


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

# Pango's font map, which all PDFs of a process share, is not safe to use from two threads at once.
_one_at_a_time = threading.Lock()


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
    import weasyprint  # noqa: PLC0415  (heavy: only who makes a PDF waits for it)

    html = render_to_string(template, {**context, "title": title, "lang": lang, "font_families": FONT_FAMILIES})
    with _one_at_a_time:
        fetcher, fonts, font_css = _engine()
        options = {"stylesheets": [font_css], "pdf_variant": "pdf/ua-1"}
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, **options)
        pdf = document.write_pdf(finisher=_finish, **options)
    return RenderedPdf(html=html, pdf=pdf, pages=len(document.pages))


def _finish(document: Any, pdf: Any) -> None:
    """Writes what PDF/UA-1 asks and WeasyPrint leaves out; called just before the PDF is written.

    A heading of a table says whether it is of a column or of a row (7.5). What stands in the margin of a page, and so
    in no tree, is an artifact (7.1).
    """
    elements: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]
    tags = {element.reference: element for element in elements}
    read_on: dict[Any, set[int]] = {}
    # Of what stands in a margin there are elements too, which hang on nothing.
    in_tree = [element for element in elements if element["S"] == "/Document"]
    for element in in_tree:
        in_tree += [tags[kid] for kid in element["K"] if kid in tags]
        if element["S"] == "/TH":
            row = tags[element["P"]]
            element["A"]["Scope"] = "/Column" if tags[row["P"]]["S"] == "/THead" else "/Row"
        if "Pg" in element:
            read_on.setdefault(element["Pg"], set()).update(kid for kid in element["K"] if isinstance(kid, int))
    streams = {one.reference: one for one in pdf.objects if hasattr(one, "stream")}
    pages: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    for page in pages:
        _make_artifacts(streams[page["Contents"]].stream, read_on.get(page.reference, set()))


def _make_artifacts(written: list[Any], read: set[int]) -> None:
    """Of the marked content in a page's stream, what is not read: a tag, its number and BDC become an artifact's."""
    for place, operator in enumerate(written):
        if operator == b"BDC" and written[place - 1].get("MCID") not in read:
            written[place - 2 : place + 1] = [b"/Artifact", b"", b"BMC"]


def letters_without_font(*texts: str) -> list[str]:
    """The characters of these texts that no font of the PDF has, each once, in the order in which they stand."""
    letters = dict.fromkeys(letter for text in texts for letter in text if not _is_latin(letter))
    if unknown := [letter for letter in letters if letter not in _printable]:
        lacking = _drawn_as_a_box(unknown)
        _printable.update((letter, letter not in lacking) for letter in unknown)
    return [letter for letter in letters if not _printable[letter]]


_printable: dict[str, bool] = {}
"""What was asked once: whether a font has the letter. At most as many as Unicode has."""


def _is_latin(letter: str) -> bool:
    """What Atkinson surely has, and white space, which is not drawn: of a Dutch text nothing else need be asked."""
    return " " <= letter <= "~" or "\u00a0" <= letter <= "\u017f" or letter.isspace()


def _drawn_as_a_box(letters: list[str]) -> set[str]:
    """Draws them all, each by itself, and hears what WeasyPrint says of it: no other table knows what Pango finds."""
    import weasyprint  # noqa: PLC0415  (heavy: only who has a rare letter waits for it)

    rows = "".join(f"<p>{escape(letter)}</p>" for letter in letters)
    html = f"<style>* {{ font-family: {FONT_FAMILIES} }}</style>{rows}"
    said = _Ear()
    with _one_at_a_time:
        fetcher, fonts, font_css = _engine()
        options = {"stylesheets": [font_css]}
        logger, level, disabled = weasyprint.LOGGER, weasyprint.LOGGER.level, weasyprint.LOGGER.disabled
        logger.addHandler(said)
        logger.disabled = False
        logger.setLevel(logging.WARNING)
        try:
            weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(font_config=fonts, **options)
        finally:
            logger.removeHandler(said)
            logger.setLevel(level)
            logger.disabled = disabled
    return said.boxes


class _Ear(logging.Handler):
    """Remembers which letters WeasyPrint found in no font: its warning ends on the letter and its code point."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.boxes: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.boxes.add(str(record.args[0]))


def data_uri(content: bytes, mime_type: str) -> str:
    return f"data:{mime_type};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def _engine() -> tuple[Any, Any, Any]:
    import weasyprint  # noqa: PLC0415  (heavy: only who makes a PDF waits for it)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  (heavy, as above)

    # The fonts lie in a temporary folder, which goes when they do; while Python itself is being taken down is too late.
    atexit.register(_engine.cache_clear)
    fetcher = weasyprint.URLFetcher(timeout=5, allowed_protocols=("data",), allow_redirects=False)
    fonts = FontConfiguration()
    font_css = weasyprint.CSS(string=_font_face_rules(), url_fetcher=fetcher, font_config=fonts)
    return fetcher, fonts, font_css


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
