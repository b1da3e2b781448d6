"""A piece of a recording, cut by real ffmpeg: exactly the pictures that were chosen, with their sound."""

import subprocess
from pathlib import Path

import pytest

from tests.video_feedback.films import ffmpeg
from video_feedback import media
from video_feedback.media import MediaError, Piece, Reason

RATE, SECONDS = 25, 24
STEP = 9
"""How much brighter each second is than the one before."""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a camera (.MTS): each second is of one grey, brighter than the one before. The sound is on from 22 s."""
    path = tmp_path_factory.mktemp("pieces") / "00042.MTS"
    ffmpeg(
        "-f", "lavfi", "-i", f"color=black:s=160x120:r={RATE}:d={SECONDS},geq=lum='20+{STEP}*floor(T)':cb=128:cr=128",
        "-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS},volume='if(gte(t,22),1,0)':eval=frame",
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-bf", "2", "-c:a", "ac3", "-f", "mpegts", path,
    )  # fmt: skip
    return path


def greys_of(film: Path) -> list[int]:
    """Of each picture, its second by its grey."""
    command = ["ffmpeg", "-v", "error", "-ignore_editlist", "1", "-i", str(film), "-vf", "extractplanes=y,scale=1:1"]
    command += ["-f", "rawvideo", "-fps_mode", "passthrough", "-"]
    pixels = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
    return [round((pixel - 20) / STEP) for pixel in pixels]


def test_it_holds_exactly_the_pictures_that_were_chosen(recording: Path, tmp_path: Path) -> None:
    """From 21.6 s to 23.4 s: past where the recording is sought in, and between two pictures to begin at."""
    made = media.convert(recording, tmp_path, piece=Piece(21_600, 23_400))

    assert greys_of(made.video) == [21] * 10 + [22] * 25 + [23] * 10
    assert abs(made.duration_ms - 1800) <= 45
    assert (made.has_audio, made.lost_audio, made.percent_there) == (True, False, 100)
    detect = ["ffmpeg", "-i", str(made.video), "-af", "silencedetect=n=-40dB:d=0.1", "-f", "null", "-"]
    said = subprocess.run(detect, capture_output=True, check=True, timeout=30, text=True).stderr
    (silence,) = [line for line in said.splitlines() if "silence_end" in line]
    assert abs(float(silence.split("silence_end: ")[1].split(" ")[0]) - 0.4) < 0.05, "the sound is where it was"


def test_without_an_end_it_goes_on_to_the_last_picture(recording: Path, tmp_path: Path) -> None:
    made = media.convert(recording, tmp_path, piece=Piece(23_000))

    assert greys_of(made.video) == [23] * RATE


def test_a_piece_after_the_end_says_so_and_a_recording_of_a_moment_too(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        media.convert(recording, tmp_path, piece=Piece(30_000, 32_000))
    assert caught.value.reason is Reason.PAST_END

    moment = tmp_path / "kort.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=0.4", "-c:v", "libx264", moment)
    with pytest.raises(MediaError) as caught:
        media.convert(moment, tmp_path)
    assert caught.value.reason is Reason.TOO_SHORT


def test_of_a_long_recording_only_the_piece_may_not_be_too_long(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        media.convert(recording, tmp_path, max_duration_ms=10_000)
    assert caught.value.reason is Reason.TOO_LONG

    assert abs(media.convert(recording, tmp_path, max_duration_ms=10_000, piece=Piece(0, 2000)).duration_ms - 2000) < 50
