"""A recording whose way in is slow, or broken off: what is in is not sent again, and the page sees that it is in."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.films import large_film
from tests.e2e.people import Person
from tests.servers import Portal, wait_until
from tests.video_feedback.films import make_film

SEED = """
from uuid import uuid4
from tests.factories import make_group, make_member, make_session, make_user
from video_feedback.models import Clip
user = make_user("Elif Kaya", email=f"{uuid4()}@school.example")
member = make_member(make_group("De Onlanden"), user=user, school=None)
clip = Clip.objects.create(owner=member, uploaded_by=member, title="De kring")
print("SEEDED", make_session(member.user), clip.pk)
"""


def choose(person: Person, film: Path) -> None:
    person.page.get_by_label("De opname").set_input_files(film)
    person.page.get_by_label("Ik weet dat de hele opname naar de server gaat").check()


OF_PORTAL = {"X-From-Portal": "1", "Tus-Resumable": "1.0.0", "Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
def sender(portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path) -> Person:
    """Elif, with a film chosen on the page of her fragment. Her browser says which requests fail."""
    session, clip = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    elif_ = Person("elif", context, watch, portal.url)
    watch.allow("Failed to load resource")
    elif_.go(f"/fragmenten/{clip}/")
    choose(elif_, make_film(tmp_path / "IMG_0042.mp4", seconds=1))
    return elif_


def begun(page: Page) -> list[str]:
    """Fills with the address of each upload that the page begins."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/uploads/nieuw/" in request.url else None)
    return found


def test_a_portal_that_is_away_for_a_moment_does_not_begin_the_upload_anew(sender: Person) -> None:
    uploads = begun(sender.page)
    left = {"PATCH": 1, "HEAD": 2}

    def answer(route: Route) -> None:
        method = route.request.method
        if not left.get(method):
            return route.fallback()
        left[method] -= 1
        return route.abort() if method == "PATCH" else route.fulfill(status=503)

    sender.page.route("**/uploads/**", answer)
    sender.press("Stuur de opname op")

    sender.sees("Wie mag kijken?", seconds=90)
    assert left == {"PATCH": 0, "HEAD": 0}
    assert len(uploads) == 1


def test_who_ticks_that_all_of_it_goes_has_a_piece_of_it_cut_on_the_server(sender: Person) -> None:
    sender.choose("Laat de server er een stukje uit knippen")
    sender.press("Stuur de opname op")

    sender.sees("Welk stukje blijft?", seconds=90)
    sender.fill("Van", "0:00")
    sender.press("Knip dit stukje")
    sender.sees("Wie mag kijken?", seconds=90)


def test_a_window_that_another_took_over_from_stops_and_says_so(sender: Person) -> None:
    pieces: list[str] = []
    words = "Deze opname gaat in een ander venster verder."

    def answer(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.fallback()
        pieces.append(route.request.url)
        return route.fulfill(status=409, headers=OF_PORTAL | {"Upload-Overtaken": "1"}, body=words)

    sender.page.route("**/uploads/**", answer)
    sender.press("Stuur de opname op")

    sender.sees(words, seconds=30)
    sender.page.wait_for_timeout(1500)  # longer than the first next attempts would take
    assert len(pieces) == 1


def test_when_the_last_answer_is_lost_the_page_sees_that_the_film_is_there(sender: Person, portal: Portal) -> None:
    films = Path(portal.env["NETWERKLEREN_VAR"]) / "media" / "footage" / sender.page.url.split("/")[-2]
    devtools = sender.context.new_cdp_session(sender.page)
    lost: list[str] = []

    def answered(event: dict[str, Any]) -> None:
        request = {"requestId": event["requestId"]}
        if event["request"]["method"] == "PATCH":
            wait_until(lambda: list(films.rglob("poster.jpg")) != [], "the film", 60)
            lost.append(event["request"]["url"])
            devtools.send("Fetch.failRequest", request | {"errorReason": "ConnectionReset"})
        else:
            devtools.send("Fetch.continueRequest", request)

    devtools.on("Fetch.requestPaused", answered)
    devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "*/uploads/*", "requestStage": "Response"}]})
    sender.press("Stuur de opname op")

    sender.sees("Wie mag kijken?", seconds=30)
    assert len(lost) == 1


def test_on_a_slow_line_no_piece_takes_more_than_ten_seconds(sender: Person, tmp_path: Path) -> None:
    began: dict[str, float] = {}
    took: list[float] = []
    sender.page.on(
        "request", lambda request: began.update({request.headers.get("upload-offset", ""): time.monotonic()})
    )
    sender.page.on(
        "requestfinished",
        lambda request: (
            took.append(time.monotonic() - began[request.headers["upload-offset"]])
            if request.method == "PATCH"
            else None
        ),
    )
    line = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 100_000}
    choose(sender, large_film(tmp_path / "lang.mp4", 1_700_000))
    sender.context.new_cdp_session(sender.page).send("Network.emulateNetworkConditions", line)
    sender.press("Stuur de opname op")

    sender.sees("Wie mag kijken?", seconds=90)
    assert sum(took) > 12, "or the line was not slow"
    assert max(took) <= 10


def test_a_page_of_a_proxy_is_not_shown_and_what_it_refused_is_not_counted(sender: Person, tmp_path: Path) -> None:
    sizes: list[int] = []

    def refuse(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.fallback()
        sizes.append(len(route.request.post_data_buffer or b""))
        body = "<html><h1>413 Request Entity Too Large</h1><hr>nginx</html>"
        return route.fulfill(status=413, content_type="text/html", body=body)

    sender.page.route("**/uploads/**", refuse)
    choose(sender, large_film(tmp_path / "groot.mp4", 3_000_000))
    sender.press("Stuur de opname op")

    sender.sees("Het versturen lukt nu niet. Probeer het zo nog eens; wat er al is, blijft bewaard.")
    sender.does_not_see("nginx")
    sender.sees("0,0 van 2,9 MB verstuurd (0%)")
    assert sizes == [512 * 1024, 256 * 1024]


@pytest.mark.parametrize("page", ["loaded anew", "open since before"])
def test_the_same_film_under_another_name_goes_on_where_it_was(
    sender: Person, tmp_path: Path, portal: Portal, page: str
) -> None:
    film = large_film(tmp_path / "IMG_0042.MOV", 3_000_000)
    again = tmp_path / "trim.8A1F0C2E.MOV"
    again.write_bytes(film.read_bytes())
    os.utime(again, (1_700_000_000, 1_700_000_000))
    later = sender.context.new_page()
    later.goto(sender.page.url)
    offsets: list[str] = []

    def cut_after_one(route: Route) -> None:
        is_later = route.request.headers.get("upload-offset", "0") != "0"
        return route.abort() if is_later else route.fallback()

    sender.page.route("**/uploads/**", cut_after_one)
    choose(sender, film)
    sender.press("Stuur de opname op")
    sender.sees("0,5 van 2,9 MB verstuurd (17%)")
    sender.page.close()

    sender.page = later
    if page == "loaded anew":
        later.reload()
        sender.sees("% binnen. Kies dezelfde opname")
    later.on("request", lambda request: offsets.append(request.headers.get("upload-offset", "")))
    choose(sender, again)
    sender.press("Stuur de opname op")

    sender.sees("Wie mag kijken?", seconds=60)
    # A piece that was on its way when its page closed may still have come in.
    assert int(next(filter(None, offsets))) >= 512 * 1024
    assert "0" not in offsets


def test_another_film_of_the_same_length_and_name_is_asked_about(sender: Person, tmp_path: Path) -> None:
    film = large_film(tmp_path / "IMG_0042.MOV", 3_000_000)
    sender.page.route("**/uploads/**", lambda route: None if route.request.method == "PATCH" else route.fallback())
    choose(sender, film)
    sender.press("Stuur de opname op")
    sender.page.wait_for_function("() => document.querySelector('upload-recording').dataset.upload")

    film.write_bytes(film.read_bytes()[:-1] + b"!")
    sender.page.reload()
    choose(sender, film)
    sender.press("Stuur de opname op")

    sender.sees("Dit is een ander bestand dan je eerder koos.")
