"""One way to save while someone types, and one way to say that someone else wrote meanwhile."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports")


def sources() -> Iterator[tuple[str, str]]:
    """The product's Python, by its path from the root; no migrations."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text()


def places_of(pattern: str) -> set[str]:
    return {path for path, text in sources() if re.search(pattern, text)}


def modules_with(pattern: str) -> set[str]:
    return {path.name for path in (ROOT / "static/js").rglob("*.js") if re.search(pattern, path.read_text())}


def test_one_module_posts_forms_by_itself() -> None:
    assert modules_with(r"setTimeout\(\s*\w*[sS]ave|keepalive") == {"autosave.js"}
    # What a form would send waits for a network in one place, too.
    assert modules_with(r"new FormData\(") == {"autosave.js", "outbox.js"}
    assert modules_with(r"""method: ["']POST""") == {"csrf.js"}, "what posts goes by `post`, with the token"


def test_one_module_of_the_server_answers_it() -> None:
    # The middleware says 401 to a module of someone who is signed out.
    doors = {"netwerkleren/base/middleware.py", "netwerkleren/base/autosave.py"}
    assert places_of(r"application/json") <= doors
    assert places_of(r"""["']theirs["']""") == {"netwerkleren/base/autosave.py"}


def test_one_exception_says_that_someone_else_wrote_meanwhile() -> None:
    assert places_of(r"class (WrittenMeanwhile|\w*(Clash|Conflict|Stale)\w*)\b") == {"netwerkleren/base/conflicts.py"}
    found: set[str] = set()
    for path, text in sources():
        if "/services/" in path:
            for node in [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]:
                bases = {getattr(base, "id", "") for base in node.bases}
                if any(base.endswith(("Exception", "Error")) for base in bases):
                    found.add(f"{path}: {node.name}")
    assert found == set()


def test_one_function_says_what_a_text_was_written_on() -> None:
    assert places_of(r"def version_of\(\*texts") == {"netwerkleren/base/conflicts.py"}
    first_bytes = {"video_feedback/media/kinds.py"}  # of files, and no text
    assert places_of(r"""\\r\\n""") - first_bytes == {"netwerkleren/base/text.py"}, "line ends: the one door for text"


def test_one_set_of_words_says_how_far_saving_is() -> None:
    found = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"data-(saving|saved-at|unsaved)\b", path.read_text())
    }
    assert found == {"components/saved.html"}
