"""What a browser would send of a page as it stands: the fields of its form, with what is in them."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    """The fields of the first form that has one called `marked_by`; no button is pressed."""

    def __init__(self, marked_by: str) -> None:
        super().__init__()
        self.marked_by = marked_by
        self.forms: list[dict[str, list[str]]] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        empty = "on" if attributes.get("type") == "checkbox" else ""
        name, value = attributes.get("name"), attributes.get("value") or empty
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        if tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in attributes:
            self._add(self._select, value)
        elif tag == "input" and name and self._counts(attributes):
            self._add(name, value)

    @staticmethod
    def _counts(attributes: dict[str, str | None]) -> bool:
        kind = attributes.get("type")
        return kind != "file" and (kind not in ("checkbox", "radio") or "checked" in attributes)

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            texts = self.forms[-1][self._area]
            texts[-1] = texts[-1].removeprefix("\n")  # what HTML leaves out, and Django writes for that
            self._area = None
        elif tag == "select":
            self._select = None

    def found(self) -> dict[str, list[str]]:
        return next(form for form in self.forms if self.marked_by in form)


def fields_of(html: str, marked_by: str = "version") -> dict[str, Any]:
    """The values by name; more of one name are a list."""
    fields = _Fields(marked_by)
    fields.feed(html)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.found().items()}


def fields_on(client: Client, url: str, marked_by: str = "version") -> dict[str, Any]:
    return fields_of(client.get(url).content.decode(), marked_by)
