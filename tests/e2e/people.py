"""The people of the browser walk: each has a browser of their own, and says and does what a person would."""

import os
import re
from contextlib import suppress
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Locator, Page, Request, expect

from tests.e2e.conftest import Watch

SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""A folder: then every page that is looked at is kept at three widths."""
WIDTHS = [390, 820, 1280]
PASSWORD = "een-lang-wachtwoord-voor-de-proef"
SLOW_MS = 150
"""Between the two presses of an unhurried double click: often the first has been answered by then."""
SENT_MS = 30
"""After which a press has been heard of."""
NOTHING_IS_UNDER_WAY = "() => !document.querySelector('[aria-busy=true]:is(button, input), .htmx-request')"
"""No form of the page is about to go, and none waits for its answer; the page that comes next has none."""


class Person:
    """Someone at a browser. Labels and buttons are found by their words, as a reader finds them.

    Everyone double-clicks every button, as many people do. Some are quick: both presses meet the same page. Others are
    slow: the second meets what the first made of it, another page or a dialog.
    """

    def __init__(self, name: str, context: BrowserContext, watch: Watch, url: str, *, slow: bool = False) -> None:
        self.name = name
        self.context = context
        self.watch = watch
        self.url = url
        self.slow = slow
        self.page: Page = context.new_page()
        self._looked_at: set[str] = set()

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def choose(self, label: str, option: str | None = None) -> None:
        """Ticks a box or a radio by its words, or chooses an option of a list."""
        field = self.page.get_by_label(label, exact=False).first
        if option is None:
            field.check()
        else:
            field.select_option(label=option)

    def press(self, words: str, *, within: Locator | None = None) -> None:
        """Double-clicks the first visible button with these words."""
        pattern = re.compile(re.escape(words))
        self.press_on((within or self.page).get_by_role("button", name=pattern).locator("visible=true").first)

    def press_on(self, button: Locator) -> None:
        """Double-clicks this button: one form is sent at most, wherever the second press lands."""
        sent: list[Request] = []
        hear = partial(_note_form, sent)
        self.page.on("request", hear)
        if self.slow:
            button.hover()
            for count in (1, 2):
                self._meets_a_page()
                self.page.mouse.down(click_count=count)
                self.page.mouse.up(click_count=count)
                self.page.wait_for_timeout(SLOW_MS if count == 1 else SENT_MS)
        else:
            button.dblclick()
            self.page.wait_for_timeout(SENT_MS)
        self.page.wait_for_function(NOTHING_IS_UNDER_WAY)  # it asks who is signed in, and then the form goes
        self.page.remove_listener("request", hear)
        assert len(sent) <= 1, [request.url for request in sent]
        if sent and sent[0].is_navigation_request():
            self._arrive(sent[0])

    def _meets_a_page(self) -> None:
        """Waits until a page shows. A browser drops what is pressed before; one that is driven does not."""
        for _try in range(5):
            with suppress(Error):  # the page went meanwhile
                self.page.evaluate("() => new Promise((shows) => requestAnimationFrame(() => shows()))")
                return

    def _arrive(self, request: Request) -> None:
        """Waits for the page that answers, as a reader does before going elsewhere."""
        while (response := request.response()) and 300 <= response.status < 400:
            while request.redirected_to is None:
                self.page.wait_for_timeout(SENT_MS)
            request = request.redirected_to
        self.page.wait_for_load_state()

    def open_more(self) -> None:
        """On Leiden ending is in the menu until the last onderdeel. What moved under the mouse is pressed again."""
        menu = self.page.locator("#more")
        self._meets_a_page()
        for _try in range(2):
            if menu.count() and menu.get_attribute("open") is None:
                menu.locator("> summary").click()
                self.page.wait_for_timeout(SLOW_MS)

    def follow(self, words: str, *, within: Locator | None = None) -> None:
        """Follows the first visible link with these words."""
        pattern = re.compile(re.escape(words))
        link = (within or self.page).get_by_role("link", name=pattern).locator("visible=true").first
        with self.page.expect_navigation():
            link.click()

    def agree(self) -> None:
        """Says yes in the page's own dialog."""
        self.press_on(self.page.locator("#confirm [value=yes]"))

    def sees(self, text: str, *, seconds: float = 20) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=seconds * 1000)

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def looks_around(self, name: str) -> None:
        """Checks the page as a whole: accessible, and no wider than the screen at any width. Once per name."""
        if name in self._looked_at:
            return
        self._looked_at.add(name)
        self.page.wait_for_function("() => document.readyState === 'complete'")
        size = self.page.viewport_size or {"width": 1280, "height": 900}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wider = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            if wider > 0:
                self.watch.complaints.append(f"{name} is {wider} px too wide at {width} px")
            if SCREENSHOTS:
                self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size(size)
        try:
            self.watch.check_accessible(self.page)
        except AssertionError as violations:  # The walk goes on; all of them are named together at its end.
            self.watch.complaints.append(str(violations))

    def logs_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/account/login/")
        self.looks_around("inloggen")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Wachtwoord", exact=True).fill(password)
        self.press_on(self.page.locator("form[action*=login] button.primary"))
        self.page.wait_for_url(f"{self.url}/")


def _note_form(sent: list[Request], request: Request) -> None:
    """Keeps a form that is sent; what a module posts while someone types is none."""
    if request.method == "POST" and (request.is_navigation_request() or "hx-request" in request.headers):
        sent.append(request)
