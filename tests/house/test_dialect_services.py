"""The dialect of services, read from the source: `services/<noun>.py` writes, by keyword, and is imported as a module.

A function writes when it calls a verb that writes, or a function of ours that does, however far away.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("groups", "meetings", "video_feedback", "leervragen", "reports", "netwerkleren/roof/planning")
OURS = ("groups", "leervragen", "meetings", "netwerkleren", "reports", "tests", "video_feedback")

ON_ROWS = {"save", "create", "create_user", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "delete"}
"""Of a model, a QuerySet or a storage. `update` is one too, as far as it takes keywords only: a dict's does not."""
ON_RELATIONS = {"add", "set", "remove", "clear"}
"""Only of an attribute (`meeting.topics.add`): a local set or list has the same verbs."""


@dataclass
class Module:
    """One file: its functions at the top, and what the names mean that it imports, wherever it does so."""

    path: Path
    name: str
    tree: ast.Module
    package: str
    functions: dict[str, ast.FunctionDef] = field(init=False)

    def __post_init__(self) -> None:
        self.functions = {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    @cached_property
    def imports(self) -> list[tuple[str, str, str]]:
        """(module, name in it, what it is called here) of every `from … import …`, with dots written out."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                above = self.package.split(".") if node.level else []
                parts = [*above[: len(above) - node.level + 1], *(node.module or "").split(".")]
                origin = ".".join(filter(None, parts))
                found += [(origin, alias.name, alias.asname or alias.name) for alias in node.names]
        return found


class Source:
    """The Python files below `root`, by their dotted names."""

    def __init__(self, root: Path, folders: tuple[str, ...]) -> None:
        self.modules: dict[str, Module] = {}
        for folder in folders:
            for path in sorted((root / folder).rglob("*.py")):
                if "migrations" not in path.parts:
                    self._read(path, list(path.relative_to(root).with_suffix("").parts))

    def _read(self, path: Path, parts: list[str]) -> None:
        package = parts[:-1]
        name = ".".join(package if parts[-1] == "__init__" else parts)
        self.modules[name] = Module(path, name, ast.parse(path.read_text(encoding="utf-8")), ".".join(package))

    def services(self, app: str) -> list[Module]:
        """The modules of an app's services, without the package itself."""
        start = f"{dotted(app)}."
        return [module for name, module in self.modules.items() if name.startswith(start)]

    def writes(self, module: Module, name: str, asked: frozenset[tuple[str, str]] = frozenset()) -> bool:
        function = module.functions.get(name)
        if function is None or (module.name, name) in asked:
            return False
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        return any(_is_write(call) for call in calls) or any(
            self.writes(where, called, asked | {(module.name, name)})
            for call in calls
            for where, called in self._called(module, call.func)
        )

    def _called(self, module: Module, called: ast.expr) -> Iterator[tuple[Module, str]]:
        """The functions that a call may mean: `f()` of this module or imported, `m.f()` of a module imported."""
        if isinstance(called, ast.Name):
            yield module, called.id
            meant = [(origin, name) for origin, name, alias in module.imports if alias == called.id]
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            of = called.value.id
            meant = [(f"{origin}.{name}", called.attr) for origin, name, alias in module.imports if alias == of]
        else:
            return
        yield from ((self.modules[where], name) for where, name in meant if where in self.modules)


def dotted(app: str) -> str:
    return f"{app.replace('/', '.')}.services"


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, of = call.func.attr, call.func.value
    if verb == "update":
        return not call.args
    return verb in ON_ROWS or (verb in ON_RELATIONS and isinstance(of, ast.Attribute))


def _public(module: Module) -> Iterator[tuple[str, ast.arguments]]:
    return ((name, node.args) for name, node in module.functions.items() if not name.startswith("_"))


def more_than_a_docstring(source: Source, app: str) -> list[str]:
    """What stands in `services/__init__.py` besides its docstring; the app's services must be a package."""
    package = source.modules.get(dotted(app))
    if package is None or package.path.name != "__init__.py":
        return [f"{app} has no package services"]
    body = package.tree.body[1:] if ast.get_docstring(package.tree) else package.tree.body
    return [f"{package.name}: {ast.unparse(node)}" for node in body]


def by_position(source: Source, app: str) -> list[str]:
    """Public functions that take something by position, or their actor after something else."""
    found = []
    for module in source.services(app):
        for name, takes in _public(module):
            keywords = [argument.arg for argument in takes.kwonlyargs]
            if takes.posonlyargs or takes.args or takes.vararg or "actor" in keywords[1:]:
                found.append(f"{module.name}.{name}")
    return found


def reads(source: Source, app: str) -> list[str]:
    """Public functions that write nothing: a read belongs to a QuerySet, to queries.py or to pages.py."""
    return [
        f"{module.name}.{name}"
        for module in source.services(app)
        for name, _takes in _public(module)
        if not source.writes(module, name)
    ]


def imported_by_name(source: Source, app: str) -> list[str]:
    """Who imports a function of these services instead of its module. Constants and dataclasses may be."""
    package, found = dotted(app), []
    for module in source.modules.values():
        if module.package == package:
            continue
        for origin, name, _alias in module.imports:
            is_function = origin in source.modules and name in source.modules[origin].functions
            is_in_services = origin == package or origin.startswith(f"{package}.")
            is_no_module = origin == package and f"{package}.{name}" not in source.modules
            if is_in_services and (is_function or is_no_module):
                found.append(f"{module.name} imports {origin}.{name}")
    return found


Rule = Callable[[Source, str], list[str]]
RULES: list[Rule] = [more_than_a_docstring, by_position, reads, imported_by_name]


@pytest.fixture(scope="module")
def ours() -> Source:
    return Source(Path(settings.BASE_DIR), OURS)


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("rule", RULES)
def test_services_speak_one_dialect(rule: Rule, app: str, ours: Source) -> None:
    assert len(ours.services(app)) > 0
    assert rule(ours, app) == []


SHOP = {
    "services/__init__.py": '"""Writes."""\n\nfrom .orders import order\n',
    "services/orders.py": """
from ..stock import reserve
from . import mailing

MOST = 3

def order(*, actor, thing): thing.save()
def order_again(*, actor, thing): reserve(thing)
def mail(*, actor, thing): mailing.tell(actor=actor)
def order_now(actor, *, thing): thing.save()
def order_late(*, thing, actor): thing.save()
def orders_of(*, actor):
    seen = set()
    seen.add(actor)
    dict().update(seen)
    return _sorted(actor.orders.all())
def _sorted(orders): return _sorted(orders)
""",
    "services/mailing.py": "def tell(*, actor): actor.mails.add(1)\n",
    "stock.py": "def reserve(thing): Stock.objects.filter(pk=thing).update(reserved=True)\n",
    "views.py": """
from .services import orders
from .services.orders import MOST, order
from .services import order_now
""",
    "pages.py": "def page():\n    from shop.services.mailing import tell\n",
}


def test_the_rules_find_every_other_dialect(tmp_path: Path) -> None:
    for name, text in SHOP.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shop = Source(tmp_path, ("shop",))
    assert [rule(shop, "shop") for rule in RULES] == [
        ["shop.services: from .orders import order"],
        ["shop.services.orders.order_now", "shop.services.orders.order_late"],
        ["shop.services.orders.orders_of"],
        [
            "shop.pages imports shop.services.mailing.tell",
            "shop.views imports shop.services.orders.order",
            "shop.views imports shop.services.order_now",
        ],
    ]
    assert more_than_a_docstring(shop, "shop/services") == ["shop/services has no package services"]
