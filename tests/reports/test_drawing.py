"""Lines as a hand would draw them."""

import json
import math
import subprocess

import pytest
from django.conf import settings

from reports.lines.drawing import by_hand, unbroken_stretches


@pytest.mark.parametrize(
    ("values", "stretches"),
    [
        ((1, 2, 3), [[(0, 1), (1, 2), (2, 3)]]),
        ((1, None, 3), [[(0, 1)], [(2, 3)]]),
        ((None, None, 3), [[(2, 3)]]),
        ((None, None), []),
        ((), []),
    ],
)
def test_a_missed_moment_is_a_gap(values: tuple[int | None, ...], stretches: list[list[tuple[int, int]]]) -> None:
    assert unbroken_stretches(values) == stretches


def test_a_point_is_drawn_exactly_where_the_member_put_it() -> None:
    xs, ys = by_hand([(0, 10), (1, 90), (3, 40)])

    drawn = dict(zip(xs, ys, strict=True))
    assert all(math.isclose(drawn[x], y, abs_tol=1e-9) for x, y in [(0, 10), (1, 90), (3, 40)])


BY_HAND = """
import { byHand } from "./static/js/shared/line-drawing.js";
console.log(JSON.stringify(byHand(%s, %s)));
"""


@pytest.mark.parametrize("phase", [0, 1.7])
def test_the_screen_draws_the_line_of_the_paper(phase: float) -> None:
    stretch: list[tuple[float, float]] = [(0, 10), (1, 90), (3, 40)]
    command = ["node", "--input-type=module", "--eval", BY_HAND % (json.dumps(stretch), phase)]
    printed = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True, text=True, timeout=30)

    xs, ys = by_hand(stretch, phase)
    assert json.loads(printed.stdout) == [pytest.approx(point) for point in zip(xs, ys, strict=True)]
