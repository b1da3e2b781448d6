"""A film from a phone becomes one that every browser plays, with nothing of the original but picture and sound."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from .faults import MediaError, Reason
from .probing import Probe, probe, reading_rules
from .sandbox import IN_SANDBOX, MIB, OUT_SANDBOX, sandboxed

LONG_SIDE, SHORT_SIDE = 1280, 720
MAX_MINUTES = 30
MAX_DURATION_MS = MAX_MINUTES * 60 * 1000
MAX_PIXELS = 4096 * 2304


@dataclass(frozen=True)
class Converted:
    video: Path
    poster: Path
    duration_ms: int
    width: int
    height: int
    has_audio: bool


def convert(
    source: Path,
    target_dir: Path,
    on_progress: Callable[[int], None] = lambda percent: None,
    *,
    max_duration_ms: int = MAX_DURATION_MS,
) -> Converted:
    """Make `video.mp4` (H.264, at most 720p, upright, AAC or silent) and `poster.jpg` in `target_dir`.

    Nothing of the original stays: phones write the place and the hour in it. `on_progress` gets 0 to 100, each number
    once. The two names appear only when the result has been checked; what fails leaves nothing behind.
    """
    facts = probe(source)
    if not facts.has_video:
        raise MediaError(Reason.NO_PICTURE)
    if facts.duration_ms and facts.duration_ms > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    if shutil.disk_usage(target_dir).free < 64 * MIB:
        raise MediaError(Reason.OUT_OF_SPACE)

    with tempfile.TemporaryDirectory(dir=target_dir, prefix=".converting-") as folder:
        video = _make_video(source, facts, Path(folder), on_progress, max_duration_ms)
        result = _check_video(video, facts, max_duration_ms)
        poster = _make_poster(video, result.duration_ms or 0)
        os.replace(poster, target_dir / "poster.jpg")
        os.replace(video, target_dir / "video.mp4")
    return Converted(
        video=target_dir / "video.mp4",
        poster=target_dir / "poster.jpg",
        duration_ms=result.duration_ms or 0,
        width=result.width,
        height=result.height,
        has_audio=result.has_audio,
    )


def fitted_size(width: int, height: int) -> tuple[int, int]:
    """Return the size within 720p, lying or standing, of the same shape; even numbers, never larger."""
    long_side, short_side = max(width, height), min(width, height)
    factor = min(Fraction(1), Fraction(LONG_SIDE, long_side), Fraction(SHORT_SIDE, short_side))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def _make_video(
    source: Path, facts: Probe, folder: Path, on_progress: Callable[[int], None], max_duration_ms: int
) -> Path:
    seconds = (facts.duration_ms or max_duration_ms) / 1000
    wall_seconds = int(60 + 10 * seconds)
    command = [
        "ffmpeg", "-v", "error", "-nostdin", "-nostats", "-xerror", "-progress", "pipe:1", "-threads", "2",
        "-max_pixels", str(MAX_PIXELS), *reading_rules(), "-i", f"file:{IN_SANDBOX}",
        # V leaves out cover pictures; phones also carry data tracks that no player needs.
        "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
        "-vf", _filters(facts), "-fpsmax", "30",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", "4M", "-bufsize", "8M",
        "-pix_fmt", "yuv420p", "-profile:v", "high", "-g", "60",
        "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
        # One second over the limit is enough to see that a film without a stated length is too long.
        "-t", str(max_duration_ms / 1000 + 1), "-threads", "2",
        "-bitexact", "-movflags", "+faststart", "-f", "mp4", f"file:{OUT_SANDBOX}/video.mp4",
    ]  # fmt: skip
    with sandboxed(
        command,
        source=source,
        folder=folder,
        cpu_seconds=2 * wall_seconds,
        wall_seconds=wall_seconds,
        max_file=int(64 + seconds) * MIB,
    ) as lines:
        last = -1
        for line in lines:
            key, _, value = line.strip().partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit():
                percent = max(0, min(99, int(int(value) / 10_000 / seconds)))
                if percent > last:
                    last = percent
                    on_progress(percent)
    on_progress(100)
    return folder / "video.mp4"


def _check_video(video: Path, facts: Probe, max_duration_ms: int) -> Probe:
    """A film that was cut short on the way still converts: compare the lengths before anyone sees it."""
    result = probe(video)
    if result.duration_ms is None or result.duration_ms == 0 or result.video_codec != "h264":
        raise MediaError(Reason.DAMAGED, "the converted film is empty")
    if result.duration_ms > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    if facts.duration_ms and result.duration_ms < facts.duration_ms * 0.95 - 1000:
        raise MediaError(Reason.DAMAGED, f"{result.duration_ms} ms came out of {facts.duration_ms} ms")
    return result


def _make_poster(video: Path, duration_ms: int) -> Path:
    moment = min(1.0, duration_ms / 2000)
    command = [
        "ffmpeg", "-v", "error", "-nostdin", "-nostats", "-threads", "1", *reading_rules(), "-ss", f"{moment:.3f}",
        "-i", f"file:{IN_SANDBOX}", "-map", "0:V:0", "-frames:v", "1", "-q:v", "4", "-pix_fmt", "yuvj420p",
        "-c:v", "mjpeg", "-bitexact", "-f", "mjpeg", f"file:{OUT_SANDBOX}/poster.jpg",
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


def _filters(facts: Probe) -> str:
    width, height = fitted_size(facts.width, facts.height)
    if facts.is_hdr:
        # Without this a phone's HDR film turns grey. Made small first: linear light takes 12 bytes a pixel.
        return (
            f"zscale=w={width}:h={height}:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
            "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,setsar=1"
        )
    return f"scale={width}:{height},setsar=1"
