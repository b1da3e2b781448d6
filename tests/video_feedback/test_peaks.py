"""How much memory a conversion takes at most, of ffmpeg, of ffprobe and of the worker itself; and what needs more."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT
from tests.video_feedback.film_matrix import FILMS, make
from tests.video_feedback.films import ffmpeg
from tests.video_feedback.hostile_films import tags_and_tracks
from video_feedback.media import Reason

pytestmark = pytest.mark.without_database

WORKER, FFPROBE, FFMPEG = 200, 100, 900
"""MB."""

SCRIPT = """
import json, resource, sys, tempfile
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
peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([*peaks, reason]))
"""


def peaks_of(work: str, source: Path) -> tuple[int, int, str]:
    """MB of the worker, MB of the largest process that it started, and why it failed."""
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, work, str(source)],
        cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True, check=True, text=True, timeout=300,
    ).stdout  # fmt: skip
    worker, child, reason = json.loads(answer.splitlines()[-1])
    return worker, child, reason


@pytest.mark.parametrize("name", ["5312x2988.mp4", "hlg-tagged.mov", "prores.mov"])
def test_a_film_stays_within_the_memory_there_is(name: str, tmp_path: Path) -> None:
    source = make(next(film for film in FILMS if film.name == name), tmp_path)

    _worker, looked, _reason = peaks_of("probe", source)
    worker, child, reason = peaks_of("convert", source)

    assert reason == ""
    assert (looked < FFPROBE, child < FFMPEG, worker < WORKER) == (True, True, True), (looked, child, worker)


def test_tags_without_end_are_not_taken_in(tmp_path: Path) -> None:
    source = tmp_path / "film.mkv"
    for name, content in tags_and_tracks(tmp_path):
        source.write_bytes(content)

        worker, child, reason = peaks_of("probe", source)

        assert reason, name
        assert (child < FFPROBE, worker < WORKER) == (True, True), (name, child, worker)


def test_a_picture_that_needs_more_ends_with_a_sentence(tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=s=640x640:r=5:d=1", "-vf", "scale=16384:16384:flags=neighbor", "-c:v", "mjpeg",
        "-q:v", "31", "-pix_fmt", "yuvj420p", "-frames:v", "3", source,
    )  # fmt: skip

    worker, child, reason = peaks_of("convert", source)

    assert reason == Reason.TOO_HEAVY
    assert (child < FFMPEG, worker < WORKER) == (True, True), (child, worker)
