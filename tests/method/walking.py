"""Walking the portal as a reader does: by the links of each page, to an element by its role and its name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

ROLES = {"a": "link", "button": "button", "summary": "button", "textarea": "textbox", "select": "combobox"}
ROLES |= {"svg": "img"} | {f"h{level}": "heading" for level in range(1, 5)}
INPUTS = {"checkbox": "checkbox", "radio": "radio", "date": "textbox", "datetime-local": "textbox", "file": "file"}
VOID = {"input", "img", "br", "hr", "meta", "link", "use", "source", "path", "rect", "circle"}


@dataclass
class Element:
    role: str
    attrs: dict[str, str]
    text: str = ""
    level: int = 0

    @property
    def name(self) -> str:
        """As a screen reader says it: a label of its own, else its text."""
        return " ".join((self.attrs.get("aria-label") or self.text).split())


@dataclass
class Page(HTMLParser):
    address: str
    elements: list[Element] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._depth = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.loads += [given["hx-get"]] if given.get("hx-trigger") == "load" else []
        if tag in ("template", "dialog"):
            self._hidden += 1
        role = given.get("role") or ROLES.get(tag) or ("label" if tag in ("label", "legend") else "")
        if tag == "input" and given.get("type") != "hidden":
            role = INPUTS.get(given.get("type", "text"), "textbox")
        is_icon = tag == "svg" and "aria-label" not in given
        if role and not is_icon and not self._hidden and not (tag == "a" and "href" not in given):
            element = Element(role, given, level=self._depth)
            self.elements.append(element)
            if tag not in VOID:
                self._open.append(element)
        if tag not in VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in ("template", "dialog"):
            self._hidden -= 1
        self._depth -= 1
        while self._open and self._open[-1].level >= self._depth:
            closed = self._open.pop()
            if closed.role == "label":
                self.labels[closed.attrs.get("for", "")] = closed.name

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def named(self) -> Iterator[tuple[str, str]]:
        """Each role with its name; that of a field is its label's."""
        for element in self.elements:
            label = self.labels.get(element.attrs.get("id", "-"), "")
            is_field = element.role in ("textbox", "combobox", "checkbox", "radio", "file")
            yield element.role, (label if is_field and label else element.name)

    def links(self) -> Iterator[str]:
        """Where the page leads, and what it loads by itself: the paths."""
        links = [element.attrs.get("href") for element in self.elements if element.role == "link"]
        for address in [*links, *self.loads]:
            if address:
                yield urlsplit(urljoin(self.address, address)).path

    def leads_to(self, route: str, key: object = "") -> str | None:
        """The first address of this route that the page leads to; with a `key`, of which that is a word."""
        for path in self.links():
            try:
                match = resolve(path)
            except Resolver404:
                continue
            if match.view_name == route and (not key or str(key) in map(str, match.kwargs.values())):
                return path
        return None


def look(browser: Client, address: str) -> Page:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    page = Page(answer.request["PATH_INFO"])
    page.feed(answer.content.decode())
    return page
