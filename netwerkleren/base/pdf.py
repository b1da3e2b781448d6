"""A template in, a tagged PDF out (PDF/UA-1), with the HTML it was made from beside it.

WeasyPrint takes about a second to import and its fonts another to unpack, so both happen at the first PDF of a
process and are kept. Whatever a template or a user's text asks for, nothing is fetched but `data:` addresses: the
default fetcher would read local files and the network.
"""

import atexit
import base64
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string


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
# DejaVu Sans (Debian's fonts-dejavu-core) carries Arabic, Greek, Cyrillic and the rest. No quotes: it is also used
# inside attributes.
FONT_FAMILIES = "Atkinson, Atkinson Ext, DejaVu Sans, Emoji"

# Pango's font map, which all PDFs of a process share, is not safe to use from two threads at once.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class RenderedPdf:
    html: str
    pdf: bytes
    pages: int


def render_pdf(template: str, context: dict[str, Any], *, title: str, lang: str = "nl") -> RenderedPdf:
    """Render a template that extends `pdf/base.html`.

    The title is the document's name in the reader's window. A character that no font has is logged by WeasyPrint as a
    warning that begins with ".notdef".
    """
    import weasyprint  # noqa: PLC0415  (heavy: only who makes a PDF waits for it)

    html = render_to_string(template, {**context, "title": title, "lang": lang, "font_families": FONT_FAMILIES})
    with _one_at_a_time:
        fetcher, fonts, font_css = _engine()
        options = {"stylesheets": [font_css], "pdf_variant": "pdf/ua-1"}
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, **options)
        pdf = document.write_pdf(**options)
    return RenderedPdf(html=html, pdf=pdf, pages=len(document.pages))


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
