"""One way to carry values in a mail: as JSON, with the row it is about; never a text that has to be taken apart."""

import ast
import re
from pathlib import Path

import pytest

from netwerkleren.base.models import OutgoingMail
from tests.house.test_dialect_plugs import MODULES, ROOT

TAKEN_APART = re.compile(r"""\.r?(?:split|partition)\(["'][,:;|]|["'][,:;|]["']\.join\(""")
SPEAKS_MAIL = re.compile(r"\bqueue_mail\b|\bOutgoingMail\b|\bmail\.values\b")


def _csv_in_a_mail(source: str) -> list[str]:
    return TAKEN_APART.findall(source) if SPEAKS_MAIL.search(source) else []


def test_no_value_of_a_mail_is_a_text_to_take_apart() -> None:
    assert [str(path) for path in MODULES if _csv_in_a_mail((ROOT / path).read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        'queue_mail(kind, to=to, changed=",".join(changed))',
        'names = mail.values["changed"].split(",")',
        "pk, _, sequence = mail.values['meeting'].partition(':')",
    ],
)
def test_such_a_text_is_found(source: str) -> None:
    assert len(_csv_in_a_mail(source)) == 1


def test_the_old_field_is_named_nowhere_but_in_migrations() -> None:
    here = Path(__file__).relative_to(ROOT)
    upgrade = Path("tests/roof/test_mail_upgrade.py")
    tests = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py")]
    named = [str(path) for path in [*MODULES, *tests] if "object_ids" in (ROOT / path).read_text()]
    assert sorted(named) == sorted(map(str, [here, upgrade]))


def test_news_is_written_and_read_in_one_module() -> None:
    """What stands in the row of a mail with facts: its names are keys in `meetings/news.py` only."""
    names = {"is_change", "changed", "undated", "meetings"}
    readers = {
        str(path)
        for path in MODULES
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value in names
        if ast.unparse(node.value) in {"values", "mail.values"}
    }
    assert readers == {"meetings/news.py"}


def test_what_is_asked_of_the_mail_about_a_row_has_an_index() -> None:
    assert ["kind", "about"] in [index.fields for index in OutgoingMail._meta.indexes]
