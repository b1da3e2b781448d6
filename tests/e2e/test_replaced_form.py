"""A press is not lost when what others do replaces its form while the page asks who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.conftest import NewContext
from tests.e2e.refreshed import seed_room
from tests.servers import Portal

ALL_AT_ONCE = "Zet alles wat open is op de Parkeerplaats"
REPLACED = "form => form.replaceWith(form.cloneNode(true))"
CHANGED = """form => {
  const fresh = form.cloneNode(true);
  fresh.action = fresh.action.replace("/afronden/", "/minuten/");
  form.replaceWith(fresh);
}"""


@pytest.fixture
def page(portal: Portal, new_context: NewContext) -> Page:
    """Afronden, for who leads."""
    names = seed_room(portal)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": names["coach"], "url": portal.url}])
    page = context.new_page()
    page.goto(f"{portal.url}/bijeenkomsten/{names['meeting']}/meetlat/")
    return page


@contextmanager
def asking_is_held_back(page: Page) -> Iterator[list[Request]]:
    """Who is signed in is answered at its end. Gives the forms that were sent."""
    held: list[Route] = []
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)
    page.route("**/wie/", lambda route: held.append(route))
    yield sent
    assert held
    for route in held:
        route.continue_()
    page.unroute("**/wie/")


@pytest.mark.parametrize("presses", [1, 2])
def test_a_form_that_was_replaced_by_its_equal_is_sent_once(presses: int, page: Page) -> None:
    with asking_is_held_back(page) as sent:
        for _press in range(presses):
            with page.expect_request("**/wie/"):
                page.get_by_role("button", name=ALL_AT_ONCE).click()
            page.locator("form[action$='/afronden/']").evaluate(REPLACED)

    expect(page.get_by_text("Er is niets meer open.")).to_be_visible()
    assert [request.method for request in sent].count("POST") == 1


def test_a_form_that_sends_something_else_by_now_is_not_sent_and_its_reader_is_told(page: Page) -> None:
    with asking_is_held_back(page) as sent:
        with page.expect_request("**/wie/"):
            page.get_by_role("button", name=ALL_AT_ONCE).click()
        page.locator("form[action$='/afronden/']").evaluate(CHANGED)

    expect(page.get_by_text("Dit is intussen veranderd. Kijk nog eens.")).to_be_visible()
    assert sent == []
