"""A group that is closed: its pages can be read, and ask for nothing that will be refused."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from groups.models import NetworkGroup
from netwerkleren.base.read_only import ACTION, OPEN, POSTS

from .table import Objects, Row
from .test_closed_group import OURS
from .test_table import APPS, ROWS

FORM = re.compile(rf"(<form\b[^>]*>)({OPEN})?")
PAGES = list({row.name: row for row in reversed(ROWS) if row.of and row.method == "get"}.values())
FLOORS = [app.__name__.rpartition(".")[2] for app in APPS]


def _asks(page: str, address: str) -> set[str]:
    """The routes to which a form of it can be sent, though its group is closed."""
    to = set()
    for form, kept in FORM.findall(page):
        if POSTS.search(form) and not kept:
            action = ACTION.search(form)
            match = resolve(action[1] if action and action[1] else address)
            if match.namespace in OURS and not getattr(match.func, "when_closed", False):
                to.add(match.view_name)
    return to


@pytest.mark.on_postgresql  # each page: long, and no database makes a difference
@pytest.mark.parametrize("floor", FLOORS)
def test_no_page_of_a_closed_group_asks_for_what_will_be_refused(
    floor: str, browser_of: Callable[[str], Client], objects_of: Callable[[Row], Objects]
) -> None:
    rows = [row for row in PAGES if row.name.startswith(f"{floor}:")]
    addresses = {row.name: row.address(objects_of(row)) for row in rows}
    NetworkGroup.objects.update(closed_at=timezone.now())
    asked: dict[str, set[str]] = {}
    seen = 0
    for name, address in addresses.items():
        for browser in map(browser_of, ("coach", "participant")):
            answer = browser.get(address)
            body = b"".join(answer)  # A file that is read to its end is closed.
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                seen += 1
                asked[name] = asked.get(name, set()) | _asks(body.decode(), address)
    assert {name: to for name, to in asked.items() if to} == {}
    assert seen or floor == "base"
