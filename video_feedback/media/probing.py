"""What a file says of itself, and what ffmpeg may read at all."""

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from .codecs import AUDIO_DECODERS, VIDEO_DECODERS, WHITELIST, name_of
from .faults import MediaError, Reason
from .kinds import HEAD, PROTECTED_TRACKS, RAW_TRACKS, WHITELISTED_AS, Container, container_of, refusal_of
from .sandbox import IN_SANDBOX, MIB, sandboxed

INTERLACED = {"tt", "bb", "tb", "bt"}
HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}
MAX_STREAMS = 32
MAX_ANSWER = MIB
PROBE_MEMORY = 72 * MIB
"""Enough for the index of hours. A large picture need not be read to know its size; tags are not worth more."""

_ENTRIES = (
    "format=start_time,duration:"
    "stream=index,codec_type,codec_name,codec_tag_string,width,height,sample_aspect_ratio,field_order,"
    "color_range,color_space,color_transfer,color_primaries,r_frame_rate,avg_frame_rate,sample_rate,channels,"
    "start_time,duration:stream_disposition=attached_pic,timed_thumbnails:stream_side_data=rotation:stream_tags=DURATION"
)
_NOT_WHITELISTED = re.compile(r"Codec \(([a-z0-9_]+)\) not on whitelist")
_NOT_OPENED = re.compile(r"Could not open codec for input stream ([0-9]+)")


@dataclass(frozen=True)
class ShownTrack:
    """The track that is seen. Width and height are as a viewer sees them: upright, with square pixels."""

    index: int
    decoder: str
    width: int
    height: int
    rotation: int
    start_ms: int
    end_ms: int | None
    is_end_known: bool
    rate: Fraction
    is_steady: bool
    is_interlaced: bool
    transfer: str
    primaries: str
    matrix: str
    range: str

    @property
    def is_hdr(self) -> bool:
        return self.transfer in HDR_TRANSFERS


@dataclass(frozen=True)
class HeardTrack:
    """The track that is heard."""

    index: int
    decoder: str
    end_ms: int | None


@dataclass(frozen=True)
class Probe:
    """What a file says of itself: of the tracks that are used, and how long it lasts. Times in ms from its begin.

    `duration_ms` is the longest that it says; None when it says nothing.
    """

    container: Container
    picture: ShownTrack
    sound: HeardTrack | None
    has_unreadable_sound: bool
    duration_ms: int | None


def probe(path: Path) -> Probe:
    """Ask ffprobe what is in the file. Raises MediaError when it is no film or cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise MediaError(Reason.EMPTY)
    if reason := refusal_of(head):
        raise MediaError(reason)
    container = container_of(head)
    if container is None:
        raise MediaError(Reason.NOT_A_FILM)
    return _read_probe(container, _ask(path, container))


def reading_rules(container: Container) -> list[str]:
    return [
        "-protocol_whitelist", "file", "-format_whitelist", WHITELISTED_AS.get(container, str(container)),
        "-codec_whitelist", WHITELIST, "-max_streams", str(MAX_STREAMS), "-f", str(container),
    ]  # fmt: skip


def _ask(path: Path, container: Container) -> dict[str, Any]:
    """The answer of ffprobe.

    It opens a decoder for every track, and gives up where that may not be: also for subtitles and second sounds, which
    nobody uses. Such a track, by its number, is then let through; no packet of it is decoded.
    """
    let_through: list[str] = []
    for _attempt in range(MAX_STREAMS + 1):
        stopped = _StoppedAt()
        command = [
            "ffprobe", "-v", "level+warning", *reading_rules(container), *let_through, "-show_entries", _ENTRIES,
            "-of", "json", f"file:{IN_SANDBOX}",
        ]  # fmt: skip
        try:
            with sandboxed(
                command,
                source=path,
                cpu_seconds=30,
                wall_seconds=60,
                max_file=MIB,
                memory=PROBE_MEMORY,
                does_with_less=True,
                heed=stopped.heed,
            ) as lines:
                answer = lines.read(MAX_ANSWER + 1)
            if len(answer) > MAX_ANSWER:
                raise MediaError(Reason.DAMAGED, "the answer of ffprobe is endless")
            return dict(json.loads(answer))
        except ValueError as problem:
            raise MediaError(Reason.DAMAGED, f"the answer of ffprobe is no JSON: {problem}") from None
        except MediaError:
            if not stopped.track or not stopped.decoder:
                raise
            let_through += [f"-codec_whitelist:{stopped.track}", f"{WHITELIST},{stopped.decoder}"]
    raise MediaError(Reason.DAMAGED, "too many tracks")


@dataclass
class _StoppedAt:
    """Which track ffprobe gave up for, and the decoder that it may not use: the last that it names."""

    track: str = ""
    decoder: str = ""

    def heed(self, line: str) -> None:
        if match := _NOT_WHITELISTED.search(line):
            self.decoder = match[1]
        elif match := _NOT_OPENED.search(line):
            self.track = match[1]


def _read_probe(container: Container, answer: dict[str, Any]) -> Probe:
    streams = answer.get("streams", [])
    whole = answer.get("format", {})
    pictures = [stream for stream in streams if stream.get("codec_type") == "video" and not _is_cover(stream)]
    sounds = [stream for stream in streams if stream.get("codec_type") == "audio"]
    _refuse_by_tracks(pictures)
    shown = pictures[0]
    heard = next((stream for stream in sounds if _is_readable(stream)), None)
    begin = _ms(whole.get("start_time")) or 0
    # A container that knows only how long the longest track is, says nothing of a film with tracks that are not used.
    used = [shown, heard] if heard else [shown]
    overall = _ms(whole.get("duration")) if len(used) == len(streams) else None
    picture = _read_picture(shown, begin, overall)
    sound = _read_sound(heard, begin) if heard else None
    ends = [end for end in (picture.end_ms, sound.end_ms if sound else None) if end is not None]
    return Probe(
        container=container,
        picture=picture,
        sound=sound,
        has_unreadable_sound=bool(sounds) and sound is None,
        duration_ms=max([*ends, *filter(None, [overall])], default=_ms(whole.get("duration"))),
    )


def _refuse_by_tracks(pictures: list[dict[str, Any]]) -> None:
    if not pictures:
        raise MediaError(Reason.NO_PICTURE)
    first = pictures[0]
    tag, codec = first.get("codec_tag_string", ""), first.get("codec_name", "")
    if tag.encode() in PROTECTED_TRACKS:
        raise MediaError(Reason.PROTECTED)
    if tag.encode() in RAW_TRACKS:
        raise MediaError(Reason.RAW, tag)
    if codec not in VIDEO_DECODERS:
        raise MediaError(Reason.UNKNOWN_CODEC, f"{codec} {tag}", what=name_of(codec, tag))


def _read_picture(stream: dict[str, Any], begin: int, overall: int | None) -> ShownTrack:
    rotation = next((int(data["rotation"]) % 360 for data in stream.get("side_data_list", []) if "rotation" in data), 0)
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    if width <= 0 or height <= 0:
        raise MediaError(Reason.DAMAGED, "the picture has no size")
    pixel = _fraction(stream.get("sample_aspect_ratio", "1:1").replace(":", "/"))
    if pixel:
        width = max(1, round(width * pixel))
    if rotation in {90, 270}:
        width, height = height, width
    average, lowest = _fraction(stream.get("avg_frame_rate")), _fraction(stream.get("r_frame_rate"))
    start, end = _times(stream, begin)
    # All times are a multiple of the second; where there are two fields a picture, it counts both.
    turns = {1, 2} if stream.get("field_order") in INTERLACED else {1}
    return ShownTrack(
        index=int(stream["index"]),
        decoder=VIDEO_DECODERS[stream["codec_name"]],
        width=width,
        height=height,
        rotation=rotation,
        start_ms=start,
        end_ms=overall if end is None else end,
        is_end_known=end is not None,
        rate=average or lowest,
        is_steady=bool(average) and any(abs(lowest / average - turn) < Fraction(1, 100) for turn in turns),
        is_interlaced=_may_be_interlaced(stream),
        transfer=stream.get("color_transfer", "unknown"),
        primaries=stream.get("color_primaries", "unknown"),
        matrix=stream.get("color_space", "unknown"),
        range=stream.get("color_range", "unknown"),
    )


def _read_sound(stream: dict[str, Any], begin: int) -> HeardTrack:
    _start, end = _times(stream, begin)
    return HeardTrack(index=int(stream["index"]), decoder=AUDIO_DECODERS[stream["codec_name"]], end_ms=end)


def _is_cover(stream: dict[str, Any]) -> bool:
    return any(stream.get("disposition", {}).values())


def _is_readable(stream: dict[str, Any]) -> bool:
    is_described = int(stream.get("sample_rate", 0)) > 0 and int(stream.get("channels", 0)) > 0
    return stream.get("codec_name") in AUDIO_DECODERS and is_described


def _may_be_interlaced(stream: dict[str, Any]) -> bool:
    """Of a picture that does not say, the frames do: those that say they are whole are left as they are."""
    order = stream.get("field_order", "unknown")
    speaks_by_frame = stream.get("codec_name") in {"h264", "mpeg2video", "mpeg4", "dvvideo", "prores"}
    return order in INTERLACED or (order == "unknown" and speaks_by_frame)


def _times(stream: dict[str, Any], begin: int) -> tuple[int, int | None]:
    """When a track begins and ends, in ms from the begin of the film; the end is None when the track does not say."""
    start = max(0, (_ms(stream.get("start_time")) or begin) - begin)
    lasts = _ms(stream.get("duration"))
    return start, _ms(stream.get("tags", {}).get("DURATION")) if lasts is None else start + lasts


def _ms(text: Any) -> int | None:
    """Seconds, or hours, minutes and seconds, as ffprobe writes them; None for what is no time."""
    try:
        seconds: float = sum(float(part) * 60**power for power, part in enumerate(reversed(str(text).split(":"))))
        return round(seconds * 1000)
    except (ValueError, OverflowError):
        return None


def _fraction(text: Any) -> Fraction:
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
