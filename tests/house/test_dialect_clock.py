"""Counting down is learned once: one module knows the time, one element counts to a moment."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
MODULES = sorted((BASE / "static" / "js").rglob("*.js"))
CLOCK = re.compile(r"\b(?:Date\.now\(|performance\.(?:now\(|timeOrigin|getEntries))")
MEASURES_SOMETHING_ELSE = {
    "follow.js": "how long ago something changed, or the reader began to leave the page",
    "stream.js": "how long ago a stream broke",
    "upload-recording.js": "how long a piece of a recording was on its way",
    "kept-cuts.js": "the same of what was cut and is not sent; the portal knows nothing of it",
    "sending.js": "until when a form that was asked about may go",
    "outbox.js": "when something began to wait on this device",
    "outbox-store.js": "whether that is more than a week ago; without a network no server says so",
}
OLD = re.compile(r"meeting-clock|interview-timer|leervraag-clock|data-(?:ends|timeleft)\b")
EPOCH = re.compile(r"""\|date:['"]U['"]|\bnow ['"]U['"]|timestamp\(\) \* 1000""")


def naming(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [path.relative_to(BASE).as_posix() for path in paths if pattern.search(path.read_text())]


def test_only_one_module_reads_a_clock_to_tell_the_time() -> None:
    readers = {Path(path).name for path in naming(CLOCK, MODULES)}
    assert readers == {"server-time.js", *MEASURES_SOMETHING_ELSE}


def test_only_one_element_counts_down() -> None:
    users = naming(re.compile(r"\bserverNow\b"), MODULES)
    notes_a_moment = "static/js/pages/observer-notes.js"
    assert users == ["static/js/pages/count-down.js", notes_a_moment, "static/js/shared/server-time.js"]
    elements = re.findall(r'customElements\.define\("([^"]+)"', (BASE / "static/js/pages/count-down.js").read_text())
    assert elements == ["count-down"]


def test_nobody_names_the_clocks_of_before() -> None:
    paths = [*MODULES, *(BASE / "static" / "css").glob("*.css"), *(BASE / "templates").rglob("*.html")]
    assert naming(OLD, paths) == []


def test_a_moment_is_written_for_a_module_by_one_filter() -> None:
    apps = ["netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports"]
    python = [path for app in apps for path in (BASE / app).rglob("*.py")]
    assert naming(EPOCH, [*python, *(BASE / "templates").rglob("*.html")]) == []
