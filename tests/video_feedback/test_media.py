"""Real ffmpeg in the real sandbox, on films that ffmpeg made."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.video_feedback.films import PLACE, ffmpeg, make_film, make_hdr_film, make_phone_film
from video_feedback import media
from video_feedback.media import MediaError, Reason, converting, probing, sandbox
from video_feedback.media.kinds import Container


def facts_of(path: Path) -> Any:
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=30).stdout)


def reason_for(source: Path, target: Path) -> Reason:
    target.mkdir(exist_ok=True)
    with pytest.raises(MediaError) as caught:
        media.convert(source, target)
    assert list(target.iterdir()) == [], "what fails leaves nothing behind"
    return caught.value.reason


def run(command: list[str], **options: Any) -> str:
    limits = {"cpu_seconds": 10, "wall_seconds": 20, "max_file": sandbox.MIB, "source": None} | options
    with sandbox.sandboxed(command, **limits) as lines:
        return lines.read()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def test_a_phone_film_comes_out_upright_small_and_without_its_place(tmp_path: Path, target: Path) -> None:
    source = make_phone_film(tmp_path / "IMG_0412.MOV")
    assert PLACE.encode() in source.read_bytes()
    assert media.probe(source).picture.rotation in {90, 270}

    result = media.convert(source, target)

    assert (result.width, result.height, result.has_audio) == (720, 1280, True)
    assert abs(result.duration_ms - 2000) < 150
    facts = facts_of(result.video)
    assert [stream["codec_name"] for stream in facts["streams"]] == ["h264", "aac"]
    assert facts["streams"][0]["pix_fmt"] == "yuv420p"
    assert "side_data_list" not in facts["streams"][0]
    assert facts["chapters"] == []
    assert "creation_time" not in json.dumps(facts)
    data = result.video.read_bytes()
    assert b"+52.9927" not in data
    assert data.index(b"moov") < data.index(b"mdat"), "the index comes first, so that playing starts at once"
    with Image.open(result.poster) as poster:
        assert (poster.format, poster.size) == ("JPEG", (720, 1280))


def test_progress_rises_to_a_hundred(tmp_path: Path, target: Path) -> None:
    seen: list[int] = []

    media.convert(make_film(tmp_path / "film.mp4", seconds=4), target, seen.append)

    assert seen == sorted(set(seen))
    assert seen[-1] == 100
    assert len(seen) > 2


def test_a_film_without_sound_stays_without_sound(tmp_path: Path, target: Path) -> None:
    result = media.convert(make_film(tmp_path / "stil.mp4", sound=False), target)

    assert result.has_audio is False
    assert [stream["codec_type"] for stream in facts_of(result.video)["streams"]] == ["video"]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("android.webm", ("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")),
        ("iphone.mov", ("libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1")),
    ],
)
def test_other_codecs_become_h264(tmp_path: Path, target: Path, name: str, codec: tuple[str, ...]) -> None:
    result = media.convert(make_film(tmp_path / name, codec=codec), target)

    assert facts_of(result.video)["streams"][0]["codec_name"] == "h264"
    assert (result.width, result.height) == (640, 360)


def test_an_hdr_film_becomes_an_ordinary_one(tmp_path: Path, target: Path) -> None:
    source = make_hdr_film(tmp_path / "hdr.mov")
    assert media.probe(source).picture.is_hdr

    result = media.convert(source, target)

    stream = facts_of(result.video)["streams"][0]
    assert (stream["pix_fmt"], stream["color_transfer"]) == ("yuv420p", "bt709")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"Lieve collega, hier is mijn film.\n" * 50, Reason.NOT_A_FILM),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", Reason.PLAYLIST),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 4000, Reason.DAMAGED),
        (b"\x1a\x45\xdf\xa3" + b"\x93" * 4000, Reason.DAMAGED),
    ],
    ids=["zero bytes", "text", "playlist", "mp4 head only", "matroska head only"],
)
def test_what_is_no_film_is_refused_with_its_reason(tmp_path: Path, content: bytes, reason: Reason) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(content)

    assert reason_for(source, tmp_path / "target") == reason


@pytest.mark.parametrize("options", [("-movflags", "+faststart"), ()], ids=["index first", "index last"])
def test_a_film_of_which_most_is_missing_is_damaged(tmp_path: Path, options: tuple[str, ...]) -> None:
    whole = make_film(tmp_path / "whole.mp4", seconds=6, options=options)
    source = tmp_path / "third.mp4"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])

    assert reason_for(source, tmp_path / "target") == Reason.DAMAGED


def test_sound_alone_is_no_fragment(tmp_path: Path) -> None:
    source = tmp_path / "memo.m4a"
    ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", source)

    assert reason_for(source, tmp_path / "target") == Reason.NO_PICTURE


def test_a_long_recording_is_refused_before_and_after(tmp_path: Path, target: Path) -> None:
    source = make_film(tmp_path / "film.mp4", seconds=4)

    with pytest.raises(MediaError) as caught:
        media.convert(source, target, max_duration_ms=3000)

    assert caught.value.reason == Reason.TOO_LONG


def test_a_playlist_behind_the_head_of_a_film_shows_nothing_of_another_film(tmp_path: Path, target: Path) -> None:
    """U3: ffmpeg's own defaults let one user's playlist open another user's film; here it may not even be read."""
    secret = make_film(tmp_path / "van-een-ander.mp4")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n{secret}\n#EXT-X-ENDLIST\n"
    concat = f"ffconcat version 1.0\nfile '{secret}'\n"
    for text in (playlist, concat):
        source = tmp_path / "film.mp4"
        source.write_text(text)
        assert reason_for(source, tmp_path / "target") == Reason.PLAYLIST
        # Past the first bytes, no other reader is asked than that of a film; and the whitelist would stop another.
        rules = probing.reading_rules(Container.MP4)
        end = ["-i", "file:/film/source", "-f", "null", "-"]
        with pytest.raises(MediaError, match="moov atom not found"):
            run(["ffmpeg", "-v", "error", *rules, *end], source=source)
        with pytest.raises(MediaError, match="not on whitelist"):
            run(["ffmpeg", "-v", "error", *rules[: rules.index("-f")], *end], source=source)


def test_the_sandbox_shows_one_file_and_opens_one_folder(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "film"
    source.write_text("een film")
    (tmp_path / "ander").write_text("van een ander")

    assert run(["cat", sandbox.IN_SANDBOX], source=source) == "een film"
    run(["cp", sandbox.IN_SANDBOX, f"{sandbox.OUT_SANDBOX}/kopie"], source=source, folder=target)
    assert (target / "kopie").read_text() == "een film"
    for forbidden in (["cat", str(tmp_path / "ander")], ["cat", "/etc/passwd"], ["touch", sandbox.IN_SANDBOX]):
        with pytest.raises(MediaError):
            run(forbidden, source=source, folder=target)
    with pytest.raises(MediaError):
        run(["dd", "if=/dev/zero", f"of={sandbox.IN_SANDBOX}", "count=1"], source=source)
    assert source.read_text() == "een film"


def test_the_sandbox_has_no_network() -> None:
    """Not even this machine's own, which is there also where the machine has no other."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        with pytest.raises(MediaError, match=r"Network is unreachable|Connection refused"):
            run(["ffmpeg", "-v", "error", "-i", f"tcp://127.0.0.1:{server.getsockname()[1]}", "-f", "null", "-"])
        with pytest.raises(BlockingIOError):
            server.accept()


def test_limits_end_what_runs_on() -> None:
    with pytest.raises(MediaError) as caught:
        run(["sleep", "30"], wall_seconds=1)
    assert caught.value.reason == Reason.TIMEOUT

    with pytest.raises(MediaError) as caught:
        run(["sh", "-c", "while :; do :; done"], cpu_seconds=1)
    assert caught.value.reason == Reason.TIMEOUT


def test_a_conversion_that_hangs_ends_long_before_its_time(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_film(tmp_path / "les.mp4", seconds=20, size="1280x720")
    monkeypatch.setattr(converting, "LONGEST_SILENCE", 2)
    begun = time.monotonic()

    def hang(_percent: int) -> None:
        for pid in ffmpegs_below(os.getpid()):
            os.kill(pid, signal.SIGSTOP)

    with pytest.raises(MediaError) as caught:
        media.convert(source, target, hang)

    assert caught.value.reason == Reason.TIMEOUT
    assert time.monotonic() - begun < 60
    assert list(target.iterdir()) == []


def ffmpegs_below(parent: int) -> list[int]:
    children = [
        int(pid) for path in Path(f"/proc/{parent}/task").glob("*/children") for pid in path.read_text().split()
    ]
    own = [pid for pid in children if Path(f"/proc/{pid}/comm").read_text().strip() == "ffmpeg"]
    return own + [pid for child in children for pid in ffmpegs_below(child)]


def test_a_film_that_takes_too_much_time_says_so(tmp_path: Path) -> None:
    """ffmpeg ends by itself when its time is up, and calls that normal."""
    slow = [
        "ffmpeg", "-v", "repeat+level+verbose", "-nostdin", "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30",
        "-c:v", "libx264", "-preset", "veryslow", "-f", "null", "-",
    ]  # fmt: skip

    with pytest.raises(MediaError) as caught:
        run(slow, cpu_seconds=1, wall_seconds=120)

    assert caught.value.reason == Reason.TIMEOUT


def test_a_result_that_grows_past_its_limit_is_stopped(target: Path) -> None:
    with pytest.raises(MediaError) as caught:
        run(["dd", "if=/dev/zero", f"of={sandbox.OUT_SANDBOX}/groot", "bs=64k", "count=64"], folder=target)

    assert caught.value.reason == Reason.OUT_OF_SPACE
    assert (target / "groot").stat().st_size <= sandbox.MIB


def test_an_erased_clip_ends_its_conversion(tmp_path: Path, target: Path) -> None:
    class Erased(Exception):
        pass

    def stop(percent: int) -> None:
        raise Erased

    with pytest.raises(Erased):
        media.convert(make_film(tmp_path / "film.mp4", seconds=4), target, stop)

    assert list(target.iterdir()) == []


def test_without_bubblewrap_no_film_is_opened(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_film(tmp_path / "film.mp4")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MediaError) as caught:
        media.convert(source, target)

    assert caught.value.reason == Reason.NO_SANDBOX
    assert "bwrap is not installed" in (media.sandbox_problem() or "")


def test_the_sandbox_works_on_this_machine() -> None:
    assert media.sandbox_problem() is None


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((1920, 1080), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((3840, 2160), (1280, 720)),
        ((1440, 1080), (960, 720)),
        ((640, 360), (640, 360)),
        ((321, 241), (320, 240)),
        ((4000, 10), (1280, 4)),
    ],
)
def test_a_picture_keeps_its_shape_within_720p(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert media.fitted_size(*size) == fitted
