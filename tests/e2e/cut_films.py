"""Recordings as phones and cameras make them, of which every frame says which one it is: its grey is its number."""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

STEP = 8
"""Of grey between one frame and the next: more than a lossy encoder gets wrong."""
GREYS = 25
WIDTH, HEIGHT = 160, 120
WORDS = "IN DE KLAS VAN NOOR"
NUMBERED = f"geq=lum='20+mod(N,{GREYS})*{STEP}':cb=128:cr=128"
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:duration={seconds}")
IGNORE = {".mp4": ("-ignore_editlist", "1"), ".mov": ("-ignore_editlist", "1"), ".webm": (), ".mkv": ()}
"""So that what an edit list would hide is counted and shown."""
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "15", "-b:v", "2M")


@dataclass(frozen=True)
class Kind:
    """One kind of recording: how it is filtered, encoded and named."""

    name: str
    rate: int = 25
    seconds: int = 3
    size: tuple[int, int] = (WIDTH, HEIGHT)
    after: str = ""
    encode: tuple[str, ...] = H264
    has_sound: bool = True
    sound: tuple[str, ...] = ("-c:a", "aac")
    rest: tuple[str, ...] = field(default=())
    turned: bool = False


KINDS = [
    Kind("long-gop.mp4", encode=(*H264, "-g", "250")),
    Kind("portrait.mov", turned=True),
    Kind("variable.mp4", after="setpts='(N+0.4*mod(N,3))/25/TB'", rest=("-fps_mode", "vfr")),
    Kind("4k.mp4", rate=10, seconds=2, size=(3840, 2160), encode=(*H264, "-g", "25")),
    Kind("silent.mp4", has_sound=False),
    Kind("vp9.webm", encode=VP9, sound=("-c:a", "libopus")),
    Kind("matroska.mkv", sound=("-c:a", "libmp3lame")),
    Kind("sixty.mp4", rate=60),
    Kind("late.mkv", rest=("-output_ts_offset", "4.2")),
    Kind("loose-sound.mov", sound=("-c:a", "pcm_s16le")),
    Kind("ten-bit.mp4", encode=(*H264[:-1], "yuv420p10le")),
]
IN_FIREFOX = {"long-gop.mp4", "portrait.mov", "late.mkv"}
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
UNREADABLE = [Kind("hevc.mp4", encode=HEVC), Kind("ten-bit-hevc.mov", encode=(*HEVC, "-pix_fmt", "yuv420p10le"))]


def make(kind: Kind, folder: Path) -> Path:
    """Writes it, with words in it as a phone writes the place and the hour."""
    path = folder / kind.name
    seconds = str(kind.seconds)
    width, height = kind.size
    # The numbers are painted small: a large picture is only scaled.
    picture = f"color=gray:s={WIDTH}x{HEIGHT}:r={kind.rate}:d={seconds},{NUMBERED}"
    picture += f",scale={width}:{height},setsar=1" * (kind.size != (WIDTH, HEIGHT)) + f",{kind.after}" * bool(
        kind.after
    )
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture]
    if kind.has_sound:
        command += [part.format(seconds=seconds) for part in SOUND] + list(kind.sound)
    command += [*kind.encode, "-metadata", f"comment={WORDS}", *kind.rest]
    if kind.turned:
        straight = folder / f"straight-{kind.name}"
        subprocess.run([*command, str(straight)], check=True, timeout=60)
        turn = ["-c", "copy", "-map_metadata", "0", "-metadata:s:v:0", "rotate=90"]
        command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", str(straight), *turn]
    subprocess.run([*command, str(path)], check=True, timeout=60)
    return path


def with_hole(film: Path, size: int) -> Path:
    """The same film of about so many bytes, of which the disk has few: its index lies behind a hole."""
    content = film.read_bytes()
    index = content.rindex(b"moov") - 4
    large = film.with_name(f"lang-{film.name}")
    with large.open("wb") as file:
        file.write(content[:index] + (1).to_bytes(4) + b"free" + size.to_bytes(8))
        file.seek(index + size)
        file.write(content[index:])
    return large


def moments(path: Path) -> list[float]:
    """When each frame is shown, from the first one on, in the order in which they are shown."""
    entries = ["-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "json"]
    told = subprocess.run(["ffprobe", "-v", "error", *entries, str(path)], check=True, capture_output=True, timeout=60)
    found = sorted(float(packet["pts_time"]) for packet in json.loads(told.stdout)["packets"])
    return [moment - found[0] for moment in found]


def facts(path: Path) -> dict[str, dict[str, object]]:
    """Of each kind of track what is in the file, also what an edit list would hide."""
    entries = ["-show_entries", "stream=codec_type,codec_name,width,height,nb_read_packets:stream_tags=rotate"]
    command = ["ffprobe", "-v", "error", *IGNORE[path.suffix], "-count_packets", *entries, "-of", "json", str(path)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    return {stream["codec_type"]: stream for stream in told["streams"]}


def decoded(path: Path, *, crop: str = "") -> list[bytes]:
    """Every frame in the file as grey pixels, or a part of each: `w:h:x:y`."""
    size = facts(path)["video"]
    width, height = int(str(size["width"])), int(str(size["height"]))
    if crop:
        width, height = (int(part) for part in crop.split(":")[:2])
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-nostdin",
        *IGNORE[path.suffix],
        "-i",
        str(path),
        "-fps_mode",
        "passthrough",
    ]
    command += [*(["-vf", f"crop={crop}"] if crop else []), "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    raw = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return [raw[at : at + width * height] for at in range(0, len(raw), width * height)]


def numbers(path: Path) -> list[int]:
    """Which frames of a numbered recording these are, as far as their greys go round."""
    # Decoded, black is 0 and white 255; in the film they are 16 and 235.
    lumas = [16 + sum(frame) / len(frame) * 219 / 255 for frame in decoded(path)]
    return [round((luma - 20) / STEP) for luma in lumas]


def loudest(path: Path, start: float, end: float) -> float:
    """The highest sample between two moments of the sound, 0 to 1."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(path), "-map", "0:a", "-ac", "1", "-ar", "8000"]
    raw = subprocess.run([*command, "-f", "s16le", "-"], check=True, capture_output=True, timeout=60).stdout
    samples = memoryview(raw).cast("h")[int(start * 8000) : int(end * 8000)]
    return max(abs(sample) for sample in samples) / 32768


def for_firefox(folder: Path) -> str:
    """What `firefox/cutting.test.mjs` cuts, and what it must find: as JSON."""
    start, end = 1.0, 1.8
    films = []
    for kind in KINDS:
        if kind.name not in IN_FIREFOX:
            continue
        path = make(kind, folder)
        width, height = kind.size[::-1] if kind.turned else kind.size
        facts = {"name": kind.name, "path": str(path), "width": width, "height": height, "step": STEP}
        films.append(facts | {"chosen": [at % GREYS for at in frames_of(path, start, end)]})
    return json.dumps({"films": films, "start": start, "end": end})


def frames_of(path: Path, start: float, end: float) -> list[int]:
    """Which frames are on the screen in a stretch: the first may have begun a little before it."""
    shown = moments(path)
    first = [at for at, moment in enumerate(shown) if moment <= start + 1e-4][-1]
    return [at for at, moment in enumerate(shown) if at >= first and moment < end - 1e-4]
