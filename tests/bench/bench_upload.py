"""bin/bench upload: what an upload costs beside @tus/server, which node people would take for it.

One client sends the same bytes in pieces as our page does, to one server and the other in turn; with all that belongs
to it: at ours the gates, whose turn it is, and the flush to the disk at the end. A figure is the median over the turns.
The memory is that of a body in one piece, a small one and a large one in turn, to the same workers.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.figures import Figures
from tests.bench.portals import collected_files
from tests.bench.processes import cpu_seconds, forget_peaks, peak_mib
from tests.bench.senders import FILM, Sender, Tus
from tests.servers import ROOT, free_port, is_free, running_portal, wait_until

MIB = 1024**2
TURNS = 7
SIZE = 512 * MIB
SMALL = 64 * MIB
CHUNK = 8 * MIB
"""As static/js/pages/upload-recording.js sends while the line is good."""

SPEED = 0.9
"""Of the MiB a second of @tus/server: a school's line is slower than either, so this is about the machine's time."""
CPU = 1.0
"""Of its CPU time: two cores serve the pages too."""
GROWTH = 8
"""MiB that the peak of a worker may be higher for the large body than for the small one: what an allocator keeps,
far from the 448 MiB between the two."""


@dataclass(frozen=True)
class Server:
    url: str
    pids: list[int]
    folder: Path
    """Where it keeps what comes in."""

    def empty(self) -> None:
        for file in self.folder.iterdir():
            if file.is_file():
                file.unlink()


@contextmanager
def tus_server(folder: Path) -> Iterator[Server]:
    folder.mkdir()
    port = free_port()
    process = subprocess.Popen(["node", "tests/bench/tus_server.mjs", str(port), folder], cwd=ROOT)
    try:
        wait_until(lambda: not is_free(port), "@tus/server", 20)
        yield Server(f"http://127.0.0.1:{port}", [process.pid], folder)
    finally:
        process.kill()
        process.wait()


def send(server: Server, path: str, headers: dict[str, str], body: memoryview, pieces: int) -> tuple[float, float]:
    """Sends this body so many times, as one file; the seconds that it took, and the CPU seconds of the server."""
    tus = Tus(server.url, headers)
    cpu, begun = cpu_seconds(server.pids), perf_counter()
    upload = tus.begin(path, len(body) * pieces)
    for number in range(pieces):
        tus.send(upload, number * len(body), body)
    cost = perf_counter() - begun, cpu_seconds(server.pids) - cpu
    tus.close()
    server.empty()
    return cost


def measure_cost(figures: Figures, ours: Server, theirs: Server, senders: list[Sender], content: memoryview) -> None:
    costs = []
    for sender in senders:
        our_cost = send(ours, sender.begin_paths[0], sender.headers, content[:CHUNK], SIZE // CHUNK)
        costs.append((our_cost, send(theirs, "/files", {}, content[:CHUNK], SIZE // CHUNK)))
    for name, column in (("portal", 0), ("@tus/server", 1)):
        speed, cpu = (median(pair[column][what] for pair in costs) for what in (0, 1))
        print(f"{name}: {SIZE / MIB / speed:.0f} MiB/s, {cpu * 1024**3 / SIZE:.2f} CPU s a GiB", flush=True)
    speeds = [theirs[0] / ours[0] for ours, theirs in costs]
    figures.say_least("speed_ratio", round(median(speeds), 2), "x", SPEED)
    figures.say("cpu_ratio", round(median(ours[1] / theirs[1] for ours, theirs in costs), 2), "x", CPU)


def measure_memory(figures: Figures, server: Server, senders: list[Sender], content: memoryview) -> None:
    peaks: dict[int, list[float]] = {SMALL: [], SIZE: []}
    for sender in senders:
        for path, size in zip(sender.begin_paths[1:], peaks, strict=True):
            forget_peaks(server.pids)
            send(server, path, sender.headers, content[:size], 1)
            peaks[size].append(peak_mib(server.pids))
    small, large = (median(peaks[size]) for size in (SMALL, SIZE))
    print(f"peak of a worker: {small:.0f} MiB for {SMALL // MIB} MiB, {large:.0f} MiB for {SIZE // MIB} MiB")
    figures.say("memory_growth", round(large - small, 1), "MiB", GROWTH)


def main() -> int:
    figures = Figures("upload")
    content = bytearray(os.urandom(CHUNK) * (SIZE // CHUNK))
    content[: len(FILM)] = FILM
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        static_files = collected_files(folder)
        (folder / "var").mkdir()
        with (
            # Without the workers: one that looks for a film in what came in would cost time too.
            running_portal(folder / "var", static_files, parts="web") as portal,
            tus_server(folder / "tus") as theirs,
        ):
            workers = [pid for pid, role in portal.processes.items() if role == "granian worker"]
            ours = Server(portal.url, workers, folder / "var/uploads")
            warm_up, *senders = Sender.of(portal, people=1 + TURNS, clips=3)
            measure_cost(Figures("warm-up"), ours, theirs, [warm_up], memoryview(content))
            measure_cost(figures, ours, theirs, senders, memoryview(content))
            measure_memory(figures, ours, senders, memoryview(content))
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
