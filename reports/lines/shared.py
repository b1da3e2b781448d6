"""The lines that members share with their group: in words for screen and print, and as the chart for print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from ..models import BehaviourGraph, GraphMoment
from .heights import WORDS, in_words
from .moments import Points, points_of
from .print import ChartLine, LinesChart


@dataclass(frozen=True)
class Turn:
    """A "waarom hier?" on a shared line."""

    moment: str
    note: str


@dataclass(frozen=True)
class SharedLine:
    """`words` has a word per moment; an empty one where the member drew nothing."""

    name: str
    words: tuple[str, ...]
    turns: tuple[Turn, ...]


MOST_COLUMNS = 6
"""Moments side by side in a table on A4; more are in a table below it."""


@dataclass(frozen=True)
class WordTable:
    """A stretch of the moments: of each line a word for each of these."""

    moments: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Lines:
    moments: tuple[str, ...]
    shared: tuple[SharedLine, ...]
    chart: LinesChart

    @property
    def tables(self) -> list[WordTable]:
        """For on paper: so many columns as fit, and as many in each table."""
        count = len(self.moments)
        columns = ceil(count / ceil(count / MOST_COLUMNS)) if count else 1
        return [
            WordTable(
                self.moments[start : start + columns],
                tuple((line.name, line.words[start : start + columns]) for line in self.shared),
            )
            for start in range(0, count, columns)
        ]

    @property
    def has_turns(self) -> bool:
        return any(line.turns for line in self.shared)


def shared_lines(moments: Sequence[GraphMoment], graphs: Iterable[BehaviourGraph]) -> Lines | None:
    """The lines that members share with the group, over all moments; None while there are none."""
    lines = [(graph.member.name, points_of(graph)) for graph in graphs]
    if not any(moment.pk in points for _name, points in lines for moment in moments):
        return None
    names = tuple(moment.name for moment in moments)
    chart = LinesChart(
        moments=names,
        heights=tuple((height, str(word)) for height, word in WORDS),
        lines=tuple(ChartLine(name, _values(points, moments)) for name, points in lines),
    )
    return Lines(names, tuple(_shared_line(name, points, moments) for name, points in lines), chart)


def _values(points: Points, moments: Sequence[GraphMoment]) -> tuple[int | None, ...]:
    return tuple(points[moment.pk].value if moment.pk in points else None for moment in moments)


def _shared_line(name: str, points: Points, moments: Sequence[GraphMoment]) -> SharedLine:
    drawn = [(moment, points.get(moment.pk)) for moment in moments]
    return SharedLine(
        name=name,
        words=tuple(in_words(point.value) if point else "" for _moment, point in drawn),
        turns=tuple(Turn(moment.name, point.note) for moment, point in drawn if point and point.note),
    )
