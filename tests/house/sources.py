"""The portal's own modules, for the tests that hold the house to one dialect."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports")


def paths() -> Iterator[Path]:
    """Of the product, migrations left out."""
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())
