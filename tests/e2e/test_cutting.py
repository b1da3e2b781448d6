"""A fragment is cut on the device of its maker: exactly that stretch, without what was covered, and no more goes."""

import base64
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import cut_films
from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal
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
ASK = """
async ([what, given]) => {
  const address = document.querySelector("cut-recording").dataset.worker;
  window.tested ??= new Worker(address, { type: "module" });
  const file = document.querySelector("#test-file").files[0];
  const said = await new Promise((resolve) => {
    window.tested.onmessage = ({ data }) => (data.done || data.failed) && resolve(data);
    window.tested.postMessage({ id: 1, what, file, given });
  });
  if (!said.done?.blob) return said;
  const read = new FileReader();
  await new Promise((resolve) => {
    read.onload = resolve;
    read.readAsDataURL(said.done.blob);
  });
  return { film: read.result.split(",")[1] };
}
"""
WITH_A_FILE = """
() => {
  const field = document.createElement("input");
  Object.assign(field, { type: "file", id: "test-file" });
  document.querySelector("main").append(field);
}
"""
NOTHING_COVERED: dict[str, Any] = {
    **{"sound": True, "covers": [], "crop": None, "way": "flat", "allBut": False, "silences": []},
}


@pytest.fixture
def maker(portal: Portal, new_context: NewContext, watch: Watch) -> Person:
    """Elif, on the page where she cuts her fragment."""
    return _maker(portal, portal.url, new_context, watch)


def _maker(portal: Portal, url: str, new_context: NewContext, watch: Watch) -> Person:
    session, clip = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    elif_ = Person("elif", context, watch, url)
    elif_.go(f"/fragmenten/{clip}/knippen/")
    return elif_


class Workbench:
    """The worker of the page, asked as the page asks it."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.made = 0
        page.evaluate(WITH_A_FILE)

    def ask(self, what: str, film: Path, **given: Any) -> dict[str, Any]:
        self.page.locator("#test-file").set_input_files(film)
        said: dict[str, Any] = self.page.evaluate(ASK, [what, given])
        return said

    def cut(self, film: Path, start: float, end: float, **given: Any) -> Path:
        said = self.ask("cut", film, **NOTHING_COVERED | {"start": start, "end": end} | given)
        assert "film" in said, f"{film.name}: {said}"
        self.made += 1
        path = self.folder / f"cut-{self.made}.mp4"
        path.write_bytes(base64.b64decode(said["film"]))
        return path


@pytest.fixture
def bench(maker: Person, tmp_path: Path) -> Workbench:
    return Workbench(maker.page, tmp_path)


def test_the_cut_holds_exactly_the_chosen_frames_upright_and_nothing_of_the_phone(
    bench: Workbench, tmp_path: Path
) -> None:
    start, end = 1.0, 1.8
    for kind in cut_films.KINDS:
        film = cut_films.make(kind, tmp_path)
        every = 2 if kind.rate == 60 else 1
        chosen = cut_films.frames_of(film, start, end)[::every]

        result = bench.cut(film, start, end)

        tracks = cut_films.facts(result)
        assert tracks["video"]["codec_name"] == "h264", kind.name
        assert int(str(tracks["video"]["nb_read_packets"])) == len(chosen), kind.name
        # Of two frames that lie as near to the moment in half as many, either is right.
        off = [(seen - at) % cut_films.GREYS for seen, at in zip(cut_films.numbers(result), chosen, strict=True)]
        assert set(off) <= set(range(every)), (kind.name, off)
        width, height = (kind.size[1], kind.size[0]) if kind.turned else kind.size
        scale = min(1, 720 / min(width, height))
        assert (tracks["video"]["width"], tracks["video"]["height"]) == (width * scale, height * scale), kind.name
        assert ("audio" in tracks) == kind.has_sound, kind.name
        if kind.has_sound:
            assert int(str(tracks["audio"]["nb_read_packets"])) * 0.02 < end - start + 0.05, kind.name
        words = cut_films.WORDS.encode()
        assert (words in film.read_bytes(), words in result.read_bytes()) == (True, False), kind.name


def test_what_this_browser_cannot_read_is_said_within_a_second_with_ways_out(maker: Person, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.UNREADABLE[0], tmp_path)
    sent: list[str] = []
    maker.page.on("request", lambda request: sent.append(request.url))

    maker.page.get_by_label("Opname op dit apparaat").set_input_files(film)

    maker.sees("Deze browser kan de beelden van deze opname niet lezen.")
    maker.sees("Meest compatibel")
    expect(maker.page.locator("[data-trouble]").get_by_role("link", name="Stuur de hele opname")).to_be_visible()
    assert [url for url in sent if "/uploads/" in url or "/opname/" in url] == []

    text = tmp_path / "lijst.mp4"
    text.write_text("#EXTM3U\nles.ts\n")
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(text)
    maker.sees("Dit bestand is een afspeellijst, geen film. Kies de opname zelf.")

    short = make_film(tmp_path / "kort.mp4", seconds=0.4)
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(short)
    maker.sees("Deze opname duurt korter dan een seconde.")


def test_a_file_that_changes_under_the_hand_is_not_cut(maker: Person, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.KINDS[0], tmp_path)
    choose(maker, film)
    film.write_bytes(film.read_bytes()[:-1] + b"!")
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Het bestand is intussen veranderd of weg.")
    maker.sees("Kies het stukje")


def _film_with(colour: str, folder: Path) -> Path:
    """Without loss, so that it differs from another only where its box is: at 40,30 to 64,46 of 160 × 120."""
    path = folder / f"{colour}.webm"
    picture = f"testsrc2=s=160x120:r=25:d=2,drawbox=x=40:y=30:w=24:h=16:color={colour}:t=fill"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p"]
    command += ["-c:v", "libvpx-vp9", "-lossless", "1", "-deadline", "realtime", "-cpu-used", "8", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.mark.parametrize("keys", ["stays", "goes along"])
def test_of_what_is_covered_nothing_is_left(bench: Workbench, tmp_path: Path, keys: str) -> None:
    stays = [{"t": 0, "box": {"x": 0.2, "y": 0.2, "w": 0.3, "h": 0.3}}]
    goes_along = [
        {"t": 0.2, "box": {"x": 0.1, "y": 0.1, "w": 0.35, "h": 0.35}},
        {"t": 1.0, "box": {"x": 0.2, "y": 0.2, "w": 0.35, "h": 0.35}},
    ]
    films = [_film_with(colour, tmp_path) for colour in ("red", "lime")]
    covers = [stays if keys == "stays" else goes_along]

    covered = [bench.cut(film, 0.4, 1.6, covers=covers, sound=False) for film in films]
    bare = [bench.cut(film, 0.4, 1.6, sound=False) for film in films]

    there = "24:16:40:30"
    frames = [cut_films.decoded(film, crop=there) for film in covered]
    seen = [cut_films.decoded(film, crop=there) for film in bare]
    assert [len(found) for found in frames] == [30, 30]
    # What an encoder gets wrong beside a box may differ by a grey or two, and reaches a little way into it.
    assert _furthest(*frames) <= 3
    assert _furthest(*seen) > 60, "or there was nothing to cover"
    sizes = [film.stat().st_size for film in covered]
    assert abs(sizes[0] - sizes[1]) <= 0.005 * sizes[0]


def _furthest(one: list[bytes], other: list[bytes]) -> int:
    """How much the greys of two films differ at most, at any frame."""
    return max(abs(a - b) for first, second in zip(one, other, strict=True) for a, b in zip(first, second, strict=True))


def test_a_crop_keeps_what_is_within_it_and_a_box_its_place(bench: Workbench, tmp_path: Path) -> None:
    film = _film_with("lime", tmp_path)
    crop = {"x": 0.25, "y": 0.25, "w": 0.5, "h": 0.5}
    right = [{"t": 0, "box": {"x": 0.5, "y": 0, "w": 0.5, "h": 1}}]

    result = bench.cut(film, 0.4, 1.0, crop=crop, covers=[right], sound=False)

    tracks = cut_films.facts(result)
    assert (tracks["video"]["width"], tracks["video"]["height"]) == (80, 60)
    flat = cut_films.decoded(result, crop="30:50:46:4")
    seen = cut_films.decoded(result, crop="30:50:4:4")
    assert max(max(frame) - min(frame) for frame in flat) <= 6
    assert min(max(frame) - min(frame) for frame in seen) > 60


def test_a_stretch_that_was_muted_is_silent_in_the_file_and_the_rest_is_heard(bench: Workbench, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.Kind("spoken.mp4"), tmp_path)

    result = bench.cut(film, 0.5, 2.5, silences=[{"from": 1.0, "to": 1.6}])

    assert cut_films.loudest(result, 0.55, 1.05) < 0.002
    assert cut_films.loudest(result, 0.1, 0.45) > 0.05
    assert cut_films.loudest(result, 1.2, 1.9) > 0.05


PROBE = """
;(async () => {
  const away = "http://127.0.0.1:PORT/";
  const tried = {};
  const attempt = async (name, begin) => {
    const work = async () => begin();
    const silence = new Promise((resolve) => setTimeout(resolve, 4000, "nothing"));
    const answer = work().then(() => "through", () => "blocked");
    tried[name] = await Promise.race([answer, silence]);
  };
  const settled = (target, good, bad) => new Promise((resolve, reject) => {
    target.addEventListener(good, resolve); target.addEventListener(bad, reject);
  });
  await attempt("fetch", () => fetch(away + "fetch", { mode: "no-cors" }));
  await attempt("fetch of the portal", () => fetch(self.location.origin + "/wie/?probe"));
  await attempt("XMLHttpRequest", () => {
    const request = new XMLHttpRequest();
    request.open("POST", away + "xhr"); request.send("x");
    return settled(request, "load", "error");
  });
  await attempt("WebSocket", () => settled(new WebSocket(away.replace("http", "ws")), "open", "error"));
  await attempt("EventSource", () => settled(new EventSource(away + "events"), "open", "error"));
  await attempt("import", () => import(away + "module.js"));
  const inner = `fetch("${away}blob", { mode: "no-cors" }).then(() => postMessage(1))`;
  const script = URL.createObjectURL(new Blob([inner]));
  await attempt("worker of a blob", () => settled(new Worker(script), "message", "error"));
  await attempt("beacon", () => { if (!navigator.sendBeacon(away + "beacon", "x")) throw new Error("refused"); });
  postMessage({ tried });
})();
"""
PROBED = """
() => new Promise((resolve) => {
  const worker = new Worker(document.querySelector("cut-recording").dataset.worker, { type: "module" });
  worker.onmessage = ({ data }) => data.tried && resolve(data.tried);
})
"""


class Elsewhere:
    """A server that hears every connection, and answers as one that is open to all."""

    ANSWER = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nAccess-Control-Allow-Origin: *\r\n"
        b"Content-Length: 0\r\nConnection: close\r\n\r\n"
    )

    def __init__(self) -> None:
        self.heard = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            # A browser opens connections that it may never use.
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if connection.recv(65536):
                self.heard += 1
                connection.sendall(self.ANSWER)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    yield server
    server.server.close()


def test_from_within_the_worker_not_a_byte_gets_out(maker: Person, elsewhere: Elsewhere, portal: Portal) -> None:
    """The worker with what tries each way out behind it; without its policy most of these do get out."""
    policies = []

    def add_probe(route: Route) -> None:
        answer = route.fetch()
        headers = dict(answer.headers)
        policies.append(headers["content-security-policy"])
        if len(policies) == 2:
            headers["content-security-policy"] = "default-src * blob:"
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
        body = answer.text() + PROBE.replace("PORT", str(elsewhere.port))
        route.fulfill(status=200, headers=headers, body=body)

    for complaint in (
        "Content Security Policy",
        "CSP:",
        "Failed to load resource",
        "WebSocket",
        "CORS",
        "Failed to fetch",
    ):
        maker.watch.allow(complaint)
    # What a test answers comes from nowhere, and from there Chromium asks before it goes to this machine.
    maker.context.grant_permissions(["local-network-access"])
    maker.page.route("**/js/workers/cutter*.js", add_probe)

    tried = maker.page.evaluate(PROBED)
    heard = elsewhere.heard
    without = maker.page.evaluate(PROBED)

    assert policies == ["default-src 'none'; script-src 'self'"] * 2
    assert set(tried.values()) <= {"blocked", "nothing"}, tried
    assert heard == 0
    assert {without[way] for way in ("fetch", "XMLHttpRequest", "worker of a blob")} == {"through"}, without
    assert elsewhere.heard > 0


class Counted:
    """A way to the portal that counts what goes up, at the socket."""

    def __init__(self, portal: Portal) -> None:
        self.bytes = 0
        self.portal = urlsplit(portal.url)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.server.accept()
                far = socket.create_connection((self.portal.hostname, self.portal.port))
                threading.Thread(target=self._pass, args=[near, far, 1], daemon=True).start()
                threading.Thread(target=self._pass, args=[far, near, 0], daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counts: int) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                self.bytes += counts * len(piece)
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def counted(portal: Portal) -> Iterator[Counted]:
    way = Counted(portal)
    yield way
    way.server.close()


def _heavy_film(path: Path) -> Path:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    command += ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=12,noise=alls=60:allf=t"]
    command += ["-f", "lavfi", "-i", "sine=frequency=330:duration=12", "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True, timeout=60)
    return path


def choose(maker: Person, film: Path) -> None:
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(film)
    maker.sees("Kies het stukje")


PLAYS = """(film) => {
  film.muted = true;
  film.playbackRate = film.defaultPlaybackRate = 4;
  const play = () => film.ended || film.play().catch(() => {});
  film.addEventListener("pause", play);
  play();
}"""
"""Also where the page pauses it once more, for it came just now."""


def plays_it_whole(maker: Person) -> None:
    maker.page.locator("[data-result]").evaluate(PLAYS)
    expect(maker.page.get_by_role("button", name="Stuur dit fragment op")).to_be_enabled(timeout=30_000)


def test_it_is_chosen_cut_watched_kept_over_a_night_and_sent_and_the_rest_stays(
    portal: Portal, counted: Counted, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    maker = _maker(portal, counted.url, new_context, watch)
    film = _heavy_film(tmp_path / "Noor legt uit.mp4")
    choose(maker, film)
    maker.sees("Noor legt uit.mp4, ")
    maker.looks_around("fragment-knippen")
    # The end goes two seconds back from the end of the film by keys, the beginning to a second before that.
    end = maker.page.get_by_role("slider", name="Eind van het stukje")
    end.press("ArrowLeft")
    end.press("ArrowLeft")
    expect(end).to_have_attribute("aria-valuetext", "0:10,0")
    start = maker.page.get_by_role("slider", name="Begin van het stukje")
    start.press("End")
    expect(start).to_have_attribute("aria-valuetext", "0:11,0")
    start.press("ArrowLeft")
    start.press(",")
    expect(start).to_have_attribute("aria-valuetext", "0:10,0")
    maker.press("Zet een vak")
    before = counted.bytes
    maker.press("Knip dit stukje")

    maker.sees("Kijk je fragment terug", seconds=60)
    maker.looks_around("fragment-terugkijken")
    expect(maker.page.get_by_role("button", name="Stuur dit fragment op")).to_be_disabled()
    assert counted.bytes - before < 20_000, "nothing goes before it is sent"

    maker.page.reload()
    maker.sees("Je knipte al 0:02,0 uit Noor legt uit.mp4.")
    maker.go("/fragmenten/")
    maker.sees("Geknipt, nog niet verstuurd")
    maker.follow("Kijk het terug en stuur het op")
    maker.page.get_by_role("button", name="Kijk het terug en stuur het op").click()
    plays_it_whole(maker)
    maker.press("Stuur dit fragment op")

    maker.sees("Wie mag kijken?", seconds=90)
    assert 10_000 < counted.bytes - before < film.stat().st_size / 10
    maker.go("/fragmenten/")
    maker.sees("De kring")
    maker.does_not_see("Geknipt, nog niet verstuurd")


OBSERVED = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from groups.models import Pair
from tests.factories import make_group, make_member, make_session
from video_feedback.models import Clip, ObserverNote
group = make_group("De Onlanden")
pair = Pair.objects.create(group=group)
owner, observer = make_member(group, "Sanne Wolters", pair=pair), make_member(group, "Elif Kaya", pair=pair)
clip = Clip.objects.create(owner=owner, uploaded_by=observer, title="De kring")
began = timezone.now() - timedelta(hours=1)
for second, words in ((-30, "ervoor"), (5, "wachttijd"), (40, "vraagt door"), (70, "erna")):
    seen = began + timedelta(seconds=second)
    ObserverNote.objects.create(observer=observer, observed=owner, text=words, seen_at=seen)
print("SEEDED", make_session(observer.user), clip.pk, began.isoformat())
"""
FOUND = """
from video_feedback.models import NotesStart
print("SEEDED", *[start.starts_at.isoformat() for start in NotesStart.objects.filter(clip=%r)])
"""


def test_what_the_maatje_noted_is_on_the_strip_and_stays_with_what_is_cut(
    portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    session, clip, began = portal.seed(OBSERVED)
    context = new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    elif_ = Person("elif", context, watch, portal.url)
    elif_.go(f"/fragmenten/{clip}/knippen/")
    choose(elif_, make_film(tmp_path / "les.mp4", seconds=60, size="160x120", sound=False))
    # One note is found in the recording, by eye: at five seconds.
    elif_.page.evaluate("document.querySelector('cut-recording').seek(5)")
    elif_.page.get_by_label("Welke notitie?").select_option(index=1)
    elif_.page.get_by_role("button", name="Dit zie ik nu").click()
    marks = elif_.page.locator(".note-lane button:visible")
    expect(marks).to_have_count(2)
    assert all(box["width"] >= 44 <= box["height"] for box in map(Locator.bounding_box, marks.all()) if box)
    elif_.sees("Wat je voor of na de opname noteerde, staat er niet bij.")
    elif_.page.get_by_role("button", name="vraagt door").press("Enter")
    for end, moment in (("Begin", "0:20,0"), ("Eind", "0:50,0")):
        expect(elif_.page.get_by_role("slider", name=f"{end} van het stukje")).to_have_attribute(
            "aria-valuetext", moment
        )
    elif_.looks_around("fragment-knippen-met-notities")
    with elif_.page.expect_response(lambda answer: answer.url.endswith("/kijknotities/")):
        elif_.press("Knip dit stukje")
    [found] = portal.seed(FOUND % clip)
    assert (
        abs(datetime.fromisoformat(found) - datetime.fromisoformat(began) - timedelta(seconds=20)).total_seconds() < 0.5
    )


def test_a_worker_that_dies_is_told_of_and_the_next_one_cuts(maker: Person, tmp_path: Path) -> None:
    maker.page.clock.install(time=0)
    maker.page.reload()
    choose(maker, cut_films.make(cut_films.KINDS[0], tmp_path))
    maker.page.evaluate(KILLED_AT_THE_CUT)
    maker.page.clock.pause_at(3_600_000)
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("We knippen, op je eigen apparaat")
    maker.page.wait_for_function("() => window.killed")

    maker.page.clock.run_for(9_000)
    maker.does_not_see("Het knippen is gestopt.")
    maker.page.clock.run_for(2_000)

    maker.sees("Het knippen is gestopt.")
    expect(maker.page.locator("[data-trouble]").get_by_role("link", name="Stuur de hele opname")).to_be_visible()
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Kijk je fragment terug", seconds=60)


KILLED_AT_THE_CUT = """
() => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (job, ...rest) {
    postMessage.call(this, job, ...rest);
    if (job.what !== "cut" || window.killed) return;
    window.killed = true;
    this.terminate();
  };
}
"""


def test_who_signs_out_is_asked_about_what_was_cut_and_nothing_of_it_stays(maker: Person, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.KINDS[0], tmp_path)
    choose(maker, film)
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Kijk je fragment terug", seconds=60)
    assert maker.page.evaluate(KEPT) == ["about.json", "film.mp4"]

    maker.page.locator("[data-menu] summary").first.click()
    maker.page.get_by_role("button", name="Uitloggen").click()
    maker.sees("Een geknipt fragment is nog niet verstuurd.")
    maker.page.get_by_role("button", name="Wis en log uit").click()
    maker.page.wait_for_url("**/login/**")
    assert maker.page.evaluate(KEPT) == []


KEPT = """
async () => {
  const names = [];
  const walk = async (place) => {
    for await (const [name, entry] of place.entries()) {
      if (entry.kind === "directory") await walk(entry);
      else names.push(name);
    }
  };
  await walk(await navigator.storage.getDirectory());
  return names.sort();
}
"""
