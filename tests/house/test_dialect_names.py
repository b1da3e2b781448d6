"""Names: a view and its address share one, one word has one meaning, and an address is asked in one place."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from netwerkleren.base.words import ONCE_DUTCH, WordConverter

ROOT = Path(__file__).parents[2]
APPS = ("netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports")
MANY_CLASSES = {"Command"}
"""Of Django, which looks for a command's class by this name."""
MANY_CONSTANTS = {"LEASE", "MAX_ATTEMPTS", "SESSION_KEY", "PIECE", "AUDIT_WORDS"}
"""They mean the same wherever they stand; how much that is, each kind of work knows for itself."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def own_routes() -> Iterator[URLPattern]:
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            if isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(APPS):
                yield pattern


def test_a_view_and_its_address_share_a_name() -> None:
    routes = list(own_routes())
    assert len(routes) > 100
    names = [(route.name, route.callback.__module__, route.callback.__name__) for route in routes]
    assert [each for each in names if each[0] != each[2]] == []


def test_a_class_has_its_name_for_itself() -> None:
    found = defaultdict(list)
    for path, module in modules():
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1 and name not in MANY_CLASSES} == {}


def test_a_constant_means_one_thing() -> None:
    found = defaultdict(set)
    for path, module in modules():
        for node in module.body:
            for target in getattr(node, "targets", [getattr(node, "target", None)]):
                if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][A-Z_]{2,}", target.id):
                    found[target.id].add(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1 and name not in MANY_CONSTANTS} == {}


def test_one_place_reads_the_words_after_the_question_mark() -> None:
    places = {path for path, module in modules() if "request.GET" in (ROOT / path).read_text()}
    assert places == {"netwerkleren/base/words.py"}


def test_no_page_asks_in_a_word_that_was_dutch() -> None:
    old = re.compile(rf"[?&](?:amp;)?(?:{'|'.join(ONCE_DUTCH.values())})(?=[=&#\"'{{])")
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]
    found = [str(path.relative_to(ROOT)) for path in pages if old.search(path.read_text())]
    found += [path for path, _module in modules() if old.search((ROOT / path).read_text())]
    assert found == []


@pytest.mark.parametrize("name", ["lead_step", "lead_item_step", "plan_step"])
def test_a_step_is_english_in_the_code_and_dutch_in_its_address(name: str) -> None:
    from django.urls.converters import get_converters

    converter = get_converters()[name]
    assert isinstance(converter, WordConverter)
    assert len(converter.dutch) > 2
    assert {key: converter.to_python(converter.to_url(key)) for key in converter.dutch} == {
        key: key for key in converter.dutch
    }
    with pytest.raises(ValueError, match="verzonnen"):
        converter.to_url("verzonnen")


def test_the_prefix_of_a_form_is_english() -> None:
    prefixes = set()
    for _path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    is_form = ast.unparse(node.func).endswith("Form")
                    if is_form and keyword.arg == "prefix" and isinstance(keyword.value, ast.Constant):
                        prefixes.add(keyword.value.value)
    assert prefixes == {"improvement", "agreement", "note"}


def test_an_address_that_a_test_or_a_bench_asks_by_name_is_there() -> None:
    """A bench runs only when named, so a name that changed would be found long after."""
    namespaces = get_resolver().namespace_dict
    route_names = {
        f"{namespace}:{name}" for namespace, (_prefix, resolver) in namespaces.items() for name in resolver.reverse_dict
    }
    asked = {
        (name, str(path.relative_to(ROOT)))
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r'\breverse\(\s*"(\w+:\w+)"', path.read_text())
        if name.partition(":")[0] in namespaces  # those of the demo are there in a demo alone
    }
    assert "video_feedback:overview" in {name for name, _path in asked}
    assert {each for each in asked if each[0] not in route_names} == set()
