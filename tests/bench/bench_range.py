"""bin/bench range: how long a player waits for the first byte of a range, beside nginx without a gate and a bare view.

The same range of the same film, asked in turn, each time on a connection of its own; by its owner, and by a coach with
whom it was shared, for whom it is noted that she watched. A figure is the median over the turns. Beside nginx as it is
installed: over TLS, which nginx ends for the portal as it does for the file. Beside the bare view without anything
between, as the two are alike but for their gates.
"""

import ssl
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
"""Times a view that asks only who it is, and for one row: what the gates may add."""


def first_byte(url: str, session: str, trusted: ssl.SSLContext) -> float:
    """Seconds until the first byte of the film; the rest is read too, so that no turn is in the way of the next."""
    asked = urllib.request.Request(url, headers={"Cookie": f"sessionid={session}", "Range": A_RANGE})
    begun = perf_counter()
    answer: HTTPResponse
    with urllib.request.urlopen(asked, context=trusted) as answer:
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


def measure(figures: Figures, visitor: Visitor, who: str, nginx: str, trusted: ssl.SSLContext) -> None:
    film = visitor.pages["film"]
    urls = {
        "portal": visitor.portal.url + film,
        "bare": f"{visitor.portal.url}/bench/film/{_pk_of_film(visitor)}/",
        "portal_over_tls": nginx + film,
        "nginx_over_tls": f"{nginx}/without-gate/{_name_of_film(visitor)}",
    }
    turns = [
        {name: first_byte(url, visitor.session, trusted) for name, url in urls.items()}
        for _turn in range(WARM_UP + TURNS)
    ][WARM_UP:]
    print(", ".join(f"{name} {1000 * median(turn[name] for turn in turns):.2f} ms" for name in urls), flush=True)
    nginx_ratio = median(turn["portal_over_tls"] / turn["nginx_over_tls"] for turn in turns)
    figures.say(f"{who}_nginx_ratio", round(nginx_ratio, 2), "x", NGINX)
    bare_ratio = median(turn["portal"] / turn["bare"] for turn in turns)
    figures.say(f"{who}_bare_ratio", round(bare_ratio, 2), "x", BARE)


def main() -> int:
    figures = Figures("range")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with bench_portal(folder / "var", collected_files(folder)) as portal:
            locations = f"""
                location /without-gate/ {{ alias {folder}/var/media/footage/; }}
                location / {{ proxy_pass {portal.url}; proxy_set_header Host $http_host; }}
            """
            with running_nginx(folder / "nginx", locations, tls=True) as nginx:
                trusted = ssl.create_default_context(cafile=folder / "nginx/certificate.pem")
                for who, person in PEOPLE.items():
                    measure(figures, Visitor.of(portal, person), who, nginx, trusted)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
