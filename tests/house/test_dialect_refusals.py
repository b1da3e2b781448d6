"""One way to show that a service refuses: `accepted` and `told` of base/forms.py."""

import ast

from .sources import name_of, paths, tree_of

THE_PLACE = "netwerkleren/base/forms.py"


def _catches(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and "ValidationError" in ast.unparse(handler.type)


def _handlers(tree: ast.Module) -> list[ast.ExceptHandler]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and _catches(node)]


def test_a_refusal_is_caught_by_hand_only_where_its_reason_stands_beside_it() -> None:
    without_reason = []
    for path in paths():
        lines = path.read_text().splitlines()
        for handler in _handlers(tree_of(path)) if name_of(path) != THE_PLACE else []:
            below = lines[handler.lineno].strip()
            is_told = below.startswith("#") or "caught here by hand" in path.read_text()
            if not is_told:
                without_reason.append(f"{name_of(path)}:{handler.lineno}")
    assert without_reason == []


def test_views_leave_refusals_to_the_one_place() -> None:
    by_hand = [name_of(path) for path in paths() if "views" in name_of(path) and _handlers(tree_of(path))]
    # A move of a strip has no form that could show it, and no next page comes: the dock says it.
    assert by_hand == ["leervragen/views/strips.py"]


def test_a_refused_page_takes_its_status_from_its_forms() -> None:
    by_hand = [name_of(path) for path in paths() if "status=422 if form.errors" in path.read_text()]
    assert by_hand == []
    defined = [name_of(path) for path in paths() for node in tree_of(path).body if _is_one_of_them(node)]
    assert defined == [THE_PLACE] * 3


def _is_one_of_them(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in {"accepted", "told", "status_of"}
