"""Every class that a sheet styles is one that some page may have."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib import admin

BASE = Path(settings.BASE_DIR)
APPS = ["netwerkleren", "groups", "meetings", "video_feedback", "leervragen", "reports"]
WORD = re.compile(r"[\w-]+")

TAG = r"\{%.*?%\}|\{\{.*?\}\}"
IN_TEMPLATES = [
    re.compile(rf"""\b(?:class|css|form_css|level)=("(?:{TAG}|[^"{{]|\{{(?![%{{]))*"|'[^']*')"""),
    re.compile(r"\{% block (?:main_class|bodyclass) %\}(.*?)\{% endblock"),
    re.compile(r"\{% (?:icon|disc) (.*?)%\}"),
]
IN_MODULES = [
    re.compile(r"""classList\.\w+\(([^)]*)"""),
    re.compile(r"""className = (["'`].*?["'`]);"""),
    re.compile(r"""setAttribute\("class", (".*?")\)"""),
    re.compile(r"""ghostClass: (".*?")"""),
]
BUILT = {
    "i",  # the tag `icon`
    *("k-top", "k-tip", "k-vraag", "k-talent"),  # the tag `kind`
    *(f"s{number}" for number in range(2, 9)),  # a graph's series, by number
    *("above", "left", "right"),  # the side of a note: shared/line-drawing.js
    *(f"d-{look}" for look in ("paper", "card", "teal", "wood", "p", "top", "tip", "talent")),  # method/shapes.py
    *("on-teal", "on-wood", "on-p"),  # words on those
}
"""Put together from parts, so no search finds them."""


def styled() -> set[str]:
    """The classes in the selectors of all sheets."""
    text = "".join(path.read_text() for path in (BASE / "static/css").glob("*.css"))
    text = re.sub(r"""/\*.*?\*/|"[^"]*"|'[^']*'""", "", text, flags=re.DOTALL)
    selectors = [before for before in re.findall(r"([^{};]+)\{", text) if not before.strip().startswith("@")]
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


def found(patterns: list[re.Pattern[str]], paths: Iterable[Path]) -> set[str]:
    texts = [path.read_text() for path in paths]
    hits = [hit for pattern in patterns for text in texts for hit in pattern.findall(text)]
    return {word for hit in hits for word in WORD.findall(hit)}


def in_python() -> set[str]:
    """What a widget has as its class, the classes in HTML that Python writes, and the levels of messages."""
    classes: set[str] = set()
    for path in [path for app in APPS for path in (BASE / app).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "class" and isinstance(value, ast.Constant):
                        classes.update(WORD.findall(str(value.value)))
            elif isinstance(node, ast.Constant | ast.JoinedStr):
                text = ast.unparse(node)
                classes.update(word for hit in re.findall(r'class="([^"]*)"', text) for word in WORD.findall(hit))
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "messages":
                classes.add(node.attr)
    return classes


def test_no_sheet_styles_a_class_that_no_page_has() -> None:
    # The beheerder's pages are Django's own, in our look.
    of_admin = Path(admin.__file__).parent / "templates"
    templates = found(IN_TEMPLATES, [*(BASE / "templates").rglob("*.html"), *of_admin.rglob("*.html")])
    modules = found(IN_MODULES, (BASE / "static/js").rglob("*.js"))
    assert styled() - (templates | modules | in_python() | BUILT) == set()


def test_what_the_shell_makes_a_box_of_is_no_kind_of_something_else() -> None:
    """Its sheet is on every page: the disc of who was invited, once called "waiting", got the padding of the shelf."""
    sheets = {path.name: path.read_text() for path in (BASE / "static/css").glob("*.css")}
    boxes = set(re.findall(r"^\s*\.([\w-]+) \{", sheets["shell.css"], flags=re.MULTILINE))
    kinds = {name for text in sheets.values() for name in re.findall(r"\.[A-Za-z][\w-]*\.([\w-]+)", text)}
    assert boxes and boxes & kinds == set()


def test_what_is_built_from_parts_is_styled() -> None:
    assert BUILT - styled() == set()
