"""The one way by which a higher app shows something on, or reacts to, a lower app.

A lower app defines a `Point` in its `points.py` and types what it takes. A higher app has the functions in its
`contributions.py` and registers them in `AppConfig.ready()`, which reads as the list of all that the app gives: nothing
registers when it is imported. The lower app runs through the point, in the order given, in the same response or
transaction. What is asked for by name (a mail by its kind, a live topic) stands in a `Named`, registered there too.

    # meetings/points.py
    meeting_panels: Point[Callable[[Meeting, Actor], Panel | None]] = Point("meetings.meeting_panels")
    # leervragen/apps.py, in ready()
    meeting_panels.register(contributions.meeting_panel, order=20)
    # a test
    with meeting_panels.temporarily(another_panel, order=1):
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class Point(Generic[F]):
    """An ordered list of functions of one type, filled by higher apps at start-up. Each stands in it once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: list[tuple[int, str, F]] = []

    def register(self, function: F, *, order: int = 50) -> None:
        """Raises ImproperlyConfigured when the function stands here already: it would be run twice."""
        name = f"{function.__module__}.{function.__qualname__}"
        if function in self:
            raise ImproperlyConfigured(f"{name} is registered twice on {self.name}")
        self._entries.append((order, name, function))
        self._entries.sort(key=lambda entry: entry[:2])

    @contextmanager
    def temporarily(self, function: F, *, order: int = 50) -> Iterator[None]:
        """For a test: the function stands among the others within the block only."""
        self.register(function, order=order)
        try:
            yield
        finally:
            self._entries = [entry for entry in self._entries if entry[2] != function]

    def __iter__(self) -> Iterator[F]:
        return (function for _, _, function in self._entries)

    def collect(self, *args: Any) -> list[Any]:
        """What each function answers, without the Nones."""
        return [answer for function in self if (answer := function(*args)) is not None]


class Named(Generic[T]):
    """What apps give under a name that others ask for; each name once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._given: dict[str, T] = {}

    def register(self, name: str, given: T) -> None:
        """Raises ImproperlyConfigured when the name is taken."""
        if name in self:
            raise ImproperlyConfigured(f"{name} is registered twice on {self.name}")
        self._given[name] = given

    def register_all(self, given: Mapping[str, T]) -> None:
        for name, one in given.items():
            self.register(name, one)

    @contextmanager
    def temporarily(self, name: str, given: T) -> Iterator[None]:
        """For a test: the name is known within the block only."""
        self.register(name, given)
        try:
            yield
        finally:
            del self._given[name]

    def __contains__(self, name: object) -> bool:
        return name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __getitem__(self, name: str) -> T:
        """Raises LookupError, with the name, for one that nobody registered."""
        if name not in self:
            raise LookupError(f"{name!r} is not registered on {self.name}")
        return self._given[name]


@dataclass(frozen=True)
class Panel:
    """A piece of a page: the template (with its own heading), what it needs, and whether it stands aside.

    `waits`: something in it still asks something of who reads it, so that Vandaag does not say "Je bent bij".
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    is_aside: bool = False
    waits: bool = False
    css: tuple[str, ...] = ()
    """The sheets that it needs, by their path in static/: for "Bijeenkomst leiden", which brings pages together."""
    js: tuple[str, ...] = ()
    page: str = ""
    """Its own page, when it has a live region of its own: then it stands beside that of the page that it is on, and
    what htmx asks for one of its elements is answered by that page."""
    is_wide: bool = False
    """Such a one that needs the whole width."""


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
