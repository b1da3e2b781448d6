"""What our drawings are made of: a few shapes, once for the page (SVG) and once for the slides (PowerPoint).

Coordinates are those of a sheet of 400 wide. A look is a name, which `method.css` gives its colours: they follow the
theme, and each has an outline, so that a drawing is read in grey and in forced colours too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 400
LINE_HEIGHT = 1.15
SIZE = 17
"""Of the words, in units of the sheet: on a phone of 320 px still 12 px."""

Text = str | Promise


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    words: Text = ""
    look: str = "paper"
    size: float = SIZE


@dataclass(frozen=True)
class Dot:
    """A circle around its middle."""

    x: float
    y: float
    radius: float
    words: Text = ""
    look: str = "paper"
    size: float = SIZE


@dataclass(frozen=True)
class Stroke:
    """A line along points; with `is_arrow` its end has a point."""

    points: tuple[tuple[float, float], ...]
    look: str = "ink"
    is_arrow: bool = False


@dataclass(frozen=True)
class Caption:
    """Words around their middle."""

    x: float
    y: float
    words: Text
    size: float = SIZE


Shape = Box | Dot | Stroke | Caption


@dataclass(frozen=True)
class Drawing:
    """`label` says in words what it shows, to whoever does not see it."""

    height: float
    label: Text
    shapes: tuple[Shape, ...]

    @property
    def svg(self) -> SafeString:
        return svg_of(self)

    @property
    def words(self) -> list[str]:
        return [str(shape.words) for shape in self.shapes if not isinstance(shape, Stroke) and shape.words]


def head_of(stroke: Stroke) -> tuple[tuple[float, float], ...]:
    """The three corners of the point of an arrow."""
    (x1, y1), (x2, y2) = stroke.points[-2:]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
    along, across = (x2 - x1) / length, (y2 - y1) / length
    back_x, back_y = x2 - 13 * along, y2 - 13 * across
    return ((x2, y2), (back_x - 7 * across, back_y + 7 * along), (back_x + 7 * across, back_y - 7 * along))


@cache
def svg_of(drawing: Drawing) -> SafeString:
    """Drawn once a process: it is the same on each page."""
    return format_html(
        '<svg class="drawing" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        drawing.label,
        WIDTH,
        drawing.height,
        format_html_join("", "{}", ((part,) for shape in drawing.shapes for part in _parts(shape))),
    )


def _parts(shape: Shape) -> Iterator[SafeString]:
    if isinstance(shape, Box):
        yield format_html(
            '<rect class="d-{}" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>',
            *(shape.look, shape.x, shape.y, shape.width, shape.height),
        )
        middle = shape.x + shape.width / 2, shape.y + shape.height / 2
        yield _words(*middle, shape.words, shape.size, shape.look)
    elif isinstance(shape, Dot):
        yield format_html('<circle class="d-{}" cx="{}" cy="{}" r="{}"></circle>', *_of_dot(shape))
        yield _words(shape.x, shape.y, shape.words, shape.size, shape.look)
    elif isinstance(shape, Stroke):
        yield format_html('<polyline class="d-line d-{}" points="{}"></polyline>', shape.look, _points(shape.points))
        if shape.is_arrow:
            yield format_html('<polygon class="d-head" points="{}"></polygon>', _points(head_of(shape)))
    else:
        yield _words(shape.x, shape.y, shape.words, shape.size, "caption")


def _of_dot(dot: Dot) -> tuple[str, float, float, float]:
    return dot.look, dot.x, dot.y, dot.radius


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _words(x: float, y: float, words: Text, size: float, look: str) -> SafeString:
    """Each line of its own around the middle; a line break in the words is one in the drawing."""
    lines = str(words).split("\n") if words else []
    first = y - (len(lines) - 1) * size * LINE_HEIGHT / 2 + size * 0.35
    return format_html_join(
        "",
        '<text class="on-{}" x="{}" y="{}" font-size="{}">{}</text>',
        ((look, x, round(first + row * size * LINE_HEIGHT, 1), size, line) for row, line in enumerate(lines)),
    )
