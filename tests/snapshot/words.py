"""A page as its reader has it: the words, where its links and forms lead, and the names of its fields."""

import re
from html.parser import HTMLParser
from typing import ClassVar

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SECRET = re.compile(r"(/(?:uitnodiging|expert)/)[A-Za-z0-9_-]{30,}")
SILENT = {"script", "style", "head", "template", "svg"}


class _Reader(HTMLParser):
    """Lines of text, with `-> address` and `[name=value]` where a reader could go or write something."""

    ADDRESSES: ClassVar = {"a": "href", "form": "action", "img": "src", "video": "src", "live-region": "src"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        if tag in self.ADDRESSES and values.get(self.ADDRESSES[tag]):
            self.lines.append(f"-> {values[self.ADDRESSES[tag]]}")
        name = values.get("name", "")
        if tag in {"input", "textarea", "select", "button"} and name and name != "csrfmiddlewaretoken":
            self.lines.append(f"[{name}={values.get('value', '')}]")
        for said in ("aria-label", "title", "placeholder", "data-confirm"):
            if values.get(said):
                self.lines.append(f"({values[said]})")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and (text := " ".join(data.split())):
            self.lines.append(text)


def words_of(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    return "\n".join(reader.lines)


def named(text: str, labels: dict[str, str]) -> str:
    """The text with a name in the place of each id, and dots for what is new at every run."""
    text = UUID.sub(lambda found: labels.get(found[0], "<new id>"), text)
    return SECRET.sub(r"\1…", text)
