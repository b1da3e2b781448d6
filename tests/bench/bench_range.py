"""bin/bench range: how long a player waits for the first byte of a range, beside nginx without a gate and a bare view.

The same range of the same film, asked of the three in turn, each time on a connection of its own; by its owner, and
by a coach with whom it was shared, for whom it is noted that she watched. A figure is the median over the turns.
"""

import sys
import tempfile
import urllib.request
from http.client import HTTPResponse
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.figures import Figures
from tests.bench.main_pages import A_RANGE, Visitor
from tests.bench.portals import bench_portal, collected_files
from tests.tools import running_nginx

TURNS = 200
WARM_UP = 20
PEOPLE = {"owner": "Marijke Hoekstra", "watcher": "Hanneke Dijkstra"}

NGINX = 5
"""Times nginx, which asks nobody and nothing: a few milliseconds, which no player shows."""
BARE = 1.5
"""Times a view that asks only who it is, and for the row: what the gates may add."""


def first_byte(url: str, session: str) -> float:
    """Seconds until the first byte of the film; the rest is read too, so that no turn is in the way of the next."""
    asked = urllib.request.Request(url, headers={"Cookie": f"sessionid={session}", "Range": A_RANGE})
    begun = perf_counter()
    answer: HTTPResponse
    with urllib.request.urlopen(asked) as answer:
        first = answer.read(1)
        seconds = perf_counter() - begun
        size = len(first + answer.read())
    assert (answer.status, size) == (206, 65536), f"{url}: {answer.status}, {size} bytes"
    return seconds


def _pk_of_film(visitor: Visitor) -> str:
    return visitor.pages["film"].strip("/").split("/")[1]


def _name_of_film(visitor: Visitor) -> str:
    """Where it lies in the folder of all films."""
    script = f"from video_feedback.models import Clip; print(Clip.objects.get(pk={_pk_of_film(visitor)!r}).video.name)"
    return visitor.portal.manage("shell", "--no-imports", "-c", script).splitlines()[-1]


def measure(figures: Figures, visitor: Visitor, who: str, without_gate: str) -> None:
    urls = {
        "portal": visitor.portal.url + visitor.pages["film"],
        "bare": f"{visitor.portal.url}/bench/film/{_pk_of_film(visitor)}/",
        "nginx": without_gate,
    }
    turns = [
        {name: first_byte(url, visitor.session) for name, url in urls.items()} for _turn in range(WARM_UP + TURNS)
    ][WARM_UP:]
    print(", ".join(f"{name} {1000 * median(turn[name] for turn in turns):.2f} ms" for name in urls))
    for name, limit in (("nginx", NGINX), ("bare", BARE)):
        ratio = median(turn["portal"] / turn[name] for turn in turns)
        figures.say(f"{who}_{name}_ratio", round(ratio, 2), "x", limit)


def main() -> int:
    figures = Figures("range")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with bench_portal(folder / "var", collected_files(folder)) as portal:
            location = f"location / {{ root {folder / 'var/media/footage'}; }}"
            with running_nginx(folder / "nginx", location) as without_gate:
                for who, person in PEOPLE.items():
                    visitor = Visitor.of(portal, person)
                    measure(figures, visitor, who, f"{without_gate}/{_name_of_film(visitor)}")
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
