"""The one registry by which a higher app shows something on, or reacts to, a lower app.

A lower app defines a `Point` in its `extensions.py` and types what it takes; a higher app registers on it in
`AppConfig.ready()`. The lower app runs through the point, in the order given, in the same response or transaction.

    # meetings/extensions.py
    meeting_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.meeting_panels")
    # leervragen/apps.py
    meeting_panels.register(panels.meetlat, order=20)
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Point(Generic[F]):
    """An ordered list of functions of one type, filled by higher apps at start-up."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: list[tuple[int, str, F]] = []

    def register(self, function: F, *, order: int = 50) -> F:
        self._entries.append((order, f"{function.__module__}.{function.__qualname__}", function))
        self._entries.sort(key=lambda entry: entry[:2])
        return function

    def __iter__(self) -> Iterator[F]:
        return (function for _, _, function in self._entries)

    def collect(self, *args: Any) -> list[Any]:
        """What each function answers, without the Nones."""
        return [answer for function in self if (answer := function(*args)) is not None]


@dataclass(frozen=True)
class Panel:
    """A piece of a page: the template (with its own heading), what it needs, and whether it stands aside."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    is_aside: bool = False


@dataclass(frozen=True)
class Fact:
    """A line of a checklist that the portal ticks by itself."""

    label: str
    done: bool
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class ToDo:
    """Something that waits for a person: one button, soonest first. `due` is aware; None sorts last."""

    title: str
    detail: str
    url: str
    action: str
    icon: str = "arrow-right"
    due: datetime | None = None
    late: bool = False
