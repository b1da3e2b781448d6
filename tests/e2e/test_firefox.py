"""What differs between browsers, in Debian's Firefox: `node --test` drives it over WebDriver BiDi, at our portal."""

import json
import subprocess
import sys
from pathlib import Path

from tests.e2e import cut_films, tablet
from tests.e2e.films import large_film
from tests.e2e.people import PASSWORD
from tests.e2e.refreshed import COUNT_SWAPS, DEEDS, DEVICE, NAMES, SEED
from tests.proxies import PlainNginx
from tests.servers import LOOP, ROOT, Portal
from tests.video_feedback.films import make_film

LARGE = 9_000_000
FILES = sorted((ROOT / "tests/e2e/firefox").glob("*.mjs"))


def test_firefox_does_it_too(portal: Portal, plain_nginx: PlainNginx, tmp_path: Path) -> None:
    refreshed = {"seed": SEED, "names": NAMES, "deeds": DEEDS, "beforeEachPage": f"{COUNT_SWAPS};{DEVICE}"}
    film = str(make_film(tmp_path / "IMG_0042.mp4", seconds=1))
    shared: dict[str, object] = {"seed": tablet.seed_of(8), "names": tablet.NAMES, "password": PASSWORD, "film": film}
    shared |= {"uprightFilm": tablet.upright_film_of("CLIP", str(make_film(tmp_path / "upright.mp4", size="360x640")))}
    shared |= {"largeFilm": str(large_film(tmp_path / "IMG_0043.MOV", LARGE)), "largeBytes": LARGE}
    env = portal.env | {
        "PORTAL_URL": portal.url,
        "PYTHON": sys.executable,
        "SHELL_LOOP": LOOP,
        "REFRESHED": json.dumps(refreshed),
    }
    env |= {"CUTTING": cut_films.for_firefox(tmp_path)}
    env |= {"TABLET": json.dumps(shared), "NGINX_URL": plain_nginx.url}
    command = ["node", "--test", *map(str, FILES)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
