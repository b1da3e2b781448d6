"""bin/bench pages: how heavy the main pages are, as a ratio to a bare page in the same server and run.

A page and the bare page are asked in turn; a figure is the median over all pairs.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.figures import Figures
from tests.bench.main_pages import Answer, Visitor
from tests.bench.portals import bench_portal, collected_files

ROUNDS = 30
WARM_UP = 5
RATIO, QUERIES, KILOBYTES = 5, 15, 60


def measure(visitor: Visitor) -> bool:
    """Prints the figures; True when one is over."""
    answers: dict[str, list[tuple[Answer, Answer]]] = {name: [] for name in visitor.pages if name != "film"}
    for turn in range(WARM_UP + ROUNDS):
        for name, pairs in answers.items():
            pair = (visitor.visit(name), visitor.visit("bare"))
            if turn >= WARM_UP:
                pairs.append(pair)
    figures = Figures("pages")
    for name, pairs in answers.items():
        figures.say(f"{name}_ratio", round(median(page.cpu_ns / bare.cpu_ns for page, bare in pairs), 2), "x", RATIO)
        figures.say(f"{name}_queries", max(page.queries for page, _bare in pairs), "queries", QUERIES)
        figures.say(f"{name}_html", round(max(page.size for page, _bare in pairs) / 1000, 1), "kB", KILOBYTES)
    return figures.is_over


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with bench_portal(folder / "var", collected_files(folder)) as portal:
            return 1 if measure(Visitor.of(portal, "Marijke Hoekstra")) else 0


if __name__ == "__main__":
    sys.exit(main())
