"""The second press of a double click, after the first was answered, does nothing that nobody meant."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

MIDDLE = {"x": 640, "y": 450}

PUT_IN_THE_MIDDLE = """
(html) => {
  const box = document.createElement("div");
  box.innerHTML = html;
  Object.assign(box.style, { position: "fixed", inset: "0", display: "grid", placeItems: "center" });
  document.body.append(box);
}
"""
ASKS = """
<form action="/account/login/" data-confirm="Wil je dat?"><button name="gewist" value="1">Wis alles</button></form>
"""
LINK = '<a id="link" href="/account/login/?weer=1">Verder</a>'
UP = '<button id="up" data-again>Omhoog</button>'
NEXT = '<button id="next">Naar Pauze</button>'
REPLACE_ITSELF = """
(id) => document.addEventListener("click", (event) => {
  if (event.target.id !== id) return;
  document.documentElement.dataset.presses = Number(document.documentElement.dataset.presses ?? 0) + 1;
  event.target.replaceWith(event.target.cloneNode(true));
})
"""


@pytest.fixture
def login_page(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/account/login/")
    yield page


def put_in_the_middle(page: Page, html: str) -> None:
    page.evaluate(PUT_IN_THE_MIDDLE, html)


def press(page: Page, count: int) -> None:
    """The `count`th press of a double click, in the middle of the window, whatever lies there by now."""
    page.mouse.move(**MIDDLE)
    page.mouse.down(click_count=count)
    page.mouse.up(click_count=count)


def test_a_double_click_on_what_asks_first_does_not_say_yes(login_page: Page) -> None:
    put_in_the_middle(login_page, ASKS)
    press(login_page, 1)
    dialog = login_page.locator("#confirm")
    expect(dialog).to_be_visible()
    # The worst place that its yes-button could have: under the mouse.
    dialog.locator("[value=yes]").evaluate("(yes) => Object.assign(yes.style, { position: 'fixed', inset: '0' })")
    press(login_page, 2)
    login_page.wait_for_timeout(100)
    expect(dialog).to_be_visible()
    assert login_page.url.endswith("/account/login/")

    press(login_page, 1)
    login_page.wait_for_url("**/?gewist=1")


def test_a_double_click_on_a_link_does_not_press_the_next_page(login_page: Page) -> None:
    put_in_the_middle(login_page, LINK)
    press(login_page, 1)
    login_page.wait_for_url("**/?weer=1")
    put_in_the_middle(login_page, LINK.replace("weer=1", "weer=2"))
    press(login_page, 2)
    login_page.wait_for_timeout(100)
    assert login_page.url.endswith("?weer=1")

    press(login_page, 1)
    login_page.wait_for_url("**/?weer=2")


def test_a_double_click_on_a_link_marks_no_word_of_the_next_page(login_page: Page) -> None:
    put_in_the_middle(login_page, LINK)
    press(login_page, 1)
    login_page.wait_for_url("**/?weer=1")
    put_in_the_middle(login_page, "<p>Woorden</p>")
    press(login_page, 2)
    assert login_page.evaluate("() => getSelection().toString()") == ""

    # A word that is double-clicked on purpose is marked.
    press(login_page, 1)
    press(login_page, 2)
    assert login_page.evaluate("() => getSelection().toString()") == "Woorden"


@pytest.mark.parametrize(("html", "presses"), [(UP, "2"), (NEXT, "1")])
def test_a_button_that_was_replaced_counts_once_unless_it_may_count_again(
    login_page: Page, html: str, presses: str
) -> None:
    put_in_the_middle(login_page, html)
    login_page.evaluate(REPLACE_ITSELF, "up" if html == UP else "next")
    press(login_page, 1)
    press(login_page, 2)
    assert login_page.locator("html").get_attribute("data-presses") == presses
