"""Letting people in: a plain route means signed in, and one table says what each actor gets."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports", "tests")
URLS = [path for folder in FOLDERS for path in (ROOT / folder).rglob("urls.py")]


def test_a_route_does_not_say_that_it_asks_for_a_login() -> None:
    said = {str(path.relative_to(ROOT)) for path in URLS if re.search(r"Who\.SIGNED_IN\b", path.read_text())}
    assert said == set()


def test_the_routes_were_read() -> None:
    """Or the test above would hold for want of files."""
    assert {path.parent.name for path in URLS} >= {"groups", "meetings", "base", "roof", "demo", "bench"}


def test_no_app_has_a_table_of_codes_of_its_own() -> None:
    own = re.compile(r"^(ACTORS|STRANGERS|VISITORS)\b.*=", re.MULTILINE)
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path.parent != ROOT / "tests" / "access"]
    found = [path for path in tests if path.stem.endswith("_codes") or own.search(path.read_text())]
    assert found == []
