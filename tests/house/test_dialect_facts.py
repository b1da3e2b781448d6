"""A fact has one place: a second one is the first to be forgotten when it changes."""

import re

import pytest

from .sources import ROOT, name_of, paths

FACTS = {
    "which expert is asked": (r"exclude\(answer=|answer__in=|~Q\(answer=", {"meetings/models/expert.py"}),
    "how a token is hashed": (r"hashlib\.sha256\(token", {"netwerkleren/base/tokens.py"}),
    "how a token is made": (r"token_urlsafe\(", {"netwerkleren/base/tokens.py"}),
    "a form's hidden key": (r"UUIDField\(widget=forms\.HiddenInput", set()),
    # Besides one row at a time: all dates of a traject, and the moments that a line is drawn over.
    "how a row is held": (
        r"select_for_update\(",
        {"netwerkleren/base/locks.py", "meetings/services/changing.py", "reports/services/lines.py"},
    ),
    "the initials of a name": (r"def initials_of\(", {"netwerkleren/base/names.py"}),
    "who is a member": (r"def is_member\(", {"groups/rules.py"}),
    "how often one may send again": (r"RESEND_PAUSE = ", {"netwerkleren/base/mail.py"}),
    "how long before a meeting one hands in": (r"^DAYS_BEFORE\b.*=", {"meetings/dates.py"}),
}
"""Each with how it is written, and where alone it may be."""


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_stands_in_one_place(fact: str) -> None:
    written, places = FACTS[fact]
    found = {name_of(path) for path in paths() if re.search(written, path.read_text(), re.MULTILINE)}
    assert found == places


@pytest.mark.parametrize("figure", ["14 dagen", "2 GB", "30 minuten", "9, 7 en 5"])
def test_a_template_takes_a_figure_from_the_code(figure: str) -> None:
    pages = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    assert [str(path.relative_to(ROOT)) for path in pages if figure in path.read_text()] == []


def test_a_template_names_a_step_of_the_meetlat_and_does_not_number_it() -> None:
    numbered = re.compile(r"\.step\s*(?:==|>=|<=|<|>)\s*\d|\?step=\d")
    pages = (ROOT / "templates" / "leervragen").rglob("*.html")
    assert [path.name for path in pages if numbered.search(path.read_text())] == []
