"""bin/bench scale: what the main pages and the sweep cost with 10,000 groups, beside the same portal with one.

Both portals stand on one PostgreSQL. A page of one and of the other are asked in turn; a figure is the median over all
pairs of the CPU time of the web server and of its database together.
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psycopg

from tests.bench.figures import Figures
from tests.bench.main_pages import Visitor
from tests.bench.portals import bench_portal, collected_files
from tests.servers import ROOT, Portal

GROUPS = 10_000
PAIRS = 30
WARM_UP = 5
RATIO, SECONDS, QUERIES = 1.3, 2, 30
PEOPLE = {"deelnemer": "Marijke Hoekstra", "coach": "Hanneke Dijkstra"}
IN_ALL_GROUPS = ["Ruben de Groot", "Sanne Wolters"]


def of(visitor: Visitor, who: str) -> dict[str, str]:
    """A deelnemer does not lead."""
    return {name: path for name, path in visitor.pages.items() if name != "leiden" or who == "coach"}


def measure_pages(figures: Figures, one: Visitor, many: Visitor, who: str) -> None:
    """Each page at most RATIO times as heavy."""
    for page in of(one, who):
        pairs = [(one.visit(page), many.visit(page)) for _turn in range(WARM_UP + PAIRS)][WARM_UP:]
        ratio = median(there.cost_ns / here.cost_ns for here, there in pairs)
        figures.say(f"{page}_{who}_ratio", round(ratio, 2), "x", RATIO)


def measure_plans(figures: Figures, many: Visitor, who: str) -> None:
    """No page reads a table whole that grows with the groups."""
    script = f"from tests.bench.plans import say_what_is_read_whole as say; say({many.session!r}, {of(many, who)!r})"
    printed = many.portal.manage("shell", "--no-imports", "-c", script)
    for page, found in json.loads(printed.splitlines()[-1]).items():
        for table, query in found:
            print(f"{page} reads {table} whole: {query}")
        figures.say(f"{page}_{who}_read_whole", len(found), "tables", 0)


def measure_sweep(figures: Figures, many: Portal) -> None:
    script = "from tests.bench.sweeping import say_what_a_sweep_costs as say; say()"
    costs = json.loads(many.manage("shell", "--no-imports", "-c", script).splitlines()[-1])
    costs["all"] = [sum(figure) for figure in zip(*costs.values(), strict=True)]
    for name, (seconds, queries) in costs.items():
        figures.say(f"sweep_{name}", round(seconds, 2), "s", SECONDS)
        figures.say(f"sweep_{name}_queries", queries, "queries", QUERIES)


def main() -> int:
    server = os.environ.get("TEST_DATABASE_URL")
    if server is None:
        again = [str(ROOT / "bin/with-postgres"), sys.executable, "-m", "tests.bench.bench_scale"]
        os.execv(again[0], again)  # noqa: S606
    figures = Figures("scale")
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        static_files = collected_files(folder)
        portals = {}
        for size in ("one", "many"):
            database = f"scale_{size}"
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {database}")
            url = f"{server.rpartition('/')[0]}/{database}"
            portals[size] = running.enter_context(bench_portal(folder / size, static_files, DATABASE_URL=url))
        people = {who: [Visitor.of(portal, name) for portal in portals.values()] for who, name in PEOPLE.items()}
        clone = f"from tests.bench.clones import clone_group as clone; print(clone({GROUPS}, {IN_ALL_GROUPS!r}))"
        seconds = float(portals["many"].manage("shell", "--no-imports", "-c", clone).splitlines()[-1])
        print(f"{GROUPS} groups made in {seconds:.0f} s", flush=True)
        for who, (one, many) in people.items():
            measure_plans(figures, many, who)
            measure_pages(figures, one, many, who)
        measure_sweep(figures, portals["many"])
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
