"""Steps 8 and 9, between the meetings: a fragment with feedback, and a talentmoment from the phone."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.films import phone_film
from tests.e2e.people import Person
from tests.e2e.thread_start import MEMBERS, Walk

CLIP = "Drie tellen wachten"
TALENTMOMENT = "Een leerling legde zelf uit waarom de toren bleef staan 🎈"


def send_and_share_a_fragment(walk: Walk) -> None:
    """The maatje held the camera: Yusuf sends it in for Marijke, and Marijke decides."""
    yusuf, marijke = walk.yusuf, walk.marijke
    _send_what_is_no_film(walk)
    yusuf.go("/fragmenten/")
    yusuf.looks_around("fragmenten-leeg")
    yusuf.follow("Plaats een fragment")
    yusuf.choose("Marijke Hoekstra")
    yusuf.fill("Titel", CLIP)
    yusuf.fill("Leerdoel van deze les", "Ik wacht drie tellen na een vraag.")
    yusuf.looks_around("fragment-nieuw")
    yusuf.press("Verder naar de opname")
    yusuf.follow("Stuur de hele opname")
    film = phone_film(walk.folder / "IMG_0042.MOV")
    yusuf.page.get_by_label("De opname").set_input_files(film)
    yusuf.choose("Ik weet dat de hele opname naar de server gaat")
    yusuf.looks_around("fragment-opname")
    yusuf.press("Stuur de opname op")
    yusuf.sees("Draag het fragment over", seconds=90)
    clip_url = yusuf.page.url
    assert not _may_open(walk, "coach", clip_url)
    assert not _may_open(walk, "anouk", clip_url)
    yusuf.press("Draag het fragment over")

    marijke.go(clip_url)
    marijke.sees("Alleen jij")
    marijke.looks_around("fragment-eigenaar")
    share(marijke, "mijn maatje", "toestemming gaven")
    assert not _may_open(walk, "coach", clip_url)
    share(marijke, "de hele groep", "toestemming gaven")
    assert _may_open(walk, "coach", clip_url)
    walk.clip_url = clip_url


def _send_what_is_no_film(walk: Walk) -> None:
    """A text with a film's name, and an empty file: a clear word, and nothing half done."""
    yusuf = walk.yusuf
    yusuf.go("/fragmenten/nieuw/")
    yusuf.fill("Titel", "Geen film")
    yusuf.choose("Ik heb de gebruiksregels gelezen en houd me eraan.")
    yusuf.press("Verder naar de opname")
    yusuf.follow("Stuur de hele opname")
    empty = walk.folder / "leeg.mp4"
    empty.write_bytes(b"")
    yusuf.page.get_by_label("De opname").set_input_files(empty)
    yusuf.choose("Ik weet dat de hele opname naar de server gaat")
    yusuf.press("Stuur de opname op")
    yusuf.sees("Dit bestand is leeg")
    text = walk.folder / "brief.mp4"
    text.write_text("Beste ouders, " * 500)
    yusuf.page.get_by_label("De opname").set_input_files(text)
    yusuf.press("Stuur de opname op")
    yusuf.sees("Dit fragment is niet gelukt", seconds=60)
    yusuf.looks_around("fragment-mislukt")
    yusuf.press("Wis dit fragment")
    yusuf.agree()
    yusuf.page.wait_for_url("**/fragmenten/")


def share(owner: Person, audience: str, statement: str) -> None:
    panel = owner.page.locator("section", has=owner.page.get_by_role("heading", name="Wie mag kijken?"))
    more = panel.locator("details").first
    if more.count() and more.get_attribute("open") is None:
        more.locator("summary").click()  # Once: pressed twice it is closed again, as it should be.
    panel.get_by_label(audience).check()
    panel.get_by_label(re.compile(statement, re.IGNORECASE)).check()
    owner.press("Deel dit fragment", within=panel)
    owner.sees("Gedeeld")


def _may_open(walk: Walk, who: str, url: str) -> bool:
    """Asks with that person's cookies, without a page: a 404 there is what the walk expects."""
    answer = walk.person(who).context.request.get(url, max_redirects=0)
    film = walk.person(who).context.request.get(url.replace("/fragmenten/", "/media/") + "film.mp4", max_redirects=0)
    assert (answer.status == 200) == (film.status in (200, 206)), (answer.status, film.status)
    return bool(answer.status == 200)


def give_feedback(walk: Walk) -> None:
    yusuf, marijke = walk.yusuf, walk.marijke
    yusuf.go(walk.clip_url)
    for kind, moment, text in [
        ("Top", "0:01", "Open vraag, en daarna stil. Knap."),
        ("Top", "0:02", "Je kijkt eerst, en helpt daarna pas."),
        ("Top", "0:03", "Na drie tellen kwam het antwoord vanzelf."),
        ("Tip", "0:04", "Kijk ook even naar de rechterkant van de tafel."),
    ]:
        _remark(yusuf, kind, moment, text)
    yusuf.sees("3 tops, 1 tip")
    yusuf.looks_around("fragment-feedback")
    marijke.go(walk.clip_url)
    marijke.does_not_see("Open vraag, en daarna stil. Knap.")
    yusuf.press("Verstuur naar Marijke")
    walk.sink.wait_for(lambda mail: MEMBERS["marijke"][1] in mail.recipients and "feedback" in mail.subject.lower())

    marijke.go("/")
    marijke.looks_around("vandaag-nieuwe-feedback")
    marijke.go(walk.clip_url)
    marijke.sees("Open vraag, en daarna stil. Knap.")
    marijke.sees("Kijk ook even naar de rechterkant")
    marijke.does_not_see("3 tops, 1 tip")
    anouk = walk.person("anouk")
    anouk.go(walk.clip_url)
    _remark(anouk, "Vraag", "0:02", "Wist je al dat dit zou lukken?")
    anouk.press("Verstuur naar Marijke")
    anouk.sees("Open vraag, en daarna stil. Knap.")
    anouk.does_not_see("Kijk ook even naar de rechterkant")
    film_plays(anouk)


def _remark(giver: Person, kind: str, moment: str, text: str) -> None:
    form = giver.page.locator("form[data-respond]")
    form.get_by_label("Op moment").fill(moment)
    form.get_by_label(kind, exact=kind != "Talent").check(force=True)
    form.get_by_label("Wat wil je zeggen?").fill(text)
    giver.press("Bewaar bij mijn feedback", within=form)
    giver.sees(text)
    expect(form.get_by_label("Wat wil je zeggen?")).to_have_value("")


def film_plays(watcher: Person, *, second: int = 3) -> None:
    """The converted film is upright, and a seek lands where it should: the server answers ranges."""
    video = watcher.page.locator("video")
    video.evaluate("video => { video.preload = 'auto'; video.load(); }")
    watcher.page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    assert video.evaluate("video => video.videoHeight > video.videoWidth")
    video.evaluate("(video, second) => { video.currentTime = second; }", second)
    watcher.page.wait_for_function("() => { const v = document.querySelector('video'); return !v.seeking; }")
    assert abs(video.evaluate("video => video.currentTime") - second) < 0.5


def note_a_talentmoment(walk: Walk) -> None:
    marijke = walk.marijke
    marijke.page.set_viewport_size({"width": 390, "height": 844})
    marijke.go("/talentmomenten/")
    marijke.fill("Wat zag je?", TALENTMOMENT)
    marijke.page.get_by_label("redeneert").check(force=True)
    marijke.press("Bewaar talentmoment")
    marijke.sees(TALENTMOMENT)
    marijke.looks_around("talentmomenten")
    marijke.page.set_viewport_size({"width": 1280, "height": 900})


def download(page_owner: Person, words: str, target: Path) -> bytes:
    """The bytes of what a link downloads."""
    with page_owner.page.expect_download() as waiting:
        page_owner.page.get_by_role("link", name=words).click()
    waiting.value.save_as(target)
    return target.read_bytes()
