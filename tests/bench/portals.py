"""A portal with the demo in it; for most benches with the stopwatch before its pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import ROOT, Portal, running_portal

WITH_STOPWATCH = "tests.bench.settings"


def collected_files(folder: Path) -> Path:
    """What collectstatic makes, in a folder of its own below this one."""
    var = folder / "static-files"
    var.mkdir()
    own = os.environ | {"DJANGO_SETTINGS_MODULE": WITH_STOPWATCH, "NETWERKLEREN_VAR": str(var), "SECRET_KEY": "bench"}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=own, check=True)
    return var / "static"


@contextmanager
def demo_portal(folder: Path, static_files: Path, *, parts: str = "", **env: str) -> Iterator[Portal]:
    """A portal with its data in this folder, which it makes, and the demo loaded; the whole of it, or these parts."""
    folder.mkdir()
    with running_portal(folder, static_files, parts=parts, NETWERKLEREN_DEMO="1", **env) as portal:
        portal.manage("load_demo")
        yield portal


@contextmanager
def bench_portal(folder: Path, static_files: Path, **env: str) -> Iterator[Portal]:
    """As `demo_portal`, with the stopwatch and the bare page."""
    with demo_portal(folder, static_files, DJANGO_SETTINGS_MODULE=WITH_STOPWATCH, **env) as portal:
        yield portal
