"""What ffmpeg does for us: paths in, result out. Knows no models and no Django.

Films come from strangers' phones, and ffmpeg reads far more than films: a playlist renamed to .mp4 makes it open
other people's files. So nothing here trusts a file. The magic bytes are checked first; ffmpeg gets a list of
arguments, never a shell; protocols, containers and codecs are whitelisted; CPU, memory, file size and time are
limited; and every run is in bubblewrap, without network, with one readable file and one writable folder.
"""

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

LONG_SIDE, SHORT_SIDE = 1280, 720
MAX_MINUTES = 30
MAX_DURATION_MS = MAX_MINUTES * 60 * 1000

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
CODECS = (
    "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,mpeg4,h263,mjpeg,"
    "aac,mp3,mp3float,opus,libopus,vorbis,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_f32le"
)
HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}
MAX_PIXELS = 4096 * 2304
MAX_STREAMS = 32
MAX_MEMORY = 3 * 1024**3
MIB = 1024**2

IN_SANDBOX, OUT_SANDBOX = "/film/source", "/film/out"


class Reason(StrEnum):
    """Why a film could not be used. The words for the reader are in `video_feedback/_reason.html`."""

    EMPTY = "empty"
    NOT_A_FILM = "not_a_film"
    NO_PICTURE = "no_picture"
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    OUT_OF_SPACE = "out_of_space"
    TIMEOUT = "timeout"
    NO_SANDBOX = "no_sandbox"


class MediaError(Exception):
    """`reason` is for the user, `detail` for the log: ffmpeg's own last words, which hold no names."""

    def __init__(self, reason: Reason, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Probe:
    """What a file says of itself. Width and height are as a viewer sees them: upright, with square pixels."""

    duration_ms: int | None
    has_video: bool
    has_audio: bool
    width: int
    height: int
    rotation: int
    is_hdr: bool
    video_codec: str


@dataclass(frozen=True)
class Converted:
    video: Path
    poster: Path
    duration_ms: int
    width: int
    height: int
    has_audio: bool


def sniff(path: Path) -> str | None:
    """Return "mp4" or "matroska" by the first bytes, None for anything else. The name of a file says nothing."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    return None


def probe(path: Path) -> Probe:
    """Ask ffprobe what is in the file. Raises MediaError when it is no film or cannot be read."""
    if path.stat().st_size == 0:
        raise MediaError(Reason.EMPTY)
    if sniff(path) is None:
        raise MediaError(Reason.NOT_A_FILM)
    command = [
        "ffprobe", "-v", "error", *_reading_rules(), "-show_format", "-show_streams", "-of", "json",
        f"file:{IN_SANDBOX}",
    ]  # fmt: skip
    with sandboxed(command, source=path, cpu_seconds=30, wall_seconds=60, max_file=MIB) as lines:
        answer = "".join(lines)
    return _read_probe(json.loads(answer))


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


def sandbox_problem() -> str | None:
    """Return why films cannot be converted here, in words for the one who installs, or None when all is well."""
    for program in ("bwrap", "prlimit", "ffmpeg", "ffprobe"):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: apt install ffmpeg bubblewrap util-linux)"
    try:
        with sandboxed(["ffmpeg", "-version"], source=None, cpu_seconds=10, wall_seconds=20, max_file=MIB) as lines:
            for _line in lines:
                pass
    except MediaError as error:
        return f"bubblewrap cannot start ffmpeg here: {error.detail}"
    return None


def _make_video(
    source: Path, facts: Probe, folder: Path, on_progress: Callable[[int], None], max_duration_ms: int
) -> Path:
    seconds = (facts.duration_ms or max_duration_ms) / 1000
    wall_seconds = int(60 + 10 * seconds)
    command = [
        "ffmpeg", "-v", "error", "-nostdin", "-nostats", "-xerror", "-progress", "pipe:1", "-threads", "2",
        "-max_pixels", str(MAX_PIXELS), *_reading_rules(), "-i", f"file:{IN_SANDBOX}",
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
        "ffmpeg", "-v", "error", "-nostdin", "-nostats", "-threads", "1", *_reading_rules(), "-ss", f"{moment:.3f}",
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


def _reading_rules() -> list[str]:
    return [
        "-protocol_whitelist", "file", "-format_whitelist", CONTAINERS, "-codec_whitelist", CODECS,
        "-max_streams", str(MAX_STREAMS),
    ]  # fmt: skip


def _filters(facts: Probe) -> str:
    width, height = fitted_size(facts.width, facts.height)
    if facts.is_hdr:
        # Without this a phone's HDR film turns grey. Made small first: linear light takes 12 bytes a pixel.
        return (
            f"zscale=w={width}:h={height}:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
            "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,setsar=1"
        )
    return f"scale={width}:{height},setsar=1"


def _read_probe(answer: dict[str, Any]) -> Probe:
    streams = answer.get("streams", [])
    videos = [
        stream
        for stream in streams
        if stream.get("codec_type") == "video" and not stream.get("disposition", {}).get("attached_pic")
    ]
    video = videos[0] if videos else {}
    rotation = next((int(data["rotation"]) % 360 for data in video.get("side_data_list", []) if "rotation" in data), 0)
    width, height = int(video.get("width", 0)), int(video.get("height", 0))
    pixel_width, _, pixel_height = video.get("sample_aspect_ratio", "1:1").partition(":")
    if int(pixel_width) and int(pixel_height):
        width = round(width * int(pixel_width) / int(pixel_height))
    if rotation in {90, 270}:
        width, height = height, width
    duration = answer.get("format", {}).get("duration")
    return Probe(
        duration_ms=round(float(duration) * 1000) if duration else None,
        has_video=width > 0 and height > 0,
        has_audio=any(stream.get("codec_type") == "audio" for stream in streams),
        width=width,
        height=height,
        rotation=rotation,
        is_hdr=video.get("color_transfer") in HDR_TRANSFERS,
        video_codec=video.get("codec_name", ""),
    )


@contextmanager
def sandboxed(
    command: list[str],
    *,
    source: Path | None,
    folder: Path | None = None,
    cpu_seconds: int,
    wall_seconds: int,
    max_file: int,
) -> Iterator[IO[str]]:
    """Run `command` in the sandbox and yield the lines that it prints. On leaving the block it has ended well.

    Raises MediaError otherwise. An exception in the block (a clip that was erased meanwhile) ends ffmpeg too.
    """
    if shutil.which("bwrap") is None:
        raise MediaError(Reason.NO_SANDBOX, "bubblewrap (bwrap) is not installed: films are not opened without it")
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [
                "prlimit", f"--cpu={cpu_seconds}:{cpu_seconds + 5}", f"--as={MAX_MEMORY}", f"--fsize={max_file}",
                "--core=0", "--", *_sandbox(source, folder), "--", *command,
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, text=True, errors="replace",
        )  # fmt: skip
        assert process.stdout is not None
        late = threading.Event()

        def stop_late() -> None:
            late.set()
            process.kill()

        alarm = threading.Timer(wall_seconds, stop_late)
        alarm.start()
        try:
            with process.stdout:
                yield process.stdout
            code = process.wait()
        finally:
            alarm.cancel()
            process.kill()
            process.wait()
        if code != 0:
            complaints.seek(0)
            raise _explain(code, complaints.read(4000).decode(errors="replace"), is_late=late.is_set())


def _sandbox(source: Path | None, folder: Path | None) -> list[str]:
    arguments = [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        "--setenv", "PATH", "/usr/bin:/bin", "--ro-bind", "/usr", "/usr",
        "--ro-bind-try", "/bin", "/bin", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64",
        # Debian's BLAS, which ffmpeg links, is found through the alternatives.
        "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--dev", "/dev", "--tmpfs", "/tmp",  # noqa: S108
    ]  # fmt: skip
    if source is not None:
        arguments += ["--ro-bind", str(source.resolve()), IN_SANDBOX]
    if folder is not None:
        arguments += ["--bind", str(folder.resolve()), OUT_SANDBOX]
    return arguments


def _explain(code: int, complaint: str, *, is_late: bool) -> MediaError:
    sigxcpu, sigxfsz = 128 + 24, 128 + 25
    detail = complaint.strip()[-500:] or f"exit code {code}"
    if is_late or code in {-24, sigxcpu} or "received signal 24" in complaint:
        return MediaError(Reason.TIMEOUT, detail)
    if complaint.startswith(("bwrap:", "prlimit:")):
        return MediaError(Reason.NO_SANDBOX, detail)
    if code in {-25, sigxfsz} or "No space left on device" in complaint or "File too large" in complaint:
        return MediaError(Reason.OUT_OF_SPACE, detail)
    return MediaError(Reason.DAMAGED, detail)
