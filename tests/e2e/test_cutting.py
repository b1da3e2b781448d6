"""A fragment is cut on the device of its maker: exactly that stretch, without what was covered, and no more goes."""

import base64
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.e2e import cut_films
from tests.e2e.conftest import NewContext, Watch
from tests.e2e.cutting import maker_at
from tests.e2e.people import Person
from tests.servers import Portal
from video_feedback import media

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
  return { film: read.result.split(",")[1], read: said.read };
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
    return maker_at(portal, portal.url, new_context, watch)


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
        return self.made_of("cut", film, {"start": start, "end": end} | given)

    def slides(self, film: Path, moments: list[float], **given: Any) -> Path:
        return self.made_of("slides", film, {"moments": moments, "sound": False} | given)

    def made_of(self, what: str, film: Path, given: dict[str, Any]) -> Path:
        said = self.ask(what, film, **NOTHING_COVERED | given)
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
    seen = [cut_films.decoded(film, crop=there) for film in bare]
    assert _furthest(*seen) > 60, "or there was nothing to cover"
    # As it leaves the device, and as the server keeps it.
    for pair in (covered, [_on_the_server(film) for film in covered]):
        frames = [cut_films.decoded(film, crop=there) for film in pair]
        assert len(frames[0]) == 30
        assert frames[0] == frames[1]
        sizes = [film.stat().st_size for film in pair]
        assert abs(sizes[0] - sizes[1]) <= 0.005 * sizes[0]


def _on_the_server(film: Path) -> Path:
    """What the portal makes of it, once it was sent."""
    folder = film.with_suffix("")
    folder.mkdir()
    return media.convert(film, folder).video


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

    for film in (result, _on_the_server(result)):
        assert cut_films.loudest(film, 0.55, 1.05) < 0.002
        assert cut_films.loudest(film, 0.1, 0.45) > 0.05
        assert cut_films.loudest(film, 1.2, 1.9) > 0.05


def test_of_stills_each_shows_its_picture_covered_as_in_a_film_and_nothing_is_heard(
    bench: Workbench, tmp_path: Path
) -> None:
    numbered = cut_films.make(cut_films.Kind("genummerd.mp4"), tmp_path)
    moments, seconds = [0.4, 1.2, 2.0], 4

    result = bench.slides(numbered, moments)

    shown = cut_films.numbers(result)
    at_each = [shown[at :: len(shown) // len(moments)][0] for at in (5, 45, 85)]
    assert at_each == [cut_films.frames_of(numbered, moment, moment + 0.01)[0] % cut_films.GREYS for moment in moments]
    assert len(set(shown)) == len(moments)
    assert abs(cut_films.moments(result)[-1] - len(moments) * seconds) < 0.2
    assert "audio" not in cut_films.facts(result)
    assert cut_films.WORDS.encode() not in result.read_bytes()

    goes_along = [
        {"t": 0.2, "box": {"x": 0.1, "y": 0.1, "w": 0.35, "h": 0.35}},
        {"t": 1.0, "box": {"x": 0.2, "y": 0.2, "w": 0.35, "h": 0.35}},
    ]
    red, lime = (
        bench.slides(_film_with(colour, tmp_path), [0.2, 0.6, 1.4], covers=[goes_along]) for colour in ("red", "lime")
    )
    assert cut_films.decoded(red) == cut_films.decoded(lime)


COUNTS_WHAT_IT_READS = """
;(() => {
  let read = 0;
  const { arrayBuffer } = Blob.prototype;
  Blob.prototype.arrayBuffer = function () { read += this.size; return arrayBuffer.call(this); };
  const { read: readPiece } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const piece = await readPiece.call(this);
    read += piece.value?.byteLength ?? 0;
    return piece;
  };
  const post = globalThis.postMessage;
  globalThis.postMessage = (message, ...rest) => post({ ...message, read }, ...rest);
})();
"""


def test_of_a_film_of_2_gb_two_minutes_are_cut_and_little_of_it_is_read(bench: Workbench, tmp_path: Path) -> None:
    film = tmp_path / "les.mp4"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=5:d=150"]
    command += ["-f", "lavfi", "-i", "sine=frequency=330:duration=150", *cut_films.H264, "-c:a", "aac", str(film)]
    subprocess.run(command, check=True, timeout=60)
    large = cut_films.with_hole(film, 2 * 10**9)
    bench.page.route("**/js/workers/cutter*.js", _with(COUNTS_WHAT_IT_READS))

    said = bench.ask("cut", large, **NOTHING_COVERED | {"start": 15.0, "end": 135.0})

    assert large.stat().st_size > 2 * 10**9
    assert 0 < said["read"] < 3 * film.stat().st_size, said["read"]
    result = tmp_path / "cut.mp4"
    result.write_bytes(base64.b64decode(said["film"]))
    assert int(str(cut_films.facts(result)["video"]["nb_read_packets"])) == 120 * 5


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


def _with(more: str, policies: list[str] | None = None) -> Callable[[Route], None]:
    """The worker with this behind it. `policies` fills with the policy it came with; the second time it has none."""

    def answer(route: Route) -> None:
        from_portal = route.fetch()
        headers = dict(from_portal.headers)
        if policies is not None:
            policies.append(headers["content-security-policy"])
            if len(policies) == 2:
                headers["content-security-policy"] = "default-src * blob:"
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
        route.fulfill(status=200, headers=headers, body=from_portal.text() + more)

    return answer


def test_from_within_the_worker_not_a_byte_gets_out(maker: Person, elsewhere: Elsewhere, portal: Portal) -> None:
    """The worker with what tries each way out behind it; without its policy most of these do get out."""
    policies: list[str] = []
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
    maker.page.route("**/js/workers/cutter*.js", _with(PROBE.replace("PORT", str(elsewhere.port)), policies))

    tried = maker.page.evaluate(PROBED)
    heard = elsewhere.heard
    without = maker.page.evaluate(PROBED)

    assert policies == ["default-src 'none'; script-src 'self'"] * 2
    assert set(tried.values()) <= {"blocked", "nothing"}, tried
    assert heard == 0
    assert {without[way] for way in ("fetch", "XMLHttpRequest", "worker of a blob")} == {"through"}, without
    assert elsewhere.heard > 0
