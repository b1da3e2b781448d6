"""Every own route × every actor: who gets in, who is sent to log in, for whom it does not exist."""

from collections.abc import Callable

import pytest
from django.test import Client

from . import base, groups, leervragen, meetings, reports, roof, video_feedback
from .routes import every_route
from .table import ACTORS, Objects, Row, answers, comes_furthest, post_only

APPS = (base, roof, groups, meetings, video_feedback, leervragen, reports)
ROWS = [row for app in APPS for row in app.ROWS]
PACKAGES_ROUTES = {"admin:index"}
"""Routes that are not ours and stand in the table all the same."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_route_answers_each_actor_as_the_table_says(
    row: Row, browsers: dict[str, Client], objects_of: Callable[[Row], Objects]
) -> None:
    assert answers(row, row.address(objects_of(row)), browsers) == row.codes


@pytest.mark.parametrize("row", [row for row in ROWS if row not in post_only(ROWS)], ids=str)
def test_no_browser_keeps_what_an_account_saw(
    row: Row, browser_of: Callable[[str], Client], objects_of: Callable[[Row], Objects]
) -> None:
    answer = browser_of("coach").get(row.address(objects_of(row)))
    kept = "no-cache" if row.name == "groups:photo" and answer.status_code == 200 else "no-store"
    assert kept in answer["Cache-Control"]
    answer.close()


@pytest.mark.parametrize("row", post_only(ROWS), ids=str)
def test_a_link_changes_nothing(
    row: Row, browser_of: Callable[[str], Client], objects_of: Callable[[Row], Objects]
) -> None:
    browser = browser_of(comes_furthest(row))
    assert browser.get(row.address(objects_of(row))).status_code == 405


def test_every_own_route_stands_in_the_table() -> None:
    own = {route.name for route in every_route() if route.is_own}
    assert {row.name for row in ROWS} - PACKAGES_ROUTES == own


def test_every_row_names_every_actor() -> None:
    assert {str(row): set(row.codes) ^ set(ACTORS) for row in ROWS if set(row.codes) != set(ACTORS)} == {}


def test_no_two_rows_ask_the_same() -> None:
    """Or the name of a failing test would name two rows."""
    assert len({str(row) for row in ROWS}) == len(ROWS)
