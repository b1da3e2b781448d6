"""The traject as a drawn line: solid for what has been, dotted for what comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass(frozen=True)
class Stop:
    """A point on the line. `is_next` is the one that comes first; there is at most one."""

    label: str
    detail: str
    url: str = ""
    is_done: bool = False
    is_next: bool = False
    mark: str = ""


@register.inclusion_tag("components/trace.html")
def trace(stops: Sequence[Stop]) -> dict[str, object]:
    """`{% trace stops %}` draws the line with its stops as a list."""
    return {"stops": stops}
