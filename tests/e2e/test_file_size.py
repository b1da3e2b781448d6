"""A file that is larger than its address takes is refused on the page, beside its field; nothing typed is lost."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.tablet import NAMES, seed_of
from tests.servers import Portal

MIB = 1024**2
PHOTO_WORDS = "Deze foto is te groot. Kies er een van hoogstens 15 MB."


@pytest.fixture(scope="module")
def room(portal: Portal) -> dict[str, str]:
    return dict(zip(NAMES, portal.seed(seed_of(1)), strict=True))


@pytest.fixture
def context(room: dict[str, str], portal: Portal, new_context: NewContext) -> BrowserContext:
    return signed_in(room, portal, new_context())


def signed_in(room: dict[str, str], portal: Portal, context: BrowserContext) -> BrowserContext:
    context.add_cookies([{"name": "sessionid", "value": room["session"], "url": portal.url}])
    return context


def sparse(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size)
    return path


def posts(page: Page) -> list[str]:
    """Fills up with what is posted from here on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.method == "POST" else None)
    return found


def test_a_photo_that_is_too_large_is_said_beside_its_field_and_not_sent(
    context: BrowserContext, portal: Portal, watch: Watch, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{portal.url}/mijn-gegevens/")
    sent = posts(page)
    field = page.get_by_label("Nieuwe foto")
    page.locator("[name=name]").fill("Sanne Wolters-Bos")
    field.set_input_files(sparse(tmp_path / "groot.jpg", 15 * MIB + 1))
    expect(page.get_by_role("alert")).to_have_text(PHOTO_WORDS)
    watch.check_accessible(page)

    page.get_by_role("button", name="Bewaar", exact=True).click()

    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        f"Alleen mensen met wie je in een groep zit, zien hem. JPEG, PNG of WebP. {PHOTO_WORDS}"
    )
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=name]")).to_have_value("Sanne Wolters-Bos")
    assert sent == []

    Image.new("RGB", (60, 60), "teal").save(tmp_path / "goed.jpg")
    field.set_input_files(tmp_path / "goed.jpg")
    expect(page.get_by_text(PHOTO_WORDS)).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Je gegevens zijn bewaard.").first).to_be_visible()


@pytest.mark.parametrize("without", ["", "**/tus.min*.js"])
def test_a_recording_that_is_too_large_is_not_sent_with_or_without_tus(
    room: dict[str, str], context: BrowserContext, portal: Portal, watch: Watch, tmp_path: Path, without: str
) -> None:
    watch.allow("Failed to load resource")
    page = context.new_page()
    if without:
        page.route(without, lambda route: route.abort())
    page.goto(f"{portal.url}/fragmenten/{room['clip']}/")
    sent = posts(page)
    page.get_by_label("De opname").set_input_files(sparse(tmp_path / "lang.mp4", 2 * 1024 * MIB + 1))
    page.get_by_label("Ik weet dat de hele opname naar de server gaat").check()
    page.get_by_role("button", name="Stuur de opname op").click()

    expect(page.get_by_role("alert").first).to_have_text(
        "Deze opname is groter dan 2 GB. Maak eerst een korter fragment."
    )
    expect(page.get_by_label("De opname")).to_be_focused()
    assert sent == []


def test_without_javascript_the_page_that_refuses_leads_back(
    room: dict[str, str], portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    watch.allow("Failed to load resource")
    page = signed_in(room, portal, new_context(java_script_enabled=False)).new_page()
    page.goto(f"{portal.url}/mijn-gegevens/")
    page.get_by_label("Nieuwe foto").set_input_files(sparse(tmp_path / "groot.jpg", 20 * MIB))
    page.get_by_role("button", name="Bewaar", exact=True).click()

    expect(page.get_by_role("heading", name="Dit is te groot om te versturen")).to_be_visible()
    page.get_by_role("link", name="Terug naar het formulier").click()
    expect(page.get_by_label("Nieuwe foto")).to_be_visible()
