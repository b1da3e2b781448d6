"""Charts for print: frozen dataclass in, frozen dataclass out.

On screen a template draws the lines; this is for the PDF. Matplotlib draws the geometry as SVG and no word at all: the
words are labels that the PDF's own HTML puts in place, so that every script and emoji is written with the PDF's fonts
and no name can become mathematics ("$x$") or markup. The same input gives the same bytes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .drawing import by_hand, spread_out, unbroken_stretches

INK, INK_SOFT, PAPER_LINE = "#1D2523", "#4B5651", "#C9D9E4"

# Lines are told apart by dash and marker, which stand before the name too; colour comes last.
STYLES = (
    ("#0A5558", "solid", "o"),
    ("#A86A14", (0, (1.2, 1.8)), "s"),
    ("#1C52A0", (0, (5, 2)), "^"),
    ("#673C7A", (0, (6, 2, 1.2, 2)), "D"),
    ("#9C2A1D", (0, (3, 1.2)), "v"),
    ("#25613A", (0, (6, 1.6, 1.2, 1.6, 1.2, 1.6)), "P"),
    ("#4B5651", (0, (8, 3)), "X"),
    ("#063E41", (0, (2, 1)), "*"),
)

# The part of the picture inside the axes, in fractions of its width and height.
LEFT, RIGHT, TOP, BOTTOM = 0.11, 0.73, 0.97, 0.13
# Where beside the axes a word for the height is, the sample of a line, and its name; in widths of that part.
WORD, SAMPLE, NAME = -0.015, (1.03, 1.075), 1.09
LOWEST, HIGHEST = -2, 104

Style = tuple[str, Any, str]
"""Colour, dash and marker of a line."""


@dataclass(frozen=True)
class ChartLine:
    """One member's line. `values` has a height from 0 to 100 per moment, or None where the member was not there."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class LinesChart:
    """`heights` names some heights in words: the axis has no numbers, as in the playbook."""

    moments: tuple[str, ...]
    heights: tuple[tuple[int, str], ...]
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True)
class Label:
    """A text on a chart; `place` is CSS for the point that it hangs on, `anchor` says by which side it hangs."""

    text: str
    place: str
    anchor: str
    colour: str = INK


@dataclass(frozen=True)
class Chart:
    svg: str
    labels: tuple[Label, ...]


def draw_lines(chart: LinesChart, *, width: float = 9.6, height: float = 5.0) -> Chart:
    """All lines over one row of moments. Sizes in inches of 72 points."""
    figure, axes = _paper(width, height)
    last = len(chart.moments) - 1
    for line, (colour, dash, marker) in zip(chart.lines, _styles(), strict=False):
        for stretch in unbroken_stretches(line.values):
            _stroke(axes, *by_hand(stretch), colour, dash)
        drawn = {position: value for position, value in enumerate(line.values) if value is not None}
        _markers(axes, list(drawn), list(drawn.values()), colour, marker)
    ends = _ends(chart)
    beside = axes.get_yaxis_transform()
    for height, _line, (colour, dash, marker) in ends:
        _stroke(axes, SAMPLE, (height, height), colour, dash, transform=beside)
        _markers(axes, (sum(SAMPLE) / 2,), (height,), colour, marker, transform=beside)
    axes.set_xlim(-0.25, last + 0.25)
    axes.set_xticks(range(len(chart.moments)))
    axes.set_yticks([height for height, _ in chart.heights])
    figure.subplots_adjust(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)

    def place(position: float, height: float) -> str:
        return at((position + 0.25) / (last + 0.5), height)

    def at(fraction: float, height: float) -> str:
        across = LEFT + (RIGHT - LEFT) * fraction
        up = BOTTOM + (TOP - BOTTOM) * (height - LOWEST) / (HIGHEST - LOWEST)
        return f"left: {across:.2%}; top: {1 - up:.2%}"

    column = f"; width: {(RIGHT - LEFT) / (last + 0.5):.2%}"
    return Chart(
        svg=_svg(figure),
        labels=(
            *(Label(word, at(WORD, height), "end") for height, word in chart.heights),
            *(Label(moment, place(position, -5) + column, "top") for position, moment in enumerate(chart.moments)),
            *(Label(line.name, at(NAME, height), "start", colour) for height, line, (colour, _, _) in ends),
        ),
    )


def _stroke(axes: Any, along: Any, up: Any, colour: str, dash: Any, **options: Any) -> None:
    axes.plot(along, up, color=colour, linestyle=dash, linewidth=2.2, clip_on=False, **options)


def _markers(axes: Any, along: Any, up: Any, colour: str, marker: str, **options: Any) -> None:
    axes.plot(
        along, up, color=colour, linestyle="none", marker=marker, markersize=7, clip_on=False,
        markerfacecolor="white", markeredgewidth=1.8, **options,
    )  # fmt: skip


def _styles() -> Iterator[Style]:
    """One (colour, dash, marker) per line. A ninth line takes the first dash with the second marker, and so on."""
    for turn in range(len(STYLES)):
        for place, (colour, dash, _) in enumerate(STYLES):
            yield colour, dash, STYLES[(place + turn) % len(STYLES)][2]


def _ends(chart: LinesChart) -> list[tuple[float, ChartLine, Style]]:
    """(height, line, style) of each name at the right: at its line's end, pushed apart where ends lie close."""
    drawn = [[value for value in line.values if value is not None] for line in chart.lines]
    room = min(6.0, (HIGHEST - LOWEST) / max(len(drawn), 1))
    heights = spread_out([values[-1] if values else None for values in drawn], room=room, highest=HIGHEST)
    labelled = zip(heights, chart.lines, _styles(), strict=False)
    return [(height, line, style) for height, line, style in labelled if height is not None]


def _paper(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure  # noqa: PLC0415  (heavy: only a worker draws)

    figure = Figure(figsize=(width, height))
    axes = figure.add_subplot()
    axes.set_ylim(LOWEST, HIGHEST)
    axes.grid(visible=True, color=PAPER_LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelleft=False, labelbottom=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(INK_SOFT)
    return figure, axes


def _svg(figure: Any) -> str:
    import matplotlib  # noqa: PLC0415  (heavy, as above)

    written = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "netwerkleren"}):
        figure.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    return written.getvalue()
