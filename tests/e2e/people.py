"""The people of the browser walk: each has a browser of their own, and says and does what a person would."""

import os
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Watch

SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""A folder: then every page that is looked at is kept at three widths."""
WIDTHS = [390, 820, 1280]
PASSWORD = "een-lang-wachtwoord-voor-de-proef"


class Person:
    """Someone at a browser. Labels and buttons are found by their words, as a reader finds them."""

    def __init__(self, name: str, context: BrowserContext, watch: Watch, url: str) -> None:
        self.name = name
        self.context = context
        self.watch = watch
        self.url = url
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
        """Presses the first visible button with these words."""
        pattern = re.compile(re.escape(words))
        (within or self.page).get_by_role("button", name=pattern).locator("visible=true").first.click()

    def follow(self, words: str, *, within: Locator | None = None) -> None:
        """Follows the first visible link with these words."""
        pattern = re.compile(re.escape(words))
        link = (within or self.page).get_by_role("link", name=pattern).locator("visible=true").first
        with self.page.expect_navigation():
            link.click()

    def agree(self) -> None:
        """Says yes in the page's own dialog."""
        self.page.locator("#confirm [value=yes]").click()

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
        self.page.locator("form[action*=login] button.primary").click()
        self.page.wait_for_url(f"{self.url}/")
