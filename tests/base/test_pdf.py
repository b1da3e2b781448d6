"""The PDF that comes out, read with another library than the one that made it."""

import io
import logging
import sys
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template import engines

from netwerkleren.base import pdf


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Callable[..., pdf.RenderedPdf]:
    """Renders a text as a template that extends the PDF's base."""

    def make(source_text: str, **context: object) -> pdf.RenderedPdf:
        source = engines["django"].from_string("{% extends 'pdf/base.html' %}" + source_text)
        monkeypatch.setattr(pdf, "render_to_string", lambda name, values: source.render(values))
        return pdf.render_pdf("any.html", context, title="Wat wij meenemen")

    return make


def read(rendered: pdf.RenderedPdf) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered.pdf))


@pytest.fixture
def complaints(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.WARNING, logger="weasyprint")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "weasyprint"]


def test_the_pdf_is_tagged_and_says_that_it_is_accessible(template: Callable[..., pdf.RenderedPdf]) -> None:
    reader = read(template("{% block content %}<h1>Hallo</h1>{% endblock %}"))

    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (pypdf's own boolean)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata is not None
    assert reader.metadata is not None
    assert reader.metadata is not None
    assert reader.metadata.title == "Wat wij meenemen"
    assert reader.metadata.author == "TalentKrachtig Netwerkleren"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data() or b"<pdfuaid:part>1<" in root["/Metadata"].get_data()


@pytest.mark.parametrize("text", ["één ë ü ß", "Łukasz Doğan Şen Ő", "مرحبا بالعالم", "Привет Ελλάς", "👍 🎉 🧠 ☀"])
@pytest.mark.parametrize("tag", ["p", "b", "em", "h1"])
def test_every_script_and_emoji_is_written_and_can_be_copied(
    template: Callable[..., pdf.RenderedPdf], complaints: Callable[[], list[str]], text: str, tag: str
) -> None:
    rendered = template(f"{{% block content %}}<{tag}>{text}</{tag}>{{% endblock %}}")

    written = read(rendered).pages[0].extract_text()
    assert sorted(written.replace("\n", "").replace(" ", "").replace("1van1", "")) == sorted(text.replace(" ", ""))
    assert complaints() == []


@pytest.mark.parametrize(
    "text",
    [
        "ሰላም ገብረ",
        "王小明",
        "देवी शर्मा",
        "สมชาย ใจดี",
        "김민수",
        "さくら",
        "தமிழ்",
        "ਗੁਰਪ੍ਰੀਤ",
        "მარიამ",
        "ܣܘܪܝܝܐ",
        "བོད་ཡིག",
        "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    ],
)
def test_a_name_in_any_script_is_printed(
    template: Callable[..., pdf.RenderedPdf], complaints: Callable[[], list[str]], text: str
) -> None:
    rendered = template(f"{{% block content %}}<p>{text} <b>{text}</b></p>{{% endblock %}}")

    assert complaints() == []
    assert pdf.letters_without_font(text) == []
    written = read(rendered).pages[0].extract_text()
    assert "\ufffd" not in written


def test_of_a_dutch_text_no_other_font_is_opened(template: Callable[..., pdf.RenderedPdf]) -> None:
    rendered = template("{% block content %}<p>Eén vraag, ë ü, Łukasz Doğan.</p>{% endblock %}")

    fonts = read(rendered).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts.values()}
    assert all("Atkinson" in name for name in names), names
    assert len(rendered.pdf) < 40_000


def test_a_letter_without_a_font_is_named_before_there_is_a_pdf() -> None:
    unassigned, another = "\U0010fffd", "\U0010fffc"
    assert pdf.letters_without_font(f"Zo {unassigned} en ሰ", f"{another}{unassigned}") == [unassigned, another]
    assert pdf.letters_without_font("Eén gewone zin.\nTwee.\t“Ja” … € 👍") == []


def test_what_is_asked_about_letters_once_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def can_be_drawn(letter: str) -> bool:
        asked.append(letter)
        return True

    monkeypatch.setattr(pdf, "_printable", {})
    monkeypatch.setattr(pdf, "_can_be_drawn", can_be_drawn)
    for _twice in range(2):
        pdf.letters_without_font("Dag \u738b en \u738b", "\u660e")
    assert asked == ["\u738b", "\u660e"]


# Of many scripts one letter; what no script has; a letter of one's own; and what is never drawn.
LETTERS = (
    "\u0142\u011f\u015f\u0645\u05d0\u0416\u03a9\u0905\u0e01\u10d0\u0561\u1230\u3072\ud55c\u738b\u660e\U0001f44d\u2764"
    "\u0378\ue000\U0010fffd\u200d\ufe0f\u2066"
)


def test_a_letter_has_a_font_exactly_where_it_is_drawn(
    template: Callable[..., pdf.RenderedPdf], complaints: Callable[[], list[str]]
) -> None:
    """Our own table says what Pango finds."""
    rows = "{% for letter in letters %}<p>{{ letter }}</p>{% endfor %}"
    template("{% block content %}" + rows + "{% endblock %}", letters=LETTERS)
    said = " ".join(complaints())
    boxes = [letter for letter in LETTERS if f"U+{ord(letter):04X}" in said]

    assert pdf.letters_without_font(LETTERS) == boxes
    assert "\u0378" in boxes and "\u0142" not in boxes


def test_a_process_that_serves_pages_has_it_made_by_another(
    template: Callable[..., pdf.RenderedPdf], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "{% block content %}<h1>Hallo \u0141ukasz</h1><p class='new-page'>Twee</p>{% endblock %}"
    here = template(source)
    monkeypatch.setattr(pdf, "_is_apart", True)
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # an import of it fails from here on

    apart = template(source)

    assert (here.pages, apart.pages) == (2, 2)
    assert [page.extract_text() for page in read(apart).pages] == [page.extract_text() for page in read(here).pages]
    assert read(apart).trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # type: ignore[index]  # noqa: E712


def test_a_character_without_a_glyph_is_noticed(
    template: Callable[..., pdf.RenderedPdf], complaints: Callable[[], list[str]]
) -> None:
    template("{% block content %}<p>\U0010fffd</p>{% endblock %}")

    assert [complaint for complaint in complaints() if complaint.startswith(".notdef")]


def test_pages_are_numbered_with_the_footer_beside_it(template: Callable[..., pdf.RenderedPdf]) -> None:
    rendered = template(
        "{% block footer %}Gemaakt op 14 april{% endblock %}"
        "{% block content %}<p>een</p><p class='new-page'>twee</p>{% endblock %}"
    )

    texts = [page.extract_text() for page in read(rendered).pages]
    assert rendered.pages == 2
    assert ["1 van 2" in texts[0], "2 van 2" in texts[1]] == [True, True]
    assert all("Gemaakt op 14 april" in text for text in texts)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x"])
@pytest.mark.parametrize(
    "markup", ["<img alt='weg' src='{}'>", "<link rel=attachment href='{}'>", "<link rel=stylesheet href='{}'>"]
)
def test_nothing_is_fetched_from_disk_or_the_network(
    template: Callable[..., pdf.RenderedPdf], complaints: Callable[[], list[str]], markup: str, address: str
) -> None:
    reader = read(template("{% block content %}" + markup.format(address) + "<p>verder</p>{% endblock %}"))

    assert "verder" in reader.pages[0].extract_text()
    assert reader.attachments == {}
    assert ["disallowed protocol" in complaint for complaint in complaints()] == [True]


def test_text_of_users_stays_text(template: Callable[..., pdf.RenderedPdf]) -> None:
    rendered = template("{% block content %}<p>{{ text }}</p>{% endblock %}", text="<img src=x> & </p>")

    assert "<img src=x> & </p>" in read(rendered).pages[0].extract_text()
    assert "&lt;img src=x&gt;" in rendered.html


def test_a_missing_font_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "find", lambda name: None)
    pdf._font_face_rules.cache_clear()

    with pytest.raises(ImproperlyConfigured, match="bin/setup"):
        pdf._font_face_rules()
