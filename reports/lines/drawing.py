"""How a line looks as if drawn by hand, on paper and on screen. `static/js/pages/graph-line.js` draws the same line."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
SAMPLES = 24


def unbroken_stretches(values: Sequence[int | None]) -> list[list[Point]]:
    """Cut a row of heights at the gaps: each stretch is a list of (position, height)."""
    stretches: list[list[Point]] = [[]]
    for position, value in enumerate(values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append((position, value))
    return [stretch for stretch in stretches if stretch]


def by_hand(stretch: Sequence[Point], phase: float = 0) -> tuple[list[float], list[float]]:
    """A slightly unsteady line: small sines that are nought at each point, so that every point stays exact.

    Another `phase` is another stroke over the same points.
    """
    xs, ys = [], []
    for (left, start), (right, end) in pairwise(stretch):
        for step in range(SAMPLES):
            part = step / SAMPLES
            eased = (1 - math.cos(math.pi * part)) / 2
            wobble = 0.9 * math.sin(2 * math.pi * part + phase) * math.sin(math.pi * part)
            wobble += 0.5 * math.sin(4 * math.pi * part) * math.cos(left + phase)
            xs.append(left + (right - left) * part)
            ys.append(start + (end - start) * eased + wobble)
    xs.append(stretch[-1][0])
    ys.append(stretch[-1][1])
    return xs, ys


def spread_out(heights: Sequence[float | None], *, room: float, highest: float) -> list[float | None]:
    """The heights, in their order, pushed apart to `room` where they lie closer, and none above `highest`."""
    order = sorted((height, place) for place, height in enumerate(heights) if height is not None)
    pushed = [height for height, _place in order]
    for place in range(1, len(pushed)):
        pushed[place] = max(pushed[place], pushed[place - 1] + room)
    for place in reversed(range(len(pushed))):
        pushed[place] = min(pushed[place], highest - room * (len(pushed) - 1 - place))
    placed: list[float | None] = [None] * len(heights)
    for (_height, place), new in zip(order, pushed, strict=True):
        placed[place] = new
    return placed
