"""What a file says of itself, and what ffmpeg may read at all."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .faults import MediaError, Reason
from .sandbox import IN_SANDBOX, MIB, sandboxed

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
CODECS = (
    "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,mpeg4,h263,mjpeg,"
    "aac,mp3,mp3float,opus,libopus,vorbis,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_f32le"
)
HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}
MAX_STREAMS = 32


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
        "ffprobe", "-v", "error", *reading_rules(), "-show_format", "-show_streams", "-of", "json",
        f"file:{IN_SANDBOX}",
    ]  # fmt: skip
    with sandboxed(command, source=path, cpu_seconds=30, wall_seconds=60, max_file=MIB) as lines:
        answer = "".join(lines)
    return _read_probe(json.loads(answer))


def reading_rules() -> list[str]:
    return [
        "-protocol_whitelist", "file", "-format_whitelist", CONTAINERS, "-codec_whitelist", CODECS,
        "-max_streams", str(MAX_STREAMS),
    ]  # fmt: skip


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
