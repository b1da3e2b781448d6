"""What differs between browsers, in Debian's Firefox: `node --test` drives it over WebDriver BiDi, at our portal."""

import json
import subprocess
import sys

from tests.e2e.refreshed import COUNT_SWAPS, DEEDS, DEVICE, NAMES, SEED
from tests.servers import ROOT, Portal

FILES = sorted((ROOT / "tests/e2e/firefox").glob("*.mjs"))


def test_firefox_does_it_too(portal: Portal) -> None:
    refreshed = {"seed": SEED, "names": NAMES, "deeds": DEEDS, "beforeEachPage": f"{COUNT_SWAPS};{DEVICE}"}
    env = portal.env | {"PORTAL_URL": portal.url, "PYTHON": sys.executable, "REFRESHED": json.dumps(refreshed)}
    command = ["node", "--test", *map(str, FILES)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
