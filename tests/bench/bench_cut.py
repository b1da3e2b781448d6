"""bin/bench cut: how long a cut on the device takes, beside mediabunny by itself on the same film.

In Chromium, from a minute of 1080p: the same ten seconds by the worker of the portal, which looks at the film first,
cuts, and checks what it made; and by a worker that only encodes them, to the same size and as many bits. In turn, and
each with a worker of its own; a figure is the median over the turns. How long it takes with a box, which paints every
frame, is told beside it.
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
from tests.servers import Portal

TURNS = 5
BARE = 1.2
"""Times mediabunny by itself."""
FIRST, LAST = 20, 30

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
BARE_ADDRESS = "/static/js/workers/bare.js"


def make_film(path: Path) -> Path:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=60"]
    command += ["-f", "lavfi", "-i", "sine=frequency=330:duration=60", "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True, timeout=300)
    return path


def open_page(page: Page, portal: Portal, film: Path) -> str:
    """The page on which one cuts, with a film in its field; answers where its worker is."""
    session, clip = portal.seed(SEED)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    page.goto(f"{portal.url}/fragmenten/{clip}/knippen/")
    page.locator("#cut-file").evaluate("field => field.replaceWith(field.cloneNode())")  # the page looks at nothing
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
            worker = open_page(page, portal, film)
            serve_bare_worker(page, static_files)
            ways = {
                "bare": [BARE_ADDRESS, given | {"covers": []}],
                "portal": [worker, given | {"covers": []}],
                "covered": [worker, given | {"covers": [box]}],
            }
            turns = [{way: page.evaluate(TIMED, asked) for way, asked in ways.items()} for _turn in range(TURNS)]
            browser.close()
    print(", ".join(f"{way} {median(turn[way] for turn in turns):.2f} s" for way in ways), flush=True)
    figures.say("bare_ratio", round(median(turn["portal"] / turn["bare"] for turn in turns), 2), "x", BARE)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
