"""The slides as a PowerPoint file, in the house's colours: real titles, real lines and shapes, so that all of it can be
changed by whoever opens it.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from .shapes import WIDTH, Box, Caption, Drawing, Shape, Stroke, head_of
from .slides import Slide

WIDE, HIGH = 13.333, 7.5
"""In inches: 16 to 9."""
FONT = "Atkinson Hyperlegible Next"
"""A computer that has it not takes its own."""
LOOKS = {
    "paper": ("FFFDF8", "857B67", "1D2523"),
    "card": ("E7E0D0", "857B67", "1D2523"),
    "teal": ("DBE9E5", "0A5558", "063E41"),
    "wood": ("E7C57F", "B98A3C", "3F2B07"),
    "p": ("1C52A0", "1C52A0", "FFFFFF"),
    "top": ("DFEEDD", "25613A", "25613A"),
    "tip": ("FBE7C2", "864800", "864800"),
    "talent": ("FAE9A8", "6B5200", "6B5200"),
}
"""Filling, outline and words: those of tokens.css in the light theme."""
INK, DESK, TEAL = "1D2523", "F3EEE3", "0A5558"


def powerpoint_of(slides: Sequence[Slide]) -> bytes:
    """A presentation of one slide for each."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(HIGH)
    title_and_text = presentation.slide_layouts[1]
    for slide in slides:
        _fill(presentation.slides.add_slide(title_and_text), slide)
    made = BytesIO()
    presentation.save(made)
    return made.getvalue()


def _fill(page: Any, slide: Slide) -> None:
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = _colour(DESK)
    words_wide = 5.4 if slide.drawing else WIDE - 1.4
    title, text = page.shapes.title, page.placeholders[1]
    _place(title, 0.7, 0.5, WIDE - 1.4, 1.3)
    _place(text, 0.7, 2.0, words_wide, HIGH - 2.6)
    title.text_frame.text = slide.title
    text.text_frame.text = "\n".join(slide.lines)
    for frame, size, is_bold in ((title.text_frame, 44, True), (text.text_frame, 30, False)):
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        longest = max((len(word) for word in frame.text.split()), default=0)
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(size if longest <= 24 else size * 24 / longest)
            paragraph.font.bold, paragraph.font.name, paragraph.alignment = is_bold, FONT, PP_ALIGN.LEFT
            paragraph.font.color.rgb = _colour(INK)
            if frame is text.text_frame:
                paragraph.space_after = Pt(12)
    if slide.drawing:
        room = Inches(WIDE - words_wide - 1.6)
        _draw(page, slide.drawing, left=Inches(words_wide + 0.9), top=Inches(2.0), scale=room / WIDTH)


def _colour(hex: str) -> Any:
    return RGBColor.from_string(hex)  # type: ignore[no-untyped-call]


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in (left, top, width, height))


def _draw(page: Any, drawing: Drawing, *, left: int, top: int, scale: float) -> None:
    """One group, which moves as a whole, and says in words what it shows."""
    group = page.shapes.add_group_shape()
    group._element.nvGrpSpPr.cNvPr.set("descr", str(drawing.label))
    for shape in drawing.shapes:
        _draw_shape(group, shape, left, top, scale)


def _draw_shape(group: Any, shape: Shape, left: int, top: int, scale: float) -> None:
    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * scale), round(top + y * scale)

    if isinstance(shape, Stroke):
        for x, y in zip(shape.points, shape.points[1:], strict=False):
            _line(group, at(*x), at(*y), shape.look)
        if shape.is_arrow:
            corners = [at(*corner) for corner in head_of(shape)]
            builder = group.shapes.build_freeform(*corners[0], scale=1.0)
            builder.add_line_segments(corners[1:])
            _look(builder.convert_to_shape(), (INK, INK, INK))
        return
    if isinstance(shape, Caption):
        wide, high = len(str(shape.words)) * shape.size * 0.8 + 16, shape.size * 1.6
        box = group.shapes.add_textbox(*at(shape.x - wide / 2, shape.y - high / 2), *_size(wide, high, scale))
        _say(box, str(shape.words), shape.size * scale, INK)
        return
    if isinstance(shape, Box):
        kind, corner, wide, high = MSO_SHAPE.RECTANGLE, (shape.x, shape.y), shape.width, shape.height
    else:
        kind, corner = MSO_SHAPE.OVAL, (shape.x - shape.radius, shape.y - shape.radius)
        wide = high = 2 * shape.radius
    made = group.shapes.add_shape(kind, *at(*corner), *_size(wide, high, scale))
    _look(made, LOOKS[shape.look])
    _say(made, str(shape.words), shape.size * scale, LOOKS[shape.look][2])


def _size(wide: float, high: float, scale: float) -> tuple[int, int]:
    return round(wide * scale), round(high * scale)


def _line(group: Any, begin: tuple[int, int], end: tuple[int, int], look: str) -> None:
    line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *begin, *end).line
    line.width = Pt(3)
    line.color.rgb = _colour(TEAL if look == "teal" else INK)


def _look(shape: Any, colours: tuple[str, str, str]) -> None:
    filling, outline, _words = colours
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(filling)
    shape.line.color.rgb = _colour(outline)
    shape.shadow.inherit = False


def _say(shape: Any, words: str, size: float, colour: str) -> None:
    if not words:
        return
    frame = shape.text_frame
    frame.text, frame.word_wrap, frame.vertical_anchor = words, False, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for paragraph in frame.paragraphs:
        paragraph.alignment, paragraph.font.name = PP_ALIGN.CENTER, FONT
        paragraph.font.size = Emu(round(size))
        paragraph.font.color.rgb = _colour(colour)
