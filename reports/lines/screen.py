"""The lines on screen: where everything goes on the graph paper, for a template to draw as SVG.

Each picture is there twice: lying, and standing for a phone. Coordinates are text, since a number would be written with
a Dutch comma. `static/js/pages/graph-line.js` reads the same measures from the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

from ..models import GraphMoment, GraphPoint
from . import heights
from .drawing import by_hand, spread_out, unbroken_stretches
from .moments import Points

# Series differ by dash and marker; the CSS gives them a colour too. As in the PDF, a ninth line takes the first dash
# with the second marker, and so on. The markers are paths round (0, 0).
MARKERS = (
    "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    "M-6-6h12v12h-12z",
    "M0-8l8 14h-16z",
    "M0-9l9 9-9 9-9-9z",
    "M0 8l8-14h-16z",
    "M-3-8h6v5h5v6h-5v5h-6v-5h-5v-6h5z",
    "M-7-7l7 3 7-3-3 7 3 7-7-3-7 3 3-7z",
    "M0-9l7 4v9l-7 5-7-5v-9z",
)


@dataclass(frozen=True)
class Paper:
    """Graph paper for a number of moments. On a lying paper moments run to the right, on a standing one down."""

    standing: bool
    moments: int
    margin_for_names: int = 0

    START_LYING, START_STANDING, STEP_STANDING = 112, 60, 74
    LYING_WIDTH, LYING_TOP, LYING_BOTTOM = 1112, 34, 384
    NAME_ROOM = 6.5
    STANDING_LEFT, STANDING_RIGHT = 140, 366

    @cached_property
    def step(self) -> float:
        if self.standing:
            return self.STEP_STANDING
        room = self.LYING_WIDTH - self.START_LYING - 56 - self.margin_for_names
        return room / max(self.moments - 1, 1)

    @property
    def start(self) -> int:
        return self.START_STANDING if self.standing else self.START_LYING

    @property
    def low(self) -> int:
        """Where height 0 lies, along the axis of heights."""
        return self.STANDING_LEFT if self.standing else self.LYING_BOTTOM

    @property
    def high(self) -> int:
        return self.STANDING_RIGHT if self.standing else self.LYING_TOP

    @property
    def end(self) -> float:
        return self.start + self.step * max(self.moments - 1, 0)

    @property
    def view_box(self) -> str:
        if self.standing:
            return f"0 0 390 {self.end + 44:.0f}"
        return f"0 0 {self.LYING_WIDTH} 462"

    @property
    def step_text(self) -> str:
        return f"{self.step:.2f}"

    @property
    def end_text(self) -> str:
        return f"{self.end:.1f}"

    @property
    def names_text(self) -> str:
        """x of the names at the right of a lying paper."""
        return f"{self.end + 20:.1f}"

    def in_two_lines(self, name: str) -> tuple[str, ...]:
        """The name of a moment, cut to the room between two moments."""
        letters = 15 if self.standing else max(9, int(self.step / 8.4))
        return tuple(wrap(name, letters, max_lines=2, placeholder="…"))

    @property
    def squares(self) -> tuple[str, ...]:
        """x, y, width and height of what a stroke draws on: a little beyond the outermost moments and heights."""
        start, length = self.start - 24, self.end - self.start + 48
        edge, width = min(self.low, self.high) - 12, abs(self.high - self.low) + 24
        box = (edge, start, width, length) if self.standing else (start, edge, length, width)
        return tuple(f"{measure:.1f}" for measure in box)

    @property
    def axes(self) -> str:
        if self.standing:
            return f"M{self.low} 34V{self.end + 34:.1f}"
        return f"M{self.start} {self.high - 12}V{self.low}H{self.end + 14:.1f}"

    def place(self, position: float, height: float) -> tuple[str, str]:
        """x and y of a point of a line."""
        along = self.start + self.step * position
        across = self.low + (self.high - self.low) * height / 100
        x, y = (across, along) if self.standing else (along, across)
        return f"{x:.1f}", f"{y:.1f}"

    @property
    def heights(self) -> list[tuple[str, str, str]]:
        """A word of the axis with its x and y."""
        return [(*self.place(0, height), str(word)) for height, word in heights.WORDS]

    def path(self, values: Sequence[int | None], phase: float = 0) -> str:
        """The `d` of a line, with a gap wherever a value is None."""
        strokes = []
        for stretch in unbroken_stretches(values):
            points = (" ".join(self.place(x, y)) for x, y in zip(*by_hand(stretch, phase), strict=True))
            strokes.append("M" + "L".join(points))
        return "".join(strokes)


@dataclass(frozen=True)
class WallPaper(Paper):
    """Graph paper for the Scherm: lower, with room for letters that are read from the back of a room."""

    START_LYING, LYING_TOP, LYING_BOTTOM = 128, 28, 266
    NAMES, LETTER = 148, 10.8
    NAME_ROOM = 9.5

    @property
    def view_box(self) -> str:
        return f"0 0 {self.LYING_WIDTH} {self.LYING_BOTTOM + 68}"

    @property
    def words_text(self) -> str:
        """x at which the words of the heights end."""
        return f"{self.START_LYING - 14}"

    @property
    def under_text(self) -> str:
        """y above the names of the moments."""
        return f"{self.LYING_BOTTOM + 10}"

    def in_two_lines(self, name: str) -> tuple[str, ...]:
        letters = max(6, int(self.step / self.LETTER))
        return tuple(wrap(name, letters, max_lines=2, placeholder="…"))


@dataclass(frozen=True)
class Mark:
    """The name of a moment at its place on the axis, in at most two lines."""

    x: str
    y: str
    words: tuple[str, ...]
    is_meeting: bool


@dataclass(frozen=True)
class Spot:
    """One moment of one line: the place of its point, and of the words "niet geweest" instead of it."""

    moment: GraphMoment
    x: str
    y: str
    gap_x: str = ""
    gap_y: str = ""
    absent: bool = False
    drawn: bool = True


@dataclass(frozen=True)
class Series:
    """One member's line on one paper."""

    name: str
    number: int
    marker: str
    path: str
    path_again: str
    spots: tuple[Spot, ...]
    name_y: str = ""


@dataclass(frozen=True)
class Picture:
    paper: Paper
    moments: tuple[Mark, ...]
    series: tuple[Series, ...]


def pictures(moments: Sequence[GraphMoment], lines: Sequence[tuple[str, Points]], *, named: bool) -> list[Picture]:
    """The lines, lying and standing. With `named` each has its name at its end, where there is room for it."""
    return [
        _picture(Paper(False, len(moments), 130 if named else 0), moments, lines),
        _picture(Paper(True, len(moments)), moments, lines),
    ]


def wall_picture(moments: Sequence[GraphMoment], lines: Sequence[tuple[str, Points]]) -> Picture:
    """The lines as the Scherm shows them, each with its name at its end."""
    return _picture(WallPaper(False, len(moments), WallPaper.NAMES), moments, lines)


def _picture(paper: Paper, moments: Sequence[GraphMoment], lines: Sequence[tuple[str, Points]]) -> Picture:
    marks = tuple(
        Mark(*paper.place(place, 0), paper.in_two_lines(moment.name), is_meeting=moment.meeting is not None)
        for place, moment in enumerate(moments)
    )
    ends = _heights_of_names([_last_height(points, moments) for _name, points in lines], paper.NAME_ROOM)
    series = tuple(
        _series(paper, moments, name, points, number, end)
        for number, ((name, points), end) in enumerate(zip(lines, ends, strict=True))
    )
    return Picture(paper, marks, series)


def _series(
    paper: Paper, moments: Sequence[GraphMoment], name: str, points: Points, number: int, end: float | None
) -> Series:
    values = [points[moment.pk].value if moment.pk in points else None for moment in moments]
    turn, dash = divmod(number, len(MARKERS))
    return Series(
        name=name,
        number=dash + 1,
        marker=MARKERS[(dash + turn) % len(MARKERS)],
        path=paper.path(values),
        path_again=paper.path(values, phase=1.7),
        spots=tuple(_spot(paper, place, moment, points.get(moment.pk)) for place, moment in enumerate(moments)),
        name_y=paper.place(0, end)[1] if end is not None and not paper.standing else "",
    )


def _spot(paper: Paper, place: int, moment: GraphMoment, point: GraphPoint | None) -> Spot:
    gap = paper.place(place, 22 if paper.standing else 5)
    value = point.value if point else None
    height = 50 if value is None else value
    absent = point is not None and value is None
    return Spot(moment, *paper.place(place, height), *gap, absent=absent, drawn=point is not None)


def _last_height(points: Points, moments: Sequence[GraphMoment]) -> int | None:
    drawn = [points[moment.pk].value for moment in moments if moment.pk in points]
    heights_drawn = [value for value in drawn if value is not None]
    return heights_drawn[-1] if heights_drawn else None


def _heights_of_names(ends: Sequence[int | None], room: float) -> list[float | None]:
    """Where each name stands at the right: at its line's end, pushed apart where ends lie close."""
    return spread_out(ends, room=room, highest=104)
