"""How much memory a conversion takes at most, of ffmpeg, of ffprobe and of the worker itself; and what needs more."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest

from tests.servers import ROOT
from tests.video_feedback.film_matrix import FILMS, make
from tests.video_feedback.films import ffmpeg
from tests.video_feedback.hostile_films import tags_and_tracks
from video_feedback.media import Reason

WORKER, FFPROBE, FFMPEG = 200, 100, 900
"""MB."""

SCRIPT = """
import json, sys, tempfile
from pathlib import Path
import django
django.setup()
from video_feedback import conversion, media
reason = ""
with tempfile.TemporaryDirectory() as folder:
    try:
        if sys.argv[1] == "probe":
            media.probe(Path(sys.argv[2]))
        else:
            media.convert(Path(sys.argv[2]), Path(folder))
    except media.MediaError as error:
        reason = error.reason
print(json.dumps(reason))
"""


@dataclass
class Peaks:
    """MB at most, by program; and why it failed."""

    worker: int = 0
    ffprobe: int = 0
    ffmpeg: int = 0
    reason: str = ""


def peaks_of(work: str, source: Path) -> Peaks:
    """Looked at while it runs, from outside the sandbox, which hides what is used inside it."""
    peaks = Peaks()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, work, str(source)],
        cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}, stdout=subprocess.PIPE, text=True,
    ) as worker:  # fmt: skip
        while worker.poll() is None:
            peaks.worker = max(peaks.worker, peak_of(worker.pid)[1])
            for pid in below(worker.pid):
                name, peak = peak_of(pid)
                if name in {"ffprobe", "ffmpeg"}:
                    setattr(peaks, name, max(getattr(peaks, name), peak))
            sleep(0.005)
        assert worker.stdout is not None
        peaks.reason = json.loads(worker.stdout.read().splitlines()[-1])
    assert worker.returncode == 0
    return peaks


def below(pid: int) -> list[int]:
    """Processes that this one started, and those that they did."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [*children, *(further for child in children for further in below(child))]


def peak_of(pid: int) -> tuple[str, int]:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "", 0
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return facts["Name"], int(facts.get("VmHWM", "0 kB").split()[0]) // 1024


@pytest.mark.parametrize("name", ["5312x2988.mp4", "4000x3000.mp4", "hlg-tagged.mov", "prores.mov"])
def test_a_film_stays_within_the_memory_there_is(name: str, tmp_path: Path) -> None:
    source = make(next(film for film in FILMS if film.name == name), tmp_path)

    peaks = peaks_of("convert", source)

    assert peaks.reason == ""
    assert 0 < peaks.ffmpeg < FFMPEG
    assert 0 < peaks.ffprobe < FFPROBE
    assert 0 < peaks.worker < WORKER


def test_tags_without_end_are_not_taken_in(tmp_path: Path) -> None:
    source = tmp_path / "film.mkv"
    for name, content in tags_and_tracks(tmp_path):
        source.write_bytes(content)

        peaks = peaks_of("probe", source)

        assert 0 < peaks.ffprobe < FFPROBE, name
        assert 0 < peaks.worker < WORKER, name


def test_a_picture_that_needs_more_ends_with_a_sentence(tmp_path: Path) -> None:
    """Each is 432 MB when it is read."""
    source = tmp_path / "film.mp4"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=s=640x640:r=5:d=1", "-vf", "scale=12000:12000:flags=neighbor", "-c:v", "mjpeg",
        "-q:v", "31", "-pix_fmt", "yuvj444p", "-frames:v", "3", "-threads", "1", source,
    )  # fmt: skip

    peaks = peaks_of("convert", source)

    assert peaks.reason == Reason.TOO_HEAVY
    assert 0 < peaks.ffmpeg < FFMPEG
    assert 0 < peaks.worker < WORKER
