"""Responding to a film by keys and on a phone: what only a browser shows."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.tablet import NAMES, seed_of, upright_film_of
from tests.servers import Portal
from tests.video_feedback.films import make_film

AT = "document.querySelector('clip-player video').currentTime"


@pytest.fixture
def film(portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path) -> Page:
    """The page of a fragment that stands upright, on a phone. Its end is far: the film itself lasts fifteen seconds."""
    room = dict(zip(NAMES, portal.seed(seed_of(1)), strict=True))
    portal.seed(upright_film_of(room["shared"], str(make_film(tmp_path / "film.mp4", seconds=15, size="360x640"))))
    context = new_context(service_workers="block", viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": room["session"], "url": portal.url}])
    page = context.new_page()
    page.goto(f"{portal.url}/fragmenten/{room['shared']}/")
    return page


def remark(page: Page, moment: str, text: str) -> None:
    page.get_by_label("Op moment").fill(moment)
    page.get_by_label("Wat wil je zeggen?").fill(text)
    page.get_by_role("button", name="Bewaar bij mijn feedback").click()
    expect(page.locator("#jouw-feedback").get_by_text(text)).to_be_visible()


def test_by_keys_and_by_thumb(film: Page, watch: Watch) -> None:
    film.wait_for_function("() => document.querySelector('clip-player video').textTracks[0].cues?.length === 1")
    film.locator("[data-do=play]").focus()
    for key, second in (("l", 5), (".", 5.04), (",", 5), ("j", 0), ("Control+l", 0)):
        film.keyboard.press(key)
        assert round(film.evaluate(AT), 2) == second

    loop = film.locator("[data-do=loop]")
    for words in ("Herhaal een stuk: tot hier", "Stop met herhalen", "Herhaal een stuk: begin hier"):
        loop.click()
        film.locator("[data-do=play]").focus()
        film.keyboard.press("l")
        expect(loop).to_have_attribute("aria-label", words)

    said = film.get_by_label("Wat wil je zeggen?")
    said.focus()
    expect(film.locator(".player")).to_be_in_viewport(ratio=1)
    expect(said).to_be_in_viewport(ratio=1)
    before = film.evaluate(AT)
    film.keyboard.type("jkl")  # Letters of a remark are no keys.
    assert film.evaluate(AT) == before

    for moment, text in (("0:10", "Je wachtte."), ("0:11", "Je vroeg door."), ("0:12", "Je keek rond.")):
        remark(film, moment, text)
    expect(film.get_by_label("Wat wil je zeggen?")).to_be_focused()
    film.wait_for_function("() => !document.querySelector('clip-player video').paused")  # It was on, so it goes on.
    film.evaluate("document.querySelector('clip-player video').pause()")
    film.evaluate("scrollTo(0, 0)")
    assert film.locator(".mk.draft .kind").first.evaluate("kind => getComputedStyle(kind).outlineStyle") == "dashed"
    cluster = film.locator("button.mk:visible")
    expect(cluster.locator(".num")).to_have_text("3")
    assert cluster.bounding_box()["width"] >= 44  # type: ignore[index]
    film.locator("[data-do=play]").focus()
    for _back in range(3):
        film.keyboard.press("j")
    for second in (10, 11, 12, 10):
        cluster.click()
        assert round(film.evaluate(AT), 2) == second
    watch.check_accessible(film)
    film.set_viewport_size({"width": 1280, "height": 900})  # A tablet is wide too, and a finger no smaller.
    expect(cluster.locator(".num")).to_have_text("3")
