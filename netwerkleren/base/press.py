"""HTML in, a tagged PDF out: all of WeasyPrint, and nothing of Django.

Run as a program it makes one PDF and ends. So does a web process have its PDFs made, which then carries none of this
with it (`pdf.make_apart`). It reads a JSON of `html` and `fonts`, and writes the pages as four bytes and then the PDF.
"""

import atexit
import json
import sys
import threading
from functools import cache
from typing import Any

# Pango's font map, which all PDFs of a process share, is not safe to use from two threads at once.
_one_at_a_time = threading.Lock()


def press(html: str, fonts: str) -> tuple[bytes, int]:
    """The PDF and its pages. `fonts` are the rules of the faces; only `data:` addresses are ever fetched."""
    import weasyprint  # noqa: PLC0415  (heavy: only who makes a PDF waits for it)

    with _one_at_a_time:
        fetcher, config, font_css = _engine(fonts)
        options = {"stylesheets": [font_css], "pdf_variant": "pdf/ua-1"}
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=config, **options)
        pdf = document.write_pdf(finisher=_finish, **options)
    return pdf, len(document.pages)


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


@cache
def _engine(fonts: str) -> tuple[Any, Any, Any]:
    import weasyprint  # noqa: PLC0415  (heavy: only who makes a PDF waits for it)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  (heavy, as above)

    # The fonts lie in a temporary folder, which goes when they do; while Python itself is being taken down is too late.
    atexit.register(_engine.cache_clear)
    fetcher = weasyprint.URLFetcher(timeout=5, allowed_protocols=("data",), allow_redirects=False)
    config = FontConfiguration()
    font_css = weasyprint.CSS(string=fonts, url_fetcher=fetcher, font_config=config)
    return fetcher, config, font_css


def main() -> None:
    asked = json.load(sys.stdin.buffer)
    pdf, pages = press(asked["html"], asked["fonts"])
    sys.stdout.buffer.write(pages.to_bytes(4, "big") + pdf)


if __name__ == "__main__":
    main()
