"""bin/bench cut: how long a cut on the device takes, beside mediabunny by itself on the same film.

In Chromium, from a minute of 1080p: the same ten seconds by the worker of the portal, which looks at the film first,
cuts, and checks what it made; and by a worker that only encodes them, to the same size and as many bits. In turn, and
each with a worker of its own; a figure is the median over the turns. How long it takes with a box, which paints every
frame, is told beside it.

How soon the page says that it cannot read a recording (HEVC, of 8 and of 10 bit).

And what leaves the device: of five minutes of 1080p as a phone makes them half a minute is cut, watched and sent, and
the bytes are counted at the server's socket.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Route, sync_playwright

from tests.bench.figures import Figures
from tests.bench.portals import collected_files, demo_portal
from tests.counted import Counted
from tests.e2e import cut_films
from tests.e2e.cutting import PLAYS
from tests.servers import Portal

TURNS = 5
BARE = 1.2
"""Times mediabunny by itself."""
FIRST, LAST = 20, 30
PART = 0.1
"""Of the recording, may leave the device."""
SENDS_S = 300
TOLD = 1
"""Seconds from the choice of a recording until the page says that it cannot read it."""

SEED = """
from tests.factories import make_group, make_member, make_session
from video_feedback.models import Clip
member = make_member(make_group("De Onlanden"), "Elif Kaya")
clip = Clip.objects.create(owner=member, uploaded_by=member, title="De kring")
print("SEEDED", make_session(member.user), clip.pk)
"""
BARE_WORKER = """
import {{ BlobSource, BufferTarget, Conversion, Input, MP4, Mp4OutputFormat, Output }} from "{library}";
addEventListener("message", async ({{ data: {{ file, given }} }}) => {{
  const input = new Input({{ formats: [MP4], source: new BlobSource(file) }});
  const format = new Mp4OutputFormat({{ fastStart: "in-memory" }});
  const output = new Output({{ format, target: new BufferTarget() }});
  const video = {{ codec: "avc", width: 1280, height: 720, fit: "fill", bitrate: 2_488_320, forceTranscode: true }};
  const audio = {{ codec: "opus", bitrate: 96_000, forceTranscode: true }};
  const trim = {{ start: given.start, end: given.end }};
  const conversion = await Conversion.init({{ input, output, tracks: "primary", trim, video, audio }});
  await conversion.execute();
  postMessage({{ done: output.target.buffer.byteLength }});
}});
"""
TIMED = """
async ([address, given]) => {
  const worker = new Worker(address, { type: "module" });
  const file = document.querySelector("#cut-file").files[0];
  const begun = performance.now();
  const said = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.done || data.failed) && resolve(data);
    worker.onerror = reject;
    worker.postMessage({ id: 1, what: "cut", file, given });
  });
  worker.terminate();
  if (said.failed) throw new Error(`${said.failed} ${said.detail}`);
  return (performance.now() - begun) / 1000;
}
"""
TOLD_AFTER = """() => {
  const [field, trouble] = [document.querySelector("#cut-file"), document.querySelector("[data-trouble]")];
  window.told = new Promise((done) => {
    field.addEventListener("change", () => {
      const begun = performance.now();
      const look = () => trouble.hidden || done((performance.now() - begun) / 1000);
      new MutationObserver(look).observe(trouble, { attributes: true });
    }, { capture: true, once: true });
  });
}"""
BARE_ADDRESS = "/static/js/workers/bare.js"


def make_film(path: Path) -> Path:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=60"]
    command += ["-f", "lavfi", "-i", "sine=frequency=330:duration=60", "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True, timeout=300)
    return path


def make_long_film(path: Path) -> Path:
    """Five minutes at 16 Mbit a second: ten seconds of them, thirty times."""
    some = path.with_name("stukje.mp4")
    picture = "testsrc2=s=1920x1080:r=25:d=10,noise=alls=20:allf=t"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi"]
    command += ["-i", "sine=frequency=330:duration=10", "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "16M"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-c:a", "aac", str(some)], check=True, timeout=300)
    again = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-stream_loop", "29", "-i", str(some), "-c", "copy", str(path)]
    subprocess.run(again, check=True, timeout=300)
    return path


def told_after(page: Page, portal: Portal, folder: Path) -> float:
    """Seconds, the longest of what this browser cannot read."""
    open_page(page, portal, portal.url)
    took = []
    for kind in cut_films.UNREADABLE:
        page.reload()
        page.evaluate(TOLD_AFTER)
        page.locator("#cut-file").set_input_files(cut_films.make(kind, folder))
        took.append(float(page.evaluate("() => window.told")))
    return max(took)


def part_that_leaves(page: Page, portal: Portal, film: Path) -> float:
    """Of the bytes of this film, when half a minute of it is cut, watched and sent."""
    way = Counted(portal)
    open_page(page, portal, way.url)
    page.locator("#cut-file").set_input_files(film)
    end = page.get_by_role("slider", name="Eind van het stukje")
    for key in ["Home", "PageUp", "PageUp", *["ArrowRight"] * 9]:
        end.press(key)
    before = way.bytes
    page.get_by_role("button", name="Knip dit stukje").click()
    page.get_by_text("en duurt 0:30,0").wait_for(timeout=SENDS_S * 1000)
    page.locator("[data-result]").evaluate(PLAYS)
    page.locator("[data-send]:enabled").click(timeout=SENDS_S * 1000)
    page.get_by_text("Je opname is binnen").wait_for(timeout=SENDS_S * 1000)
    print(f"{way.bytes - before} of {film.stat().st_size} bytes left", flush=True)
    return (way.bytes - before) / film.stat().st_size


def open_page(page: Page, portal: Portal, url: str) -> None:
    """The page on which one cuts, of someone who came by this address."""
    session, clip = portal.seed(SEED)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page.goto(f"{url}/fragmenten/{clip}/knippen/")


def put_film(page: Page, film: Path) -> str:
    """In its field, so that the page looks at nothing; answers where its worker is."""
    page.locator("#cut-file").evaluate("field => field.replaceWith(field.cloneNode())")
    page.locator("#cut-file").set_input_files(film)
    return str(page.locator("cut-recording").get_attribute("data-worker"))


def serve_bare_worker(page: Page, static_files: Path) -> None:
    [library] = [path.name for path in (static_files / "vendor").glob("mediabunny.min.*.mjs")]
    script = BARE_WORKER.format(library=f"/static/vendor/{library}")

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=script)

    page.route(f"**{BARE_ADDRESS}", answer)


def main() -> int:
    figures = Figures("cut")
    given: dict[str, object] = {
        "start": FIRST,
        "end": LAST,
        "sound": True,
        "crop": None,
        "way": "flat",
        "allBut": False,
        "silences": [],
    }
    box = [{"t": 0, "box": {"x": 0.3, "y": 0.3, "w": 0.2, "h": 0.3}}]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        film = make_film(folder / "les.mp4")
        static_files = collected_files(folder)
        with demo_portal(folder / "var", static_files, parts="web") as portal:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            open_page(page, portal, portal.url)
            worker = put_film(page, film)
            serve_bare_worker(page, static_files)
            ways = {
                "bare": [BARE_ADDRESS, given | {"covers": []}],
                "portal": [worker, given | {"covers": []}],
                "covered": [worker, given | {"covers": [box]}],
            }
            turns = [{way: page.evaluate(TIMED, asked) for way, asked in ways.items()} for _turn in range(TURNS)]
            told = max(told_after(browser.new_page(), portal, folder) for _turn in range(TURNS))
            left = part_that_leaves(browser.new_page(), portal, make_long_film(folder / "lang.mp4"))
            browser.close()
    print(", ".join(f"{way} {median(turn[way] for turn in turns):.2f} s" for way in ways), flush=True)
    figures.say("bare_ratio", round(median(turn["portal"] / turn["bare"] for turn in turns), 2), "x", BARE)
    figures.say("told_after", round(told, 2), "s", TOLD)
    figures.say("part_sent", round(left, 4), "of the bytes", PART)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
