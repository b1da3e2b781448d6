"""bin/bench slow [--database sqlite|postgresql]: what slow clients cost everyone else; both databases by default.

The portal as bin/serve runs it, first alone, then with a crowd: headers that never end, bodies that stall while they
are being read, and uploads over a slow line. All that time one person looks at Vandaag and the meetlat.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlsplit

from tests.bench.crowd import Crowd
from tests.bench.figures import Figures
from tests.bench.main_pages import Visitor
from tests.bench.portals import collected_files, demo_portal
from tests.servers import ROOT, Portal

HALF_SENT, STALLED, SLOW = 60, 60, 30
"""More than twice the 2 x 16 threads with which a portal froze; 90 bodies stay under the 100 of one process
(video_feedback/crowding.py), which may get them all."""
SPEED = 64_000
"""Bytes a second: a phone at the edge of its network."""
SECONDS = 30
"""That a slow upload lasts, and that the pages are asked for meanwhile."""
QUIET_TIMES = 100
"""Each page alone, half before the crowd and half after, so that a machine that gets busier tells in both."""
RATIO = 3
"""Of the quiet portal's p95: nobody takes a page for broken that still comes in a blink."""
PAGES = ("vandaag", "meetlat")


@dataclass
class Look:
    """What someone sees who looks at the pages: seconds by page, and every answer that was no page."""

    visitor: Visitor
    seconds: dict[str, list[float]] = field(default_factory=lambda: {page: [] for page in PAGES})
    errors: list[str] = field(default_factory=list)

    def once(self) -> None:
        """Each page, on a connection of its own: the web server's processes take turns."""
        for page, seconds in self.seconds.items():
            begun = perf_counter()
            if said := self._fetch(self.visitor.pages[page]):
                self.errors.append(said)
            seconds.append(perf_counter() - begun)

    def _fetch(self, path: str) -> str:
        address = urlsplit(self.visitor.portal.url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": f"sessionid={self.visitor.session}"})
            answer = connection.getresponse()
            answer.read()
            return "" if answer.status == 200 else f"{path} answers {answer.status}"
        except (OSError, http.client.HTTPException) as problem:
            return f"{path}: {problem!r}"
        finally:
            connection.close()

    def p95(self, page: str) -> float:
        return quantiles(self.seconds[page], n=20)[-1]


def measure(portal: Portal, database: str) -> bool:
    """Prints the figures; True when one is over."""
    figures = Figures(f"slow.{database}")
    visitor = Visitor.of(portal, "Marijke Hoekstra")
    warm_up, quiet, busy = Look(visitor), Look(visitor), Look(visitor)
    crowd = Crowd.of(portal, half_sent=HALF_SENT, stalled=STALLED, slow=SLOW, speed=SPEED, seconds=SECONDS)
    before = portal.processes
    for _time in range(10):
        warm_up.once()
    for _time in range(QUIET_TIMES // 2):
        quiet.once()
    with crowd.standing():
        figures.say_least("in_hand", crowd.in_hand, "bodies", STALLED + SLOW)
        while not crowd.is_done and not crowd.faults:
            busy.once()
        figures.say_least("in_hand_at_the_end", crowd.in_hand, "bodies", STALLED)
    for _time in range(QUIET_TIMES // 2):
        quiet.once()

    for page in PAGES:
        times = f"{1000 * quiet.p95(page):.0f} ms alone, {1000 * busy.p95(page):.0f} ms with the crowd"
        print(f"{page}: p95 {times}, {len(busy.seconds[page])} times", flush=True)
        figures.say(f"{page}_p95_ratio", round(busy.p95(page) / quiet.p95(page), 2), "x", RATIO)
    for said in [*quiet.errors, *busy.errors, *crowd.faults]:
        print(said)
    figures.say("errors", len([*quiet.errors, *busy.errors, *crowd.faults]), "answers", 0)
    logged = [line for line in portal.logs.splitlines() if "ERROR" in line or "Traceback" in line]
    print(*logged, sep="\n")
    figures.say("errors_logged", len(logged), "lines", 0)
    figures.say("processes_lost", len(before.keys() - portal.processes.keys()), "processes", 0)
    figures.say_least("arrived_whole", crowd.whole, "recordings", SLOW)
    return figures.is_over


def run_on(database: str) -> int:
    server = os.environ.get("TEST_DATABASE_URL")
    if database == "postgresql" and server is None:
        again = [
            str(ROOT / "bin/with-postgres"),
            sys.executable,
            "-m",
            "tests.bench.bench_slow",
            "--database",
            database,
        ]
        return subprocess.run(again).returncode
    env = {"DATABASE_URL": server} if database == "postgresql" and server else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Without the worker that converts: what arrived must lie there.
        with demo_portal(folder / "var", collected_files(folder), parts="web mail", **env) as portal:
            return int(measure(portal, database))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    asked = parser.parse_args().database
    return max([run_on(database) for database in ([asked] if asked else ["sqlite", "postgresql"])])


if __name__ == "__main__":
    sys.exit(main())
