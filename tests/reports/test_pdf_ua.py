"""Every PDF of ours can be read by ear (PDF/UA-1, by structure); a twin that was broken by hand is not."""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from reports.closing.documents import closing_document
from reports.closing.facts import ClosingFacts, Held, Person, Story
from reports.lines.print import ChartLine, LinesChart
from reports.lines.shared import Lines, SharedLine, Turn
from reports.models import Export
from reports.printing.documents import papers_document
from reports.printing.facts import On
from reports.printing.sheets import PAPERS_OFFERED
from tests.factories import make_agenda_item
from tests.pdf_ua import faults_of

from .factories import make_leervraag


@pytest.fixture(scope="module")
def closing_pdf() -> bytes:
    """The closing PDF of a small group, with a chart, a table, a story and three scripts; rendered once."""
    chart = LinesChart(("Een", "Twee"), ((0, "zelden"), (100, "heel vaak")), (ChartLine("Łukasz Doğan", (20, 80)),))
    shared = (SharedLine("Łukasz Doğan", ("zelden", ""), (Turn("Een", "Toen kwam het. مرحبا"),)),)
    facts = ClosingFacts(
        group="De Hondsrug",
        theme="Rust",
        participants=(Person("Łukasz Doğan", "obs De Lindenhof", "groep 5"),),
        coaches=(),
        meetings=(Held("Bijeenkomst 1", "Prikkels", None, "", (), ()),),
        appointments=(),
        stories=(Story("Łukasz Doğan", "Wat was waardevol?\n- Filmen\n- De pitch\n\nIk wachtte. 👍"),),
        lines=Lines(("Een", "Twee"), shared, chart),
        talk=(("Wat zien we?", "Twee lijnen stijgen."),),
    )
    return closing_document(Export(group=NetworkGroup(name="De Hondsrug"), going_on="Koffie."), facts).pdf


def test_the_closing_pdf_holds_every_point(closing_pdf: bytes) -> None:
    assert faults_of(closing_pdf) == set()


def test_all_papers_together_hold_every_point(
    group: NetworkGroup, coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    make_agenda_item(meeting, purpose="Waar het om gaat")
    make_leervraag(participant, meeting, "Hoe bied ik rust?")
    one = Meeting.objects.with_facts().get(pk=meeting.pk)

    assert faults_of(papers_document(On(group, coach, one), list(PAPERS_OFFERED)).pdf) == set()


def _root(writer: pypdf.PdfWriter) -> Any:
    return writer.root_object


def _elements(node: Any, tag: str) -> list[Any]:
    kids = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object()
        if isinstance(child, dict):
            found += [child] if child.get("/S") == tag else []
            found += _elements(child, tag)
    return found


def _first(writer: pypdf.PdfWriter, tag: str) -> Any:
    return _elements(_root(writer)["/StructTreeRoot"], tag)[0]


def unmark(writer: pypdf.PdfWriter) -> None:
    del _root(writer)["/MarkInfo"]


def forget_lang(writer: pypdf.PdfWriter) -> None:
    del _root(writer)["/Lang"]


def hide_title(writer: pypdf.PdfWriter) -> None:
    del _root(writer)["/ViewerPreferences"]


def forget_title(writer: pypdf.PdfWriter) -> None:
    writer.add_metadata({"/Title": ""})


def claim_nothing(writer: pypdf.PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(_root(writer)["/Metadata"].get_data().replace(b"pdfuaid:part", b"other:part"))
    _root(writer)[NameObject("/Metadata")] = writer._add_object(stream)


def tab_by_row(writer: pypdf.PdfWriter) -> None:
    writer.pages[-1][NameObject("/Tabs")] = NameObject("/R")


def lose_parents(writer: pypdf.PdfWriter) -> None:
    del writer.pages[-1]["/StructParents"]


def paint_without_a_mark(writer: pypdf.PdfWriter) -> None:
    _add_to_page(writer, b"\n0 0 10 10 re f\n")


def read_aloud_what_is_in_no_tree(writer: pypdf.PdfWriter) -> None:
    _add_to_page(writer, b"\n/Span <</MCID 9999>> BDC 0 0 10 10 re f EMC\n")


def _add_to_page(writer: pypdf.PdfWriter, painted: bytes) -> None:
    page, stream = writer.pages[0], DecodedStreamObject()
    contents = page.get_contents()
    assert contents is not None
    stream.set_data(contents.get_data() + painted)
    page[NameObject("/Contents")] = writer._add_object(stream)


def say_nothing_of_a_figure(writer: pypdf.PdfWriter) -> None:
    del _first(writer, "/Figure")["/Alt"]


def lose_a_scope(writer: pypdf.PdfWriter) -> None:
    del _first(writer, "/TH")["/A"]["/Scope"]


def skip_a_level(writer: pypdf.PdfWriter) -> None:
    _first(writer, "/H2")[NameObject("/S")] = NameObject("/H4")


def lose_letters(writer: pypdf.PdfWriter) -> None:
    fonts: Any = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    del next(iter(fonts.values())).get_object()["/ToUnicode"]


def lose_a_font(writer: pypdf.PdfWriter) -> None:
    fonts: Any = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    font = next(iter(fonts.values())).get_object()["/DescendantFonts"][0].get_object()
    descriptor = font["/FontDescriptor"].get_object()
    for name in [name for name in descriptor if name.startswith("/FontFile")]:
        del descriptor[name]


TWINS: list[tuple[Callable[[pypdf.PdfWriter], None], str]] = [
    (unmark, "marked"),
    (forget_lang, "lang"),
    (hide_title, "title"),
    (forget_title, "title"),
    (claim_nothing, "pdfuaid"),
    (tab_by_row, "tabs"),
    (lose_parents, "struct parents"),
    (paint_without_a_mark, "content"),
    (read_aloud_what_is_in_no_tree, "content"),
    (say_nothing_of_a_figure, "alt"),
    (lose_a_scope, "scope"),
    (skip_a_level, "headings"),
    (lose_letters, "fonts"),
    (lose_a_font, "fonts"),
]


@pytest.mark.parametrize(("breaks", "point"), TWINS, ids=[breaks.__name__ for breaks, _point in TWINS])
def test_a_twin_that_was_broken_by_hand_fails(
    closing_pdf: bytes, breaks: Callable[[pypdf.PdfWriter], None], point: str
) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(closing_pdf))
    breaks(writer)
    written = io.BytesIO()
    writer.write(written)

    assert faults_of(written.getvalue()) == {point}
