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
from .made import Made, look_at
from .pieces import RUN_UP, Piece
from .probing import Probe, probe, reading_rules
from .sandbox import IN_SANDBOX, MIB, OUT_SANDBOX, Patience, sandboxed

VIDEO, POSTER = "video.mp4", "poster.jpg"
MAX_MINUTES = 30
MAX_DURATION_MS = MAX_MINUTES * 60 * 1000
LEAST_THERE = 50
"""Percent. Of a film of which less came through, its owner had better hear that it is damaged."""

LONGEST_SILENCE = 180
"""Seconds in which nothing more of the film comes out. At the end of a long one its index is put first."""

LEAST_STATED_MS = 500
"""A recording that says that it is shorter was stopped as soon as it was begun."""

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
    piece: Piece | None = None,
) -> Converted:
    """Make `video.mp4` (H.264, at most 720p, upright, AAC or silent) and `poster.jpg` in `target_dir`, of all of it or
    of this piece.

    Nothing of the original stays: phones write the place and the hour in it. `on_progress` gets 0 to 100, each number
    once. The two names appear only when the result has been checked; what fails leaves nothing behind. Damage is
    stepped over: how much came through is in the answer.
    """
    facts = probe(source)
    if facts.duration_ms and facts.duration_ms < LEAST_STATED_MS:
        raise MediaError(Reason.TOO_SHORT)
    if piece is not None:
        if facts.duration_ms and facts.duration_ms - LEAST_STATED_MS < piece.start_ms:
            raise MediaError(Reason.PAST_END, f"{piece.start_ms} of {facts.duration_ms} ms")
        facts = piece.of(facts)
    if facts.duration_ms and facts.duration_ms > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    if shutil.disk_usage(target_dir).free < 64 * MIB:
        raise MediaError(Reason.OUT_OF_SPACE)

    with tempfile.TemporaryDirectory(dir=target_dir, prefix=".converting-") as folder:
        result, steps = _make_film(source, facts, Path(folder), _each_once(on_progress), max_duration_ms, piece)
        if piece is not None:
            steps = Steps()  # What was stepped over may lie before the piece: its length says what came.
        there = percent_there(facts, result, steps)
        if there < LEAST_THERE:
            raise MediaError(Reason.DAMAGED, f"{there}% of {facts.duration_ms} ms came out")
        on_progress(100)
        for name in (POSTER, VIDEO):
            os.replace(Path(folder) / name, target_dir / name)
    return Converted(
        video=target_dir / VIDEO,
        poster=target_dir / POSTER,
        duration_ms=result.duration_ms,
        width=result.width,
        height=result.height,
        has_audio=result.sound_ms is not None,
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
    source: Path,
    facts: Probe,
    folder: Path,
    on_progress: Callable[[int], None],
    max_duration_ms: int,
    piece: Piece | None,
) -> tuple[Made, Steps]:
    """With its sound; and where that breaks the film, without it."""
    try:
        return _make_once(source, facts, folder, on_progress, max_duration_ms, piece)
    except MediaError as error:
        if error.reason is not Reason.DAMAGED or facts.sound is None:
            raise
    return _make_once(source, replace(facts, sound=None), folder, on_progress, max_duration_ms, piece)


def _make_once(
    source: Path,
    facts: Probe,
    folder: Path,
    on_progress: Callable[[int], None],
    max_duration_ms: int,
    piece: Piece | None,
) -> tuple[Made, Steps]:
    steps, patience, furthest = Steps(), Patience(LONGEST_SILENCE), -1
    seconds = (facts.duration_ms or max_duration_ms) / 1000
    wall_seconds = int(60 + 10 * (seconds + (RUN_UP if piece else 0)))
    with sandboxed(
        film_command(facts, f"file:{IN_SANDBOX}", f"file:{OUT_SANDBOX}", max_duration_ms, piece),
        source=source,
        folder=folder,
        cpu_seconds=2 * wall_seconds,
        wall_seconds=wall_seconds,
        patience=patience,
        max_file=int(64 + seconds) * MIB,
        heed=steps.heed,
    ) as lines:
        for line in lines:
            key, _, value = line.strip().partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit():
                on_progress(max(0, min(99, int(int(value) / 10_000 / seconds))))
                if int(value) > furthest:
                    furthest = int(value)
                    patience.renew()
    return _check(folder, max_duration_ms), steps


def film_command(
    facts: Probe, source: str, folder: str, max_duration_ms: int = MAX_DURATION_MS, piece: Piece | None = None
) -> list[str]:
    """Film and poster in one run, for to start ffmpeg takes as long as to convert a second.

    Only the tracks that are used are judged: their decoders are named, and a packet that is no good is passed by.
    """
    picture, sound = facts.picture, facts.sound
    cuts = piece.cuts_of(picture) if piece else None
    decoders = [f"-c:{picture.index}", picture.decoder]
    maps = ["-map", "[film]"]
    if sound is not None:
        decoders += [f"-c:{sound.index}", sound.decoder]
        # Silence stands where sound is missing, so that what follows stays with its picture.
        heard = ["aresample=async=1:first_pts=0", *([cuts.of_sound] if cuts else [])]
        maps += ["-map", f"0:{sound.index}", "-af", ",".join(heard)]
    seen = filters_for(picture, cuts.of_picture if cuts else "")
    moment = min(1.0, (facts.duration_ms or 0) / 4000)
    graph = (
        f"[0:{picture.index}]{seen},split[film][all];[all]select='gte(t,{moment:.3f})*isnan(prev_selected_t)'[still]"
    )
    nothing_else = ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "2", "-bitexact"]
    return [
        "ffmpeg", "-hide_banner", "-v", "repeat+level+verbose", "-nostdin", "-nostats", "-progress", "pipe:1",
        "-threads", "2", "-max_error_rate", "1", *reading_rules(facts.container), *decoders,
        *(cuts.seeking if cuts else []), "-i", source,
        "-filter_complex", graph,
        *maps, *nothing_else,
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", "4M", "-bufsize", "8M",
        "-profile:v", "high", "-g", "60",
        "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
        # One second over the limit is enough to see that a film without a stated length is too long.
        "-t", str(max_duration_ms / 1000 + 1), "-movflags", "+faststart", "-f", "mp4", f"{folder}/{VIDEO}",
        "-map", "[still]", *nothing_else,
        "-frames:v", "1", "-q:v", "4", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-f", "mjpeg", f"{folder}/{POSTER}",
    ]  # fmt: skip


def _check(folder: Path, max_duration_ms: int) -> Made:
    """What came out, looked at before anyone sees it."""
    result = look_at(folder / VIDEO)
    if result.duration_ms < LEAST_MS:
        raise MediaError(Reason.DAMAGED, "the converted film is empty")
    if result.duration_ms > max_duration_ms:
        raise MediaError(Reason.TOO_LONG)
    poster = folder / POSTER
    if not poster.exists() or poster.stat().st_size == 0:
        raise MediaError(Reason.DAMAGED, "no poster came out")
    return result
