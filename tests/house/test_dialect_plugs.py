"""One way to plug in: `points.py` defines, `contributions.py` has, `ready()` registers (base/extend.py)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ["groups", "leervragen", "meetings", "netwerkleren", "reports", "video_feedback"]
MODULES = sorted(
    path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
LIBRARIES_OWN = {"admin", "atexit"}
"""`@admin.register` is Django's own convention; `atexit.register` ends a process."""


def _calls_of(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _registrations(tree: ast.AST, *, is_tag_library: bool) -> Iterator[int]:
    """The line of each `….register` that is ours, called or as a decorator, and of each use of Django's checks.

    In a tag library the bare name is that library, by Django's convention.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "register":
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if owner not in {*LIBRARIES_OWN, "self"}:
                yield node.lineno
        if isinstance(node, ast.Name) and node.id == "register" and not is_tag_library:
            yield node.lineno


def _in_ready(tree: ast.AST) -> set[int]:
    """The lines inside the `ready()` of a class."""
    return {
        line
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for function in owner.body
        if isinstance(function, ast.FunctionDef) and function.name == "ready"
        for line in range(function.lineno, (function.end_lineno or 0) + 1)
    }


def _at_import(path: Path, source: str) -> list[str]:
    tree = ast.parse(source)
    allowed = _in_ready(tree) if path.name == "apps.py" else set()
    found = _registrations(tree, is_tag_library=path.parent.name == "templatetags")
    return [f"{path}:{line}" for line in found if line not in allowed]


def test_nothing_registers_but_in_ready() -> None:
    assert [found for path in MODULES for found in _at_import(path, (ROOT / path).read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        "sweepers.register(sweep_clips)",
        "live.topics.register('clip', Clip)",
        "@todos.register\ndef mine(user): ...",
        "@letters.register('groups.invitation')\ndef invitation(mail): ...",
        "@register(Tags.security, deploy=True)\ndef check(app_configs): ...",
        "class Config:\n    def __init__(self):\n        todos.register(mine)",
    ],
)
def test_what_registers_at_import_is_found(source: str) -> None:
    assert len(_at_import(Path("groups/apps.py"), source)) == 1


def test_what_registers_in_ready_is_found_outside_apps_only() -> None:
    source = "class Config(AppConfig):\n    def ready(self):\n        todos.register(mine, order=40)"
    assert _at_import(Path("groups/apps.py"), source) == []
    assert _at_import(Path("groups/todos.py"), source) == ["groups/todos.py:3"]


def test_points_are_defined_in_points_py_and_nowhere_else() -> None:
    defining = {
        str(path)
        for path in MODULES
        for call in _calls_of(ast.parse((ROOT / path).read_text()))
        if isinstance(call.func, ast.Name) and call.func.id == "Point"
    }
    apps = {"groups/points.py", "meetings/points.py", "video_feedback/points.py", "leervragen/points.py"}
    assert defining == {*apps, "netwerkleren/base/points.py"}


def test_no_module_is_called_by_the_old_names() -> None:
    old = {"extensions.py", "todos.py", "signals.py"}
    assert [str(path) for path in MODULES if path.name in old] == []


ASKS_THE_WORKER = """
import django
django.setup()
from django.core.management import call_command
from netwerkleren.base.tasks import QUEUES

class Idle:
    def run(self): pass

QUEUES["mail"].create_consumer = lambda **options: Idle()
call_command("run_worker", "mail")
print(*(name for queue in QUEUES.values() for name in queue._registry._registry))
"""


def test_a_worker_finds_every_task_by_itself() -> None:
    """In a process of its own, where no page and no test has imported anything yet."""
    command = [sys.executable, "-W", "ignore", "-c", ASKS_THE_WORKER]
    worker = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert worker.returncode == 0, worker.stderr
    written = {
        f"{'.'.join(path.with_suffix('').parts)}.{function.name}"
        for path in MODULES
        for function in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name)
        if decorator.func.id == "background"
    }
    assert set(worker.stdout.split()) == written
    assert "netwerkleren.base.mail.send_mail_task" in written
