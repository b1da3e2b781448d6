"""Charts for print."""

import re
from itertools import pairwise

from reports.lines.print import STYLES, Chart, ChartLine, Label, LinesChart, draw_lines

HEIGHTS = ((0, "zelden"), (50, "regelmatig"), (100, "heel vaak"))


def chart_of(*lines: ChartLine) -> LinesChart:
    return LinesChart(moments=("Bijeenkomst 1", "Coaching", "Afsluiting"), heights=HEIGHTS, lines=lines)


def label(chart: Chart, text: str) -> Label:
    (found,) = [label for label in chart.labels if label.text == text]
    return found


def top_of(label: Label) -> float:
    return float(re.findall(r"top: ([\d.]+)%", label.place)[0])


def test_the_same_input_gives_the_same_bytes() -> None:
    chart = chart_of(ChartLine("Marijke", (20, 40, 90)), ChartLine("Yusuf", (50, None, 70)))

    assert draw_lines(chart) == draw_lines(chart)


def test_names_become_labels_and_never_part_of_the_drawing() -> None:
    hostile = "$x$ </svg><script>"

    chart = draw_lines(chart_of(ChartLine(hostile, (20, 40, 90))))

    assert label(chart, hostile).anchor == "start"
    assert "script" not in chart.svg
    assert "<text" not in chart.svg


def test_every_moment_and_every_height_has_its_word() -> None:
    chart = draw_lines(chart_of(ChartLine("Marijke", (20, 40, 90))))

    assert [label.text for label in chart.labels] == [
        "zelden", "regelmatig", "heel vaak", "Bijeenkomst 1", "Coaching", "Afsluiting", "Marijke",
    ]  # fmt: skip
    assert top_of(label(chart, "heel vaak")) < top_of(label(chart, "regelmatig")) < top_of(label(chart, "zelden"))


def test_names_of_lines_that_end_together_do_not_overlap() -> None:
    lines = [ChartLine(f"Lid {number}", (50, 50, 100)) for number in range(10)]

    tops = sorted(top_of(label(draw_lines(chart_of(*lines)), line.name)) for line in lines)

    # A name is 12.5 px high, in a picture that prints 331 px high: 3.8 %.
    assert all(below - above >= 3.8 for above, below in pairwise(tops))
    assert tops[0] >= 0


def test_a_name_has_a_sample_of_its_line_before_it_and_who_drew_nothing_has_neither() -> None:
    lines = [ChartLine("Marijke", (20, 40, 90)), ChartLine("Yusuf", (50, 50, 70)), ChartLine("Ruben", (None,) * 3)]

    chart = draw_lines(chart_of(*lines))

    # A stroke of two points, at the height of the name: in grey and beside another line it is told by that.
    strokes = re.findall(r'd="M [\d.]+ ([\d.]+) \nL [\d.]+ \1 \n" style="fill: none;[^"]*stroke: (#\w+)', chart.svg)
    assert {colour for _height, colour in strokes} >= {STYLES[0][0].lower(), STYLES[1][0].lower()}
    assert STYLES[2][0].lower() not in chart.svg


def test_the_lines_differ_by_dash_and_marker_as_well_as_colour() -> None:
    colours, dashes, markers = (set(map(str, column)) for column in zip(*STYLES, strict=True))

    assert len(colours) == len(dashes) == len(markers) == len(STYLES)


def test_a_member_who_missed_everything_has_no_name_on_the_chart() -> None:
    chart = draw_lines(chart_of(ChartLine("Niemand", (None, None, None))))

    assert "Niemand" not in [label.text for label in chart.labels]
