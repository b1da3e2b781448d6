"""Who asks has a type: no view takes a request without an actor, and none silences the type checker about it."""

import ast
import re

from netwerkleren.base.access import NOBODY, Actor
from netwerkleren.base.request import Request, actor_of

from .sources import ROOT, name_of, paths, tree_of

BEFORE_OUR_MIDDLEWARE = {"csrf_failure", "server_error"}
"""Django calls them itself, perhaps before the actor is known."""


def test_every_view_takes_a_request_that_has_an_actor() -> None:
    others = []
    for path in paths():
        name = name_of(path)
        if "/views" not in name and not name.endswith(("views.py", "home.py", "group_page.py", "uploads.py")):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and node.name not in BEFORE_OUR_MIDDLEWARE:
                requests = [argument for argument in node.args.args if argument.arg == "request"]
                typed = [ast.unparse(argument.annotation) for argument in requests if argument.annotation]
                if typed != ["Request"] * len(requests):
                    others.append(f"{name}: {node.name}")
    assert others == []


def test_the_type_checker_is_never_silenced_about_the_request_or_its_actor() -> None:
    silenced = re.compile(r"\b(request|actor)\b.*#\s*type:\s*ignore")
    found = [
        f"{name_of(path)}: {line.strip()}"
        for path in paths()
        for line in path.read_text().splitlines()
        if silenced.search(line)
    ]
    assert found == []


def test_an_actor_is_not_anything() -> None:
    assert getattr(Actor, "_is_protocol", False)
    assert (NOBODY.is_authenticated, NOBODY.is_guest, NOBODY.is_coach, NOBODY.is_staff) == (False,) * 4
    assert actor_of(Request()) is NOBODY


def test_the_type_checker_is_strict_about_product_and_tests() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert settings["strict"] is True
    assert "tests" in settings["files"]
    loosened = [override for override in settings["overrides"] if set(override) - {"module", "ignore_missing_imports"}]
    # Two libraries without types are extended by subclassing; nothing else is let off.
    assert [override["module"] for override in loosened] == [["groups.adapter", "netwerkleren.base.storage"]]
