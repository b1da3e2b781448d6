"""A proxy or a filter that answers in the portal's place: nothing of it comes on a page, and nothing counts as done."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.tablet import NAMES, seed_of
from tests.servers import Portal

ANSWERS: dict[str, dict[str, Any]] = {
    "a page of an error": {"status": 502, "content_type": "text/html", "body": "<h1>502 Bad Gateway</h1>nginx"},
    "a page that says yes": {
        "status": 200,
        "content_type": "text/html",
        "body": "<h1>Welkom op school, Bad Gateway</h1>",
    },
    "a fragment": {"status": 422, "content_type": "text/html", "body": "<p class='error'>Bad Gateway</p>"},
    "facts": {"status": 403, "json": {"message": "Bad Gateway", "version": 7, "clock": "Bad Gateway"}},
    "a sentence": {"status": 413, "content_type": "text/plain", "body": "Bad Gateway"},
}


@pytest.fixture(scope="module")
def rooms(portal: Portal) -> Iterator[dict[str, str]]:
    words = portal.seed(seed_of(len(ANSWERS)))
    return (dict(zip(NAMES, words[at:], strict=False)) for at in range(0, len(words), len(NAMES)))


@pytest.fixture
def room(rooms: Iterator[dict[str, str]]) -> dict[str, str]:
    return next(rooms)


@pytest.fixture
def context(room: dict[str, str], portal: Portal, new_context: NewContext, watch: Watch) -> BrowserContext:
    for part in ("Failed to load resource", "Response Status Error Code", "htmx:"):
        watch.allow(part)
    context = new_context(service_workers="block")
    context.add_cookies([{"name": "sessionid", "value": room["session"], "url": portal.url}])
    return context


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("kind", ANSWERS)
def test_nothing_of_it_is_shown_or_taken_for_done(
    room: dict[str, str], context: BrowserContext, portal: Portal, kind: str
) -> None:
    addresses = ("/talentmomenten/", "/fragmenten/{shared}/", "/bijeenkomsten/{meeting}/evaluatie/")
    form, by_htmx, by_itself = pages = [context.new_page() for _address in addresses]
    for page, address in zip(pages, addresses, strict=True):
        page.goto(portal.url + address.format_map(room))

    context.route("**/*", lambda route: route.fulfill(**ANSWERS[kind]))
    form.get_by_label("Wat zag je?").fill("Noor legde uit")
    form.get_by_role("button", name="Bewaar talentmoment").click()
    says(form, "1 ding wacht op verbinding.")
    by_htmx.get_by_label("Op moment").fill("0:12")
    by_htmx.get_by_label("Wat wil je zeggen?").fill("Je bleef stil.")
    by_htmx.get_by_role("button", name="Bewaar bij mijn feedback").click()
    says(by_htmx, "2 dingen wachten op verbinding.")
    by_itself.get_by_label("Tops: wat ging goed?").fill("Open sfeer")
    says(by_itself, "Nog niet bewaard.")
    says(by_htmx, "Geen verbinding. Je ziet niet wat anderen doen.")
    for page in pages:
        expect(page.get_by_text("Bad Gateway")).to_have_count(0)

    context.unroute_all()
    for page in pages:
        page.evaluate("() => dispatchEvent(new Event('online'))")
    says(by_itself, "Bewaard om")
    for page in pages:
        expect(page.locator("[data-shelf]")).to_be_hidden(timeout=15_000)
    by_htmx.reload()
    says(by_htmx, "Je bleef stil.")
    form.reload()
    expect(form.get_by_text("Noor legde uit")).to_have_count(1)
