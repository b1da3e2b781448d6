"""The traject as a drawn line: solid for what has been, dotted for what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin

from django import template

register = template.Library()

PITCH = 100
"""Units of the drawing from one stop to the next."""
MIDDLE = 22
"""The height of the line in a drawing of 44."""


@dataclass(frozen=True)
class Stop:
    """A point on the line. `is_next` is the one that comes first; there is at most one."""

    label: str
    detail: str
    url: str = ""
    is_done: bool = False
    is_next: bool = False
    mark: str = ""


def _wave(first: int, last: int) -> str:
    """A slightly unsteady line through the stops `first` to `last`, exact at each of them."""
    points = []
    for step in range(first * 10, last * 10 + 1):
        along = step / 10
        height = MIDDLE + 2.6 * sin(along * pi) * (1 if int(along) % 3 else -0.6)
        points.append(f"{along * PITCH + PITCH / 2:.1f} {height:.1f}")
    return "M" + "L".join(points) if len(points) > 1 else ""


@register.inclusion_tag("components/trace.html")
def trace(stops: Sequence[Stop]) -> dict[str, object]:
    """`{% trace stops %}` draws the line with its stops as a list."""
    reached = next((index for index, stop in enumerate(stops) if stop.is_next), len(stops) - 1)
    return {
        "stops": stops,
        "width": len(stops) * PITCH,
        "solid": _wave(0, reached) if stops else "",
        "dotted": _wave(reached, len(stops) - 1) if stops else "",
    }
