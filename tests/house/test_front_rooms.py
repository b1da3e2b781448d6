"""Where a module of the front end stands says who loads it: every page, one page, or another module."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
JS = BASE / "static/js"
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["'](\.[^"']+)["'];""", re.MULTILINE)
LOADED = re.compile(r"""\{% static ["']js/([^"']+)["'] %\}""")


def room(name: str) -> set[str]:
    return {path.relative_to(JS).as_posix() for path in (JS / name).glob("*.js")}


def imported_by(module: Path) -> set[str]:
    """What it imports of our own, by path from static/js."""
    found = {(module.parent / name).resolve() for name in IMPORT.findall(module.read_text())}
    return {path.relative_to(JS).as_posix() for path in found if path.is_relative_to(JS)}


def test_what_every_page_loads_is_the_app_room() -> None:
    assert {path.name for path in JS.glob("*.js")} == {"app.js"}
    assert imported_by(JS / "app.js") == room("app")


def test_each_module_of_a_page_is_named_by_a_template() -> None:
    templates = (BASE / "templates").rglob("*.html")
    named = {name for path in templates for name in LOADED.findall(path.read_text())}
    early = {"app/double-click.js"}  # which must be there before the page can be pressed
    workers = {"workers/cutter.js"}  # whose page starts it; what it imports is of its room
    assert named == {"app.js"} | early | workers | room("pages")


def test_what_a_worker_runs_is_in_its_room_or_shared() -> None:
    used = {name for path in (JS / "workers").glob("*.js") for name in imported_by(path)}
    assert room("workers") - used == {"workers/cutter.js"}
    assert used <= room("workers") | room("shared")


def test_what_is_shared_is_imported_and_a_page_is_not() -> None:
    rooms = ("app", "pages", "shared")
    used = {name for room_name in rooms for path in (JS / room_name).glob("*.js") for name in imported_by(path)}
    assert room("shared") <= used
    assert used & room("pages") == set()
    outside = {name for path in (JS / "shared").glob("*.js") for name in imported_by(path)} - room("shared")
    assert outside == set(), "what is shared needs nothing of a page"
