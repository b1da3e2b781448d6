"""A film from a phone becomes one that every browser plays, with nothing of the original but picture and sound."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .damage import Steps, has_lost_sound, percent_there
from .faults import MediaError, Reason
from .filters import filters_for
from .probing import Probe, probe, reading_rules
from .sandbox import IN_SANDBOX, MIB, OUT_SANDBOX, sandboxed

MAX_MINUTES = 30
MAX_DURATION_MS = MAX_MINUTES * 60 * 1000
LEAST_THERE = 50
"""Percent. Of a film of which less came through, its owner had better hear that it is damaged."""

LEAST_MS = 200
"""What is shorter is a picture that ffmpeg made of some bytes."""


@dataclass(frozen=True)
class Converted:
    video: Path
    poster: Path
    duration_ms: int
    width: int
    height: int
    has_audio: bool
    lost_audio: bool
    percent_there: int


def convert(
    source: Path,
    target_dir: Path,
    on_progress: Callable[[int], None] = lambda percent: None,
    *,
    max_duration_ms: int = MAX_DURATION_MS,
) -> Converted:
    """Make `video.mp4` (H.264, at most 720p, upright, AAC or silent) and `poster.jpg` in `target_dir`.

    Nothing of the original stays: phones write the place and the hour in it. `on_progress` gets 0 to 100, each number
    once. The two names appear only when the result has been checked; what fails leaves nothing behind. Damage is
    stepped over: how much came through is in the answer.
    """
    facts = probe(source)
    if facts.duration_ms and facts.duration_ms > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    if shutil.disk_usage(target_dir).free < 64 * MIB:
        raise MediaError(Reason.OUT_OF_SPACE)

    with tempfile.TemporaryDirectory(dir=target_dir, prefix=".converting-") as folder:
        video, result, steps = _make_film(source, facts, Path(folder), _each_once(on_progress), max_duration_ms)
        there = percent_there(facts, result, steps)
        if there < LEAST_THERE:
            raise MediaError(Reason.DAMAGED, f"{there}% of {facts.duration_ms} ms came out")
        poster = _make_poster(video, result)
        on_progress(100)
        os.replace(poster, target_dir / "poster.jpg")
        os.replace(video, target_dir / "video.mp4")
    return Converted(
        video=target_dir / "video.mp4",
        poster=target_dir / "poster.jpg",
        duration_ms=result.duration_ms or 0,
        width=result.picture.width,
        height=result.picture.height,
        has_audio=result.sound is not None,
        lost_audio=has_lost_sound(facts, result, steps),
        percent_there=there,
    )


def _each_once(on_progress: Callable[[int], None]) -> Callable[[int], None]:
    last = -1

    def report(percent: int) -> None:
        nonlocal last
        if percent > last:
            last = percent
            on_progress(percent)

    return report


def _make_film(
    source: Path, facts: Probe, folder: Path, on_progress: Callable[[int], None], max_duration_ms: int
) -> tuple[Path, Probe, Steps]:
    """With its sound; and where that breaks the film, without it."""
    steps = Steps()
    try:
        video = _make_video(source, facts, folder, on_progress, max_duration_ms, steps)
        return video, _check_video(video, max_duration_ms), steps
    except MediaError as error:
        if error.reason is not Reason.DAMAGED or facts.sound is None:
            raise
    steps = Steps()
    video = _make_video(source, replace(facts, sound=None), folder, on_progress, max_duration_ms, steps)
    return video, _check_video(video, max_duration_ms), steps


def _make_video(
    source: Path,
    facts: Probe,
    folder: Path,
    on_progress: Callable[[int], None],
    max_duration_ms: int,
    steps: Steps,
) -> Path:
    seconds = (facts.duration_ms or max_duration_ms) / 1000
    wall_seconds = int(60 + 10 * seconds)
    with sandboxed(
        film_command(facts, f"file:{IN_SANDBOX}", f"file:{OUT_SANDBOX}/video.mp4", max_duration_ms),
        source=source,
        folder=folder,
        cpu_seconds=2 * wall_seconds,
        wall_seconds=wall_seconds,
        max_file=int(64 + seconds) * MIB,
        heed=steps.heed,
    ) as lines:
        for line in lines:
            key, _, value = line.strip().partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit():
                on_progress(max(0, min(99, int(int(value) / 10_000 / seconds))))
    return folder / "video.mp4"


def film_command(facts: Probe, source: str, target: str, max_duration_ms: int = MAX_DURATION_MS) -> list[str]:
    """Only the tracks that are used are judged: their decoders are named, and a packet that is no good is passed by."""
    picture, sound = facts.picture, facts.sound
    decoders = [f"-c:{picture.index}", picture.decoder]
    maps = ["-map", f"0:{picture.index}"]
    if sound is not None:
        decoders += [f"-c:{sound.index}", sound.decoder]
        # Silence stands where sound is missing, so that what follows stays with its picture.
        maps += ["-map", f"0:{sound.index}", "-af", "aresample=async=1:first_pts=0"]
    return [
        "ffmpeg", "-hide_banner", "-v", "repeat+level+verbose", "-nostdin", "-nostats", "-progress", "pipe:1",
        "-threads", "2", "-max_error_rate", "1", *reading_rules(facts.container), *decoders, "-i", source,
        *maps, "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-vf", filters_for(picture),
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", "4M", "-bufsize", "8M",
        "-profile:v", "high", "-g", "60",
        "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
        # One second over the limit is enough to see that a film without a stated length is too long.
        "-t", str(max_duration_ms / 1000 + 1), "-threads", "2",
        "-bitexact", "-movflags", "+faststart", "-f", "mp4", target,
    ]  # fmt: skip


def _check_video(video: Path, max_duration_ms: int) -> Probe:
    """What came out, looked at before anyone sees it."""
    result = probe(video)
    lasts = result.duration_ms or 0
    if lasts < LEAST_MS or result.picture.decoder != "h264":
        raise MediaError(Reason.DAMAGED, "the converted film is empty")
    if lasts > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    return result


def _make_poster(video: Path, result: Probe) -> Path:
    moment = min(1.0, (result.duration_ms or 0) / 2000)
    command = [
        "ffmpeg", "-v", "level+error", "-nostdin", "-nostats", "-threads", "1", *reading_rules(result.container),
        "-ss", f"{moment:.3f}", "-i", f"file:{IN_SANDBOX}", "-map", "0:V:0", "-frames:v", "1", "-q:v", "4",
        "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-bitexact", "-f", "mjpeg", f"file:{OUT_SANDBOX}/poster.jpg",
    ]  # fmt: skip
    with sandboxed(
        command, source=video, folder=video.parent, cpu_seconds=30, wall_seconds=60, max_file=8 * MIB
    ) as lines:
        for _line in lines:
            pass
    poster = video.parent / "poster.jpg"
    if not poster.exists() or poster.stat().st_size == 0:
        raise MediaError(Reason.DAMAGED, "no poster came out")
    return poster
