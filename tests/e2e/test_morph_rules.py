"""What morphing takes over from the server and what it leaves, on parts of a page that are made for it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

MORPH = """async ([module, before, after, act]) => {
  const { morph } = await import(module);
  const part = document.createElement("section");
  part.innerHTML = before;
  document.querySelector("main").append(part);
  const nodes = [...part.querySelectorAll("*")];
  const fresh = new DOMParser().parseFromString(`<section>${after}</section>`, "text/html").querySelector("section");
  const acts = {
    nothing: () => {},
    choose: () => {
      part.querySelector("[type=checkbox]").checked = true;
      part.querySelector("[value=coach]").checked = true;
      part.querySelector("select").value = "2";
    },
    open: () => {
      part.querySelector("dialog").showModal();
      part.querySelector("[popover]").showPopover();
    },
    ownControls: () => {
      part.querySelector("video").controls = false;
    },
  };
  acts[act]();
  morph(part, fresh);
  const one = (selector) => part.querySelector(selector);
  return {
    kept: nodes.filter((node) => node.isConnected).map((node) => node.localName),
    words: part.textContent.trim(),
    ids: [...part.querySelectorAll("[id]")].map((node) => node.id),
    box: one("[type=checkbox]")?.checked,
    radio: one("[type=radio]:checked")?.value,
    select: one("select")?.value,
    version: one("[name=version]")?.value,
    dialog: one("dialog")?.matches(":modal"),
    popover: one("[popover]")?.matches(":popover-open"),
    controls: one("video")?.controls,
  };
}"""
FORM = """
<form action="/a/">
  <input type="checkbox" name="all"{box}>
  <select name="minutes"><option>1</option><option>2</option><option{third}>3</option></select>
  <input type="radio" name="who" value="coach"><input type="radio" name="who" value="group"{group}>
  <input type="hidden" name="version" value="{version}">
</form>
"""
STORED = FORM.format(box="", third="", group="", version=1)
NEWER = FORM.format(box="", third=" selected", group=" checked", version=2)


Morphed = Callable[..., dict[str, object]]


@pytest.fixture
def morphed(page: Page, static_files: Path) -> Morphed:
    """`morphed(before, after, act)`: a part of a page after the reader did something in it and it was morphed."""
    page.goto("/account/login/")
    names = json.loads((static_files / "staticfiles.json").read_text())["paths"]
    module = "/static/" + names["js/shared/morph.js"]

    def _morphed(before: str, after: str, act: str = "nothing") -> dict[str, object]:
        found: dict[str, object] = page.evaluate(MORPH, [module, before, after, act])
        return found

    return _morphed


def test_what_was_chosen_and_not_sent_stays_with_what_it_was_chosen_on(morphed: Morphed) -> None:
    found = morphed(STORED, NEWER, "choose")
    chosen = {name: found[name] for name in ("box", "radio", "select", "version")}
    assert chosen == {"box": True, "radio": "coach", "select": "2", "version": "1"}


def test_where_nothing_was_chosen_the_server_says_what_is_chosen(morphed: Morphed) -> None:
    found = morphed(STORED, NEWER)
    chosen = {name: found[name] for name in ("box", "radio", "select", "version")}
    assert chosen == {"box": False, "radio": "group", "select": "3", "version": "2"}


def test_a_dialog_and_a_popover_stay_open_and_say_what_is_new(morphed: Morphed) -> None:
    before = "<dialog>Oud</dialog><p popover>Oud</p>"
    found = morphed(before, before.replace("Oud", "Nieuw"), "open")
    assert [found[name] for name in ("dialog", "popover", "words")] == [True, True, "NieuwNieuw"]


def test_a_film_is_left_as_it_is_until_it_is_another_film(morphed: Morphed) -> None:
    before = '<p>Oud</p><video preload="none" controls src="/film/1/"></video>'
    same = morphed(before, before.replace("Oud", "Nieuw"), "ownControls")
    assert [same[name] for name in ("kept", "words", "controls")] == [["p", "video"], "Nieuw", False]
    other = morphed(before, before.replace("/1/", "/2/"), "ownControls")
    assert [other[name] for name in ("kept", "controls")] == [["p"], True]


def test_a_form_becomes_no_form_for_something_else(morphed: Morphed) -> None:
    form = '<form action="/{}/"><b>{}</b></form>'
    before = form.format("stil", "Zet stil") + form.format("verder", "Verder")
    found = morphed(before, form.format("loop", "Laat lopen") + form.format("verder", "Door"))
    assert [found[name] for name in ("kept", "words", "ids")] == [["form", "b"], "Laat lopenDoor", []]
