"""Every film that a phone or a school's camera makes, plays: laid beside what went in."""

import re
import subprocess
from array import array
from pathlib import Path

import pytest

from tests.video_feedback.film_matrix import FILMS, Film, make
from video_feedback import media


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.name)
def test_it_plays(film: Film, tmp_path: Path) -> None:
    source = make(film, tmp_path)
    target = tmp_path / "target"
    target.mkdir()

    result = media.convert(source, target)

    assert abs(result.duration_ms / 1000 - film.expected_seconds) <= 0.2
    assert (result.has_audio, result.lost_audio) == (film.sound, film.lost_sound)
    assert film.there[0] <= result.percent_there <= film.there[1]
    alike = likeness(result.video, film)
    assert min(alike) >= 0.9, f"beside the source: {alike}"
    assert white_of(result.video, film) >= 240
    if film.sound:
        assert loudness(result.video) > 1000


def test_each_kind_is_there_twice() -> None:
    assert len(FILMS) >= 30
    assert len({film.name for film in FILMS}) == len(FILMS)


def likeness(video: Path, film: Film) -> list[float]:
    """SSIM with the pattern that went in, at three moments."""
    size = "scale=320:320,format=yuv420p,setsar=1,settb=1/1000,setpts=PTS-STARTPTS"
    graph = (
        f"[0:v]fps=10:start_time=0,{size}[made];"
        f"[1:v]{film.turn},fps=10:start_time=0,{size}[meant];[made][meant]ssim=stats_file=-:shortest=1"
    )
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(video), "-f", "lavfi", "-i", film.pattern]
    said = subprocess.run(
        [*command, "-lavfi", graph, "-f", "null", "-"], capture_output=True, check=True, text=True, timeout=120
    ).stdout
    values = [float(value) for value in re.findall(r"All:([0-9.]+)", said)]
    return [values[len(values) * part // 10] for part in (1, 5, 9)]


def white_of(video: Path, film: Film) -> int:
    """How white the paper is, 0 to 255, in the middle of its corner."""
    back = {"transpose=clock": "transpose=cclock", "transpose=cclock": "transpose=clock"}.get(film.turn, film.turn)
    upright = back if back.startswith(("transpose", "hflip")) else "null"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-ss", "0.5", "-i", str(video), "-frames:v", "1"]
    corner = f"{upright},crop=iw/8:ih/8:iw/16:ih/16,scale=1:1:flags=area,format=rgb24"
    pixel = subprocess.run(
        [*command, "-vf", corner, "-f", "rawvideo", "-"], capture_output=True, check=True, timeout=60
    ).stdout
    return min(pixel)


def loudness(video: Path) -> float:
    """Of the tone, in the middle of the film."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-ss", "0.9", "-i", str(video), "-t", "0.5", "-vn", "-ac", "1"]
    sound = subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=True, timeout=60).stdout
    samples = array("h", sound)
    return float((sum(sample * sample for sample in samples) / len(samples)) ** 0.5) if samples else 0.0
