"""What folds away opens by one rule, and no text is cut by the browser or by us."""

import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OTHERS = {
    "components/fold.html",
    "components/tabs.html",
    "components/account_menu.html",
    "components/waiting.html",
    "meetings/_agenda.html",
    "meetings/_agenda_hand.html",
    "meetings/_lead_agenda.html",
    "meetings/_lead_on.html",
}
"""The tag's own; menus; and what folds buttons or words away and no field: an onderdeel of the agenda, what waits."""
SCRIPTS = Path(settings.BASE_DIR) / "static/js"


def places_of(pattern: str, *, of: Path = TEMPLATES, suffix: str = ".html") -> set[str]:
    found = re.compile(pattern)
    return {path.relative_to(of).as_posix() for path in of.rglob(f"*{suffix}") if found.search(path.read_text())}


def rendered(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


def test_one_tag_folds() -> None:
    assert places_of(r"<details") - {"allauth/elements/details.html"} == OTHERS


def test_a_fold_is_shut_until_it_holds_a_fault() -> None:
    fold = "{% fold 'Meer' %}{{ inside|safe }}{% endfold %}"
    for fault in ('<input aria-invalid="true">', '<div class="field bad ">', '<div class="errors" data-form-errors>'):
        assert '<details class="more" open>' in rendered(fold, inside=fault)
    assert '<details class="more">' in rendered(fold, inside='<div class="field ">')


def test_a_fold_opens_for_what_was_typed_and_can_be_left_out() -> None:
    assert " open>" in rendered("{% fold 'Meer' open=typed %}x{% endfold %}", typed="De Linde")
    assert rendered("{% fold 'Meer' when=False %}x{% endfold %}") == "x"


def test_no_field_has_a_browser_cut_what_is_pasted() -> None:
    assert places_of(r"maxlength") == set()
    assert places_of(r"maxLength", of=SCRIPTS, suffix=".js") == set()
