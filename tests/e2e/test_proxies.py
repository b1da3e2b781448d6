"""Behind a proxy: nginx and Caddy with the blocks of README as they stand, and nginx as it is by itself."""

import base64
import hashlib
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import requests
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.films import large_film
from tests.e2e.people import PASSWORD
from tests.e2e.tablet import NAMES, seed_of
from tests.proxies import PROXIES, Front, PlainNginx
from tests.servers import Portal, free_port
from tests.tus import CUT

SPOOFED = {
    "X_Forwarded_For": "203.0.113.9",
    "X-Forwarded_For": "203.0.113.9",
    "X_Forwarded_Proto": "http",
    "X_Forwarded_Host": "kwaad.example",
    "X_Forwarded_Port": "81",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "Remote_Addr": "203.0.113.9",
}
TUS = {"Tus-Resumable": "1.0.0"}
NOTEREN = "/talentmomenten/"

each_proxy = pytest.mark.parametrize("name", PROXIES)


@contextmanager
def visiting(front: Front) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False  # It would trust others than this.
        session.verify = str(front.trusted)
        yield session


@pytest.fixture
def mirror() -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """A server (host:port) that keeps the headers of what reaches it, as they came."""
    heard: list[list[tuple[str, str]]] = []

    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.items())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


@each_proxy
def test_no_header_with_an_underscore_arrives(
    name: str, tmp_path: Path, mirror: tuple[str, list[list[tuple[str, str]]]]
) -> None:
    address, heard = mirror
    with PROXIES[name](tmp_path, address) as front, visiting(front) as visitor:
        for path in ("/", "/stroom/"):
            visitor.get(front.url + path, headers=SPOOFED | {"X-Plain": "1"}, timeout=20)

    assert len(heard) == 2
    for headers in heard:
        assert_nothing_was_spoofed(headers)


def assert_nothing_was_spoofed(headers: list[tuple[str, str]]) -> None:
    names = [header.lower() for header, _value in headers]
    assert "x-plain" in names
    assert [header for header in names if "_" in header] == []
    forwarded = {header.lower(): value for header, value in headers if header.lower().startswith("x-forwarded")}
    forwarded.pop("x-forwarded-host", None)  # The portal reads none.
    assert forwarded == {"x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https"}
    assert len([header for header in names if header in forwarded]) == 2


@pytest.fixture
def fountain() -> Iterator[str]:
    """A server (host:port) whose streams say one thing, and then nothing until who listens goes."""
    is_over = Event()

    class Fountain(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"data:meeting:1 1\n\n")
            is_over.wait(20)

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fountain)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    is_over.set()
    server.shutdown()
    server.server_close()


@each_proxy
def test_what_a_stream_says_passes_at_once(
    name: str, tmp_path: Path, fountain: str, mirror: tuple[str, list[list[tuple[str, str]]]]
) -> None:
    asked = "/stroom/?topic=meeting:1"
    with (
        PROXIES[name](tmp_path, mirror[0], streams=fountain) as front,
        visiting(front) as visitor,
        visitor.get(front.url + asked, stream=True, timeout=5) as answer,
    ):
        assert next(answer.iter_lines()) == b"data:meeting:1 1"
    assert mirror[1] == [], "what is for the streams does not reach the pages"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def hidden(start_portal: Callable[..., Portal], port: int) -> Portal:
    """A portal that stands behind a proxy on this port."""
    url = f"https://localhost:{port}"
    names = "localhost,127.0.0.1"
    return start_portal(BASE_URL=url, ALLOWED_HOSTS=names, NETWERKLEREN_HTTP="0", BEHIND_TLS_PROXY="1")


@pytest.fixture
def room(hidden: Portal) -> dict[str, str]:
    return dict(zip(NAMES, hidden.seed(seed_of(1)), strict=True))


def signs_in(visitor: requests.Session, url: str, email: str, **headers: str) -> requests.Response:
    page = visitor.get(f"{url}/account/login/", headers=headers, timeout=20, allow_redirects=False)
    assert page.status_code == 200, "who says that it is http is led to https"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token is not None
    form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    own = {"Referer": f"{url}/account/login/", "Origin": url}
    return visitor.post(f"{url}/account/login/", form, headers=own | headers, timeout=20, allow_redirects=False)


@each_proxy
def test_a_spoofed_address_or_scheme_changes_nothing(
    name: str, tmp_path: Path, hidden: Portal, port: int, room: dict[str, str]
) -> None:
    with PROXIES[name](tmp_path, hidden.url.removeprefix("http://"), port=port) as front, visiting(front) as visitor:
        answer = signs_in(visitor, front.url, room["sanne"], **SPOOFED)
        is_secure = [cookie.secure for cookie in iter(visitor.cookies)]

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_secure and all(is_secure)
    script = """
from allauth.usersessions.models import UserSession
print("SEEDED", *UserSession.objects.filter(user__email="{email}").values_list("ip", flat=True))
"""
    assert hidden.seed(script.format(email=room["sanne"])) == ["127.0.0.1"]


@each_proxy
def test_a_recording_of_20_mb_passes(
    name: str, tmp_path: Path, hidden: Portal, port: int, room: dict[str, str]
) -> None:
    content = random.Random(20).randbytes(20_000_000)
    checksum = base64.b64encode(hashlib.sha256(content).digest()).decode()
    begin, patch = TUS | CUT | {"Upload-Length": str(len(content) + 1)}, TUS | {"Upload-Offset": "0"}
    patch |= {"Content-Type": "application/offset+octet-stream", "Upload-Checksum": f"sha256 {checksum}"}
    with PROXIES[name](tmp_path, hidden.url.removeprefix("http://"), port=port) as front, visiting(front) as visitor:
        url = front.url
        visitor.cookies.set("sessionid", room["session"])
        own = {"Referer": f"{url}/", "Origin": url, "X-CSRFToken": _token(visitor, url)}
        begun = visitor.post(f"{url}/uploads/nieuw/{room['clip']}/", headers=own | begin, timeout=20)
        sent = visitor.patch(url + begun.headers["Location"], content, headers=own | patch, timeout=60)

    assert (begun.status_code, sent.status_code, sent.headers["Upload-Offset"]) == (201, 204, "20000000")


@each_proxy
def test_what_is_refused_unread_is_answered_in_our_words(name: str, tmp_path: Path, hidden: Portal, port: int) -> None:
    with PROXIES[name](tmp_path, hidden.url.removeprefix("http://"), port=port) as front, visiting(front) as visitor:

        def answer_to(path: str, length: int) -> requests.Response:
            return visitor.post(front.url + path, bytes(length), timeout=20, allow_redirects=False)

        too_large = [answer_to("/account/login/", 9_000_000) for _try in range(8)]
        of_nobody = [answer_to("/is-er-niet/", 2_000_000) for _try in range(8)]

    assert [(answer.status_code, "te groot" in answer.text) for answer in too_large] == [(413, True)] * 8
    assert [answer.status_code for answer in of_nobody] == [404] * 8


def _token(visitor: requests.Session, url: str) -> str:
    return str(visitor.get(f"{url}/wie/", timeout=20).json()["token"])


def test_through_nginx_that_takes_1_mb_the_browsers_upload_arrives_whole(
    portal: Portal, plain_nginx: PlainNginx, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    watch.allow("Failed to load resource")
    room = dict(zip(NAMES, portal.seed(seed_of(1)), strict=True))
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": room["session"], "url": plain_nginx.url}])
    page = context.new_page()
    taken: list[int] = []
    refused = plain_nginx.answers.count(("PATCH", 413))

    def note(response: Any) -> None:
        if response.request.method == "PATCH" and response.status == 204:
            taken.append(int(response.headers["upload-offset"]))

    page.on("response", note)
    page.goto(f"{plain_nginx.url}/fragmenten/{room['clip']}/")
    page.get_by_label("De opname").set_input_files(large_film(tmp_path / "les.mp4", 9_000_000))
    page.get_by_label("Ik weet dat de hele opname naar de server gaat").check()
    page.get_by_role("button", name="Stuur de opname op").click()

    expect(page.get_by_text("Wie mag kijken?").first).to_be_visible(timeout=90_000)
    assert taken[-1] == 9_000_000
    assert max(end - start for start, end in zip([0, *taken], taken, strict=False)) == 1024 * 1024
    assert plain_nginx.answers.count(("PATCH", 413)) - refused == 1, "found out once, and then kept in mind"


def test_noteren_opens_when_nginx_has_no_portal_behind_it(
    portal: Portal, plain_nginx: PlainNginx, new_context: NewContext, watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    room = dict(zip(NAMES, portal.seed(seed_of(1)), strict=True))
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": room["session"], "url": plain_nginx.url}])
    page = context.new_page()
    page.goto(plain_nginx.url + NOTEREN)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")

    with plain_nginx.without_portal():
        page.goto(plain_nginx.url + NOTEREN)
        page.get_by_label("Wat zag je?").fill("Noor legde uit")
        page.get_by_role("button", name="Bewaar talentmoment").click()
        expect(page.get_by_text("1 ding wacht op verbinding.")).to_be_visible()
        expect(page.get_by_text("nginx")).to_have_count(0)

    page.goto(plain_nginx.url + NOTEREN)
    expect(page.get_by_text("Noor legde uit")).to_have_count(1)
