"""PDF/UA-1 by structure: what a PDF lacks that who reads by ear needs. Read with pypdf, which did not make it.

`faults_of` answers a word per point that does not hold; an empty set for a PDF that holds them all.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ContentStream

HEADING = re.compile(r"^/H([1-6])$")


def faults_of(pdf: bytes) -> set[str]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    elements = list(_elements(root["/StructTreeRoot"])) if "/StructTreeRoot" in root else []
    checks = {
        "marked": bool(_of(root, "/MarkInfo").get("/Marked")),
        "lang": bool(root.get("/Lang")),
        "title": bool(reader.metadata and reader.metadata.title)
        and bool(_of(root, "/ViewerPreferences").get("/DisplayDocTitle")),
        "pdfuaid": "/Metadata" in root
        and re.search(rb"pdfuaid:part[=>]\"?1", root["/Metadata"].get_data()) is not None,
        "tabs": all(page.get("/Tabs") == "/S" for page in reader.pages),
        "struct parents": all("/StructParents" in page for page in reader.pages),
        "content": bool(elements) and all(_is_all_marked(reader, page, elements) for page in reader.pages),
        "alt": all(element.get("/Alt") for element in elements if element.get("/S") == "/Figure"),
        "scope": all(_scope_of(element) for element in elements if element.get("/S") == "/TH"),
        "headings": _skips_no_level([str(element["/S"]) for element in elements]),
        "fonts": all(_is_embedded(font) for page in reader.pages for font in _fonts_of(page)),
    }
    return {name for name, holds in checks.items() if not holds}


def _of(owner: Any, key: str) -> Any:
    """What stands there, fetched where it is a reference."""
    return owner.get(key) or {}


def _elements(node: Any) -> Iterator[Any]:
    """Every element of the tree, in the order in which it is read."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from _elements(child)


def _scope_of(heading: Any) -> bool:
    attributes = heading.get("/A", {})
    found = attributes if isinstance(attributes, list) else [attributes]
    return any(each.get_object().get("/Scope") in ("/Row", "/Column", "/Both") for each in found)


def _skips_no_level(tags: list[str]) -> bool:
    """It begins with H1, and goes down one level at a time; up goes as far as one likes."""
    deepest = 0
    for level in (int(found[1]) for tag in tags if (found := HEADING.match(tag))):
        if level > deepest + 1:
            return False
        deepest = level
    return True


def _marks_in_tree(page: Any, elements: list[Any]) -> set[int]:
    """The numbers of marked content of this page that an element holds."""
    found = set()
    for element in elements:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            thing = kid.get_object()
            where = thing if isinstance(thing, dict) else element
            number = thing.get("/MCID") if isinstance(thing, dict) else thing
            if isinstance(number, int) and _is_on(where, page):
                found.add(int(number))
    return found


def _is_on(where: Any, page: Any) -> bool:
    return "/Pg" in where and where.raw_get("/Pg") == page.indirect_reference


PAINTS = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI"}
"""The operators that put something on the page."""


def _is_all_marked(reader: pypdf.PdfReader, page: Any, elements: list[Any]) -> bool:
    """All that is painted stands in an Artifact, or in marked content that is in the tree."""
    in_tree, open_ones = _marks_in_tree(page, elements), []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            is_read = "/MCID" in properties and int(properties["/MCID"]) in in_tree
            open_ones.append(operands[0] == "/Artifact" or is_read)
        elif operator == b"EMC":
            open_ones.pop()
        elif operator in PAINTS and not any(open_ones):
            return False
    return True


def _fonts_of(page: Any) -> list[Any]:
    fonts = _of(_of(page, "/Resources"), "/Font")
    return [font.get_object() for font in fonts.values()]


def _is_embedded(font: Any) -> bool:
    """Its file is in the PDF, and a table that says which letter each drawing is."""
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = _of(inner, "/FontDescriptor")
    return "/ToUnicode" in font and any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
