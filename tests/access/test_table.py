"""Every own route × every actor: who gets in, who is sent to log in, for whom it does not exist."""

import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from groups.models import Membership
from netwerkleren.base import pdf
from tests.types import SignIn

from . import base, groups, leervragen, meetings, method, reports, roof, video_feedback
from .routes import every_route
from .table import (
    ACTORS,
    ELSEWHERE,
    FIRST_STEP,
    LOGIN,
    WITHOUT_ACCOUNT,
    Objects,
    Row,
    answers,
    code_of,
    no_writes,
    post_only,
)

APPS = (base, roof, groups, meetings, video_feedback, leervragen, reports, method)
ROWS = [row for app in APPS for row in app.ROWS]
FOR_MODULES = {route.name for route in every_route() if getattr(route.pattern.callback, "for_module", False)}
PACKAGES_ROUTES = {"admin:index", "mfa_index", "usersessions_list", "account_email"}
"""Routes that are not ours and stand in the table all the same."""

KEPT = {"groups:photo": "no-cache", "base:parts": "immutable"}
"""What a browser may keep: a photo, if it asks again each time, and the words that are the same to everyone."""


@pytest.mark.on_postgresql
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_route_answers_each_actor_as_the_table_says(
    row: Row, browsers: dict[str, Client], objects_of: Callable[[Row], Objects]
) -> None:
    assert answers(row, row.address(objects_of(row)), browsers) == row.codes


@pytest.fixture
def without_what_makes_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a web process, where an import of what makes PDFs fails besides: no page may need it, nor where it answers
    with a PDF.
    """
    monkeypatch.setattr(pdf, "_is_apart", True)
    for heavy in ("weasyprint", "matplotlib"):
        monkeypatch.setitem(sys.modules, heavy, None)


@pytest.mark.on_postgresql
@pytest.mark.usefixtures("without_what_makes_pdfs")
@pytest.mark.parametrize("row", [row for row in ROWS if row not in post_only(ROWS)], ids=str)
def test_no_browser_keeps_what_an_account_saw(
    row: Row, browser_of: Callable[[str], Client], objects_of: Callable[[Row], Objects]
) -> None:
    answer = browser_of("coach").get(row.address(objects_of(row)))
    kept = KEPT.get(row.name, "no-store") if answer.status_code == 200 else "no-store"
    assert kept in answer["Cache-Control"]
    answer.close()


@pytest.mark.on_postgresql
@pytest.mark.parametrize("row", post_only(ROWS), ids=str)
def test_a_link_changes_nothing_and_leads_to_the_form(
    row: Row, browsers: dict[str, Client], objects_of: Callable[[Row], Objects]
) -> None:
    """As a reload does after a refusal, or the login page that leads back. Who gets no POST in, gets no further."""
    address = row.address(objects_of(row))
    for actor, browser in browsers.items():
        with no_writes():
            answer = browser.get(address)
        code = code_of(answer)
        if row.name in FOR_MODULES:
            assert code in (401, 405, FIRST_STEP), actor
        elif row.codes[actor] in (LOGIN, FIRST_STEP) or (row.of and actor in ELSEWHERE):
            assert code == row.codes[actor], actor
        elif code != 404:
            assert code == 302, actor
            # The page has gates of its own.
            assert browser.get(answer["Location"]).status_code in (200, 302, 403, 404), actor


@pytest.mark.on_postgresql
def test_who_may_post_is_led_to_a_page_that_is_there(
    browsers: dict[str, Client], objects_of: Callable[[Row], Objects]
) -> None:
    for row in post_only(ROWS):
        allowed = [actor for actor, code in row.codes.items() if code in (302, 422) and actor not in WITHOUT_ACCOUNT]
        if allowed and row.name not in FOR_MODULES:
            answer = browsers[allowed[-1]].get(row.address(objects_of(row)), follow=True)
            assert answer.status_code == 200, row


def test_no_page_of_a_package_is_a_dead_end(participant: Membership, sign_in: SignIn) -> None:
    """After a form that was refused the browser stands at its address; so it does at allauth's."""
    names = [route.name for route in every_route() if not route.is_own and ":" not in route.name]
    addresses = []
    for name in names:
        with suppress(NoReverseMatch):  # one with an id in it, which stands in no form of its own
            addresses.append(reverse(name))
    assert len(addresses) > 20
    refused = {405, 500}
    assert [address for address in addresses if sign_in(participant).get(address).status_code in refused] == []


def test_every_own_route_stands_in_the_table() -> None:
    own = {route.name for route in every_route() if route.is_own}
    assert {row.name for row in ROWS} - PACKAGES_ROUTES == own


def test_every_row_names_every_actor() -> None:
    assert {str(row): set(row.codes) ^ set(ACTORS) for row in ROWS if set(row.codes) != set(ACTORS)} == {}


def test_no_two_rows_ask_the_same() -> None:
    """Or the name of a failing test would name two rows."""
    assert len({str(row) for row in ROWS}) == len(ROWS)
