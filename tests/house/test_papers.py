"""The papers are true where that can be checked: what they and the code name is there, and nothing names a paper that
is not in this repository.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from meetings.agendas import STANDARD

ROOT = Path(settings.BASE_DIR)
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/domain.md", "docs/security.md")
APPS = ("groups", "meetings", "video_feedback", "leervragen", "reports")
HERE = "tests/house/test_papers.py"

MADE_BY_SETUP = "static/vendor"
"""What the papers name and git does not hold."""
FOLDERS = "|".join(
    (*APPS, "netwerkleren", "bin", "docs", "static", "templates", "tests", "components", "css", "emails")
)
PATH = re.compile(rf"(?<![\w/.<-])((?:{FOLDERS})(?:/[\w.*-]+)+)/?")
QUOTED = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(#[^)]*)?\)")
REFERENCE = re.compile(r"docs/(\w+)\.md(?:#([\w-]+)|((?:,? [A-Z]\d)+)\b)?")
NOT_OURS = re.compile(
    r"house[ -]style|(?<![/\w])(?!README|CONTRIBUTING|CHANGELOG)\w+\.md\b|\bbijlage \d|\bsection \d", re.IGNORECASE
)
"""A paper by another name than its path here, or a part of one by its number."""


@cache
def files() -> tuple[str, ...]:
    """What we wrote ourselves and that is read as text, but for the papers and this test."""
    kinds = {".py", ".js", ".css", ".html", ".txt"}
    folders = [ROOT / name for name in (*APPS, "netwerkleren", "static", "templates", "tests")]
    paths = [path for folder in folders for path in folder.rglob("*")]
    ours = [path for path in paths if path.suffix in kinds and ROOT / MADE_BY_SETUP not in path.parents]
    names = [path.relative_to(ROOT).as_posix() for path in [*ours, *(ROOT / "bin").iterdir(), ROOT / "pyproject.toml"]]
    return tuple(sorted(name for name in names if name != HERE and (ROOT / name).is_file()))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors_of(paper: str) -> set[str]:
    """The headings, as an address names them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(paper)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def exists(path: str) -> bool:
    if path.startswith(MADE_BY_SETUP):
        return True
    # A template or a static file is named as the code names it.
    return any(any((ROOT / root).glob(path)) for root in (".", "templates", "static"))


def broken_references(text: str) -> Iterator[str]:
    """Papers, headings and ids of security.md that are named and not there."""
    for match in REFERENCE.finditer(text):
        paper, anchor, ids = f"docs/{match[1]}.md", match[2], re.findall(r"[A-Z]\d", match[3] or "")
        if paper not in PAPERS or not {anchor, *(one.lower() for one in ids)} - {None} <= anchors_of(paper):
            yield match[0]


def named_tests(text: str) -> Iterator[tuple[str, str]]:
    """(file, test) for each test in backticks, of the file in backticks before it."""
    file = ""
    for quoted in QUOTED.findall(text):
        if re.fullmatch(r"tests/[\w/]+\.py", quoted):
            file = quoted
        elif re.fullmatch(r"test_\w+", quoted):
            yield file, quoted


@cache
def own_tests(file: str) -> set[str]:
    if not (ROOT / file).is_file():
        return set()
    return {node.name for node in ast.parse(text_of(file)).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_path_that_a_paper_names_is_there(paper: str) -> None:
    named = PATH.findall(text_of(paper))
    assert [path for path in named if not exists(path.rstrip("."))] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_of_a_paper_leads_somewhere(paper: str) -> None:
    broken = []
    for path, anchor in LINK.findall(text_of(paper)):
        target = (ROOT / paper).parent / path if path else ROOT / paper
        if not target.exists() or (anchor and anchor[1:] not in anchors_of(str(target.relative_to(ROOT)))):
            broken.append(path + anchor)
    assert broken == []


def test_what_the_code_names_of_the_papers_is_there() -> None:
    found = [(name, broken) for name in [*files(), *PAPERS] for broken in broken_references(text_of(name))]
    assert found == []
    assert sum(len(REFERENCE.findall(text_of(name))) for name in files()) > 30, "or the test reads nothing"


def test_nothing_names_a_paper_that_is_not_in_the_repository() -> None:
    of_code = {name: found for name in files() if (found := NOT_OURS.findall(text_of(name)))}
    assert set(of_code) == {"netwerkleren/method/subjects.py"}, "which names its source to whoever reads an explanation"
    named = {name: NOT_OURS.findall(LINK.sub("", text_of(name))) for name in PAPERS}
    assert {name: found for name, found in named.items() if set(found) - {"security.md", "domain.md"}} == {}


def test_every_test_that_a_paper_names_is_there() -> None:
    named = [(file, test) for paper in PAPERS for file, test in named_tests(text_of(paper))]
    assert len(named) > 100
    assert [f"{file}::{test}" for file, test in named if test not in own_tests(file)] == []


def test_every_id_of_security_says_what_shows_it_or_that_nothing_does() -> None:
    parts = re.split(r"^### (?=[A-Z]\d$)", text_of("docs/security.md"), flags=re.MULTILINE)[1:]
    assert len(parts) > 20
    silent = [part[:2] for part in parts if not any(named_tests(part)) and "Not built: " not in part]
    assert silent == []


def test_every_module_that_the_architecture_names_is_there() -> None:
    """`<app>/emails.py`, or a bare name, is a module that some app has."""
    quoted = QUOTED.findall(text_of("docs/architecture.md"))
    names = {name.removeprefix("<app>/") for name in quoted if re.fullmatch(r"(<app>/)?[a-z_]+\.py", name)}
    assert len(names) > 10
    assert {name for name in names - {"utils.py"} if not any((ROOT / app / name).exists() for app in APPS)} == set()
    assert not any(Path(name).name == "utils.py" for name in files()), "the architecture says that there is none"


def test_the_agendas_of_the_domain_are_those_of_the_code() -> None:
    table = text_of("docs/domain.md").split("### Agendas")[1].split("| together |")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|")][2:]
    written = [[(row[column], row[column + 1]) for row in rows if row[column]] for column in (0, 2, 4)]
    assert written == [[(str(item.title), str(item.minutes)) for item in items] for items in STANDARD.values()]


@pytest.mark.parametrize(
    "text", ["docs/plans.md", "docs/domain.md#nowhere", "docs/security.md Z9", "docs/security.md X1, Z9"]
)
def test_a_broken_reference_is_found(text: str) -> None:
    assert len(list(broken_references(f"# As said ({text})."))) == 1


@pytest.mark.parametrize("text", ["house style, Names", "domain.md section 3", "(playbook, bijlage 2)", "see plans.md"])
def test_a_paper_from_elsewhere_is_found(text: str) -> None:
    assert NOT_OURS.search(text)
