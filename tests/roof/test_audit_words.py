"""Every action that the code records has its words for who reads the audit."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from netwerkleren.base import audit

APPS = ("netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports")


def recorded() -> set[str]:
    """The texts in the second argument of each `audit.record(…)`."""
    files = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    calls = (node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {text for call in calls if ast.unparse(call.func) == "audit.record" for text in _texts(call.args[1])}


def _texts(argument: ast.expr) -> Iterator[str]:
    if not isinstance(argument, ast.JoinedStr):  # The beheer's own: "<model>.<verb>", in the next test.
        values = (node.value for node in ast.walk(argument) if isinstance(node, ast.Constant))
        yield from (value for value in values if isinstance(value, str) and "." in value)


def test_every_recorded_action_has_words() -> None:
    actions = recorded()
    assert len(actions) > 30
    assert sorted(action for action in actions if action not in audit.words) == []


def test_what_the_beheerder_does_has_words_too() -> None:
    done = {f"school.{verb}" for verb in ("made", "changed", "deleted")} | {"user.changed", "invitation.deleted"}
    assert done <= set(audit.words)
