"""A template reads without a scroll: what repeats is a component, and one button that posts is one tag."""

import re
from pathlib import Path

from django.conf import settings
from django.utils import translation

BASE = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (BASE / "templates").rglob("*") if path.suffix in {".html", ".txt"})
MOST = 200
CANNOT_BE_BROKEN = re.compile(r"data:image/|<script|<link|<meta")
TAG = r"(?:\{%.*?%\}|\{\{.*?\}\}|[^>{])*"
FORM = re.compile(rf"<form\b({TAG})>(.*?)</form>", re.DOTALL)
ONE_BUTTON = re.compile(rf"\s*\{{% csrf_token %\}}\s*<button\b{TAG}>(?:(?!</button>).)*</button>\s*", re.DOTALL)
SENTENCE = re.compile(r"\{% trans(?:late)? (?P<quote>[\"'])(?P<words>.+?)(?P=quote)")
FROM_TO = re.compile(r"\|clock \}\}\s*(?:\{% if [^%]*%\}\s*)?\{% trans(?:late)? \"tot\" %\}")


def places(path: Path, found: list[int]) -> list[str]:
    return [f"{path.relative_to(BASE).as_posix()}:{line}" for line in found]


def too_long(path: Path) -> list[str]:
    lines = enumerate(path.read_text().splitlines(), start=1)
    return places(path, [number for number, line in lines if len(line) > MOST and not CANNOT_BE_BROKEN.search(line)])


def lone_buttons(text: str) -> list[int]:
    """The lines on which a form begins that posts, and holds a button and nothing else."""
    return [
        text.count("\n", 0, form.start()) + 1
        for form in FORM.finditer(text)
        if 'method="post"' in form[1] and ONE_BUTTON.fullmatch(form[2])
    ]


def test_no_line_of_a_template_needs_a_scroll() -> None:
    assert [place for path in TEMPLATES for place in too_long(path)] == []


def test_a_form_of_one_button_is_written_by_the_tag_alone() -> None:
    assert [place for path in TEMPLATES for place in places(path, lone_buttons(path.read_text()))] == []


def test_an_hour_with_its_end_is_written_by_one_filter() -> None:
    assert [path.name for path in TEMPLATES if FROM_TO.search(path.read_text())] == []


def test_a_sentence_of_ours_is_said_as_it_stands() -> None:
    """The Dutch of a library has words for some of them: its "Log in" is another than ours."""
    with translation.override("nl"):
        said = [words for path in TEMPLATES for _quote, words in SENTENCE.findall(path.read_text())]
        assert len(said) > 1000
        assert [words for words in said if translation.gettext(words) != words] == []


def test_the_lint_sees_a_button_that_posts_and_lets_other_forms_be() -> None:
    lone = (
        '<form {% if a > b %}id="x"{% endif %} method="post">\n{% csrf_token %}<button class="btn">Ja</button></form>'
    )
    assert lone_buttons(f"<p>\n{lone}") == [2]
    assert lone_buttons(lone.replace("<button", '<input name="x"><button')) == []
    assert lone_buttons(lone.replace("</form>", "<button>Nee</button></form>")) == []
