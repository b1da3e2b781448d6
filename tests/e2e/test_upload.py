"""A recording whose way in is broken off: what is in is not sent again, and the page sees that it is in."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.conftest import NewContext, Watch
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


@pytest.fixture
def sender(portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path) -> Person:
    """Elif, with a film chosen on the page of her fragment. Her browser says which requests fail."""
    session, clip = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    elif_ = Person("elif", context, watch, portal.url)
    watch.allow("Failed to load resource")
    elif_.go(f"/fragmenten/{clip}/")
    film = make_film(tmp_path / "IMG_0042.mp4", seconds=1)
    elif_.page.get_by_label("De opname").set_input_files(film)
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


def test_a_window_that_another_took_over_from_stops_and_says_so(sender: Person) -> None:
    pieces: list[str] = []
    words = "Deze opname gaat in een ander venster verder."

    def answer(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.fallback()
        pieces.append(route.request.url)
        headers = {"Upload-Overtaken": "1", "Tus-Resumable": "1.0.0", "Content-Type": "text/plain; charset=utf-8"}
        return route.fulfill(status=409, headers=headers, body=words)

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
