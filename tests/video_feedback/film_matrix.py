"""What phones and a school's cameras make: one row a film, by container, codecs, size, turn, colours, damage, tracks.

The picture is a pattern that moves, with a paper-white corner; the sound one tone. So the film that comes out can be
laid beside what went in.
"""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.video_feedback.films import ffmpeg

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", "-tag:v", "hvc1")
QUIET = ("-x265-params", "log-level=error")
PRORES = ("-c:v", "prores_ks", "-profile:v", "1")
AAC = ("-c:a", "aac", "-b:a", "96k")
FIELDS = "tinterlace=interleave_top,fieldorder=tff"
TO_HDR = (
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,"
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020"
)
UNSTEADY = "select='not(mod(n*n,7))+lt(n,20)'"

Damage = Callable[[Path, Path], None]


@dataclass(frozen=True)
class Film:
    """How it is made, and what must come of it."""

    name: str
    encode: tuple[str, ...] = (*X264, *AAC)
    size: str = "320x180"
    rate: str = "30"
    seconds: float = 2
    before: str = "null"
    """What the camera does with the pattern before it encodes it."""
    turn: str = "null"
    """The same, as one sees it who holds the film upright."""
    second: tuple[str, ...] = ()
    """A second pass that copies: tracks, tags, a late begin."""
    damage: Damage | None = None
    lasts: float | None = None
    sound: bool = True
    lost_sound: bool = False
    there: tuple[int, int] = (100, 100)

    @property
    def pattern(self) -> str:
        return pattern(self.size, self.rate, self.seconds)

    @property
    def expected_seconds(self) -> float:
        return self.seconds if self.lasts is None else self.lasts


def pattern(size: str, rate: str, seconds: float) -> str:
    return f"testsrc2=s={size}:r={rate}:d={seconds},gblur=sigma=2,drawbox=w=iw/4:h=ih/4:color=white:t=fill"


def tone(seconds: float) -> str:
    return f"sine=frequency=440:duration={seconds},volume=4"


def make(film: Film, folder: Path) -> Path:
    path = folder / film.name
    first = folder / f"first-{film.name}" if film.second or film.damage else path
    ffmpeg(
        "-f", "lavfi", "-i", f"{film.pattern},{film.before}", "-f", "lavfi", "-i", tone(film.seconds),
        *film.encode, first,
    )  # fmt: skip
    if film.second:
        after = folder / f"second-{film.name}" if film.damage else path
        (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:01,500\nNet begonnen\n")
        arguments = [part.format(first=first, folder=folder) for part in film.second]
        ffmpeg(*arguments, after)
        first = after
    if film.damage:
        film.damage(first, path)
    return path


def scrambled(number: int) -> Damage:
    """One picture of the film is noise."""

    def damage(source: Path, target: Path) -> None:
        command = [
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=pos,size",
            "-of",
            "json",
        ]
        answer = subprocess.run([*command, str(source)], capture_output=True, check=True, timeout=60).stdout
        packet = json.loads(answer)["packets"][number]
        begin, size = int(packet["pos"]) + 6, int(packet["size"]) - 6
        data = bytearray(source.read_bytes())
        data[begin : begin + size] = bytes(place * 37 % 251 for place in range(size))
        target.write_bytes(data)

    return damage


def scrambled_sound(source: Path, target: Path) -> None:
    ffmpeg("-i", source, "-c", "copy", "-bsf:a", "noise=amount=1", target)


def cut_off(part: float) -> Damage:
    def damage(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[: int(source.stat().st_size * part)])

    return damage


def hdr(transfer: str, *, tagged: bool) -> tuple[str, tuple[str, ...]]:
    """The pattern with paper at 203 nits, and what encodes it: with all of its colours tagged, or the transfer only."""
    before = f"{TO_HDR},zscale=t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    tags = f":transfer={transfer}" + (":colorprim=bt2020:colormatrix=bt2020nc" if tagged else "")
    colours = "" if tagged else ",setparams=color_primaries=unknown:colorspace=unknown"
    encode = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "12", "-x265-params", f"log-level=error{tags}")
    return before + colours, (*encode, "-tag:v", "hvc1", *AAC)


def _hdr_film(name: str, transfer: str, *, tagged: bool) -> Film:
    before, encode = hdr(transfer, tagged=tagged)
    return Film(name, encode=encode, before=before)


SUBTITLED = ("-i", "{first}", "-i", "{folder}/words.srt", "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text")
LATE = ("-itsoffset", "0.7", "-i", "{first}", "-i", "{first}", "-map", "0:v", "-map", "1:a", "-c", "copy", "-t", "2")


def _longer(codec: str) -> tuple[str, ...]:
    return (
        "-i", "{first}", "-f", "lavfi", "-i", tone(4), "-map", "0", "-map", "1", "-c", "copy", "-c:a:1", codec,
    )  # fmt: skip


def _turned(degrees: int, *more: str) -> tuple[str, ...]:
    return ("-i", "{first}", "-c", "copy", "-metadata:s:v:0", f"rotate={degrees}", *more)


FILMS = [
    _hdr_film("hlg-transfer-only.mov", "arib-std-b67", tagged=False),
    _hdr_film("pq-transfer-only.mkv", "smpte2084", tagged=False),
    _hdr_film("hlg-tagged.mov", "arib-std-b67", tagged=True),
    _hdr_film("pq-tagged.mp4", "smpte2084", tagged=True),
    # A phone begins anew every second: until then noise stays in the picture.
    Film("scrambled-h264.mp4", encode=(*X264, *AAC, "-g", "30"), seconds=6, damage=scrambled(90), there=(97, 99)),
    Film("scrambled-hevc.mkv", encode=(*X265, *QUIET, *AAC, "-g", "30"), seconds=6, damage=scrambled(100),
         there=(97, 99)),
    Film("end-missing.mp4", encode=(*X264, *AAC, "-movflags", "+faststart"), seconds=6, damage=cut_off(0.98),
         lasts=5.9, there=(96, 99)),
    Film("end-missing.mkv", seconds=6, damage=cut_off(0.95), lasts=5.7, there=(93, 97)),
    Film("end-missing.ts", seconds=6, damage=cut_off(0.98), lasts=5.9, there=(96, 100)),
    Film("subtitles.mp4", second=SUBTITLED),
    Film("subtitles.mov", encode=(*X265, *QUIET, *AAC), second=SUBTITLED),
    Film("longer-second-sound.mp4", second=_longer("aac")),
    Film("longer-second-sound.mkv", second=_longer("ac3")),
    Film("second-sound-of-no-use.mkv", second=_longer("wmav2")),
    Film("ac3.mp4", encode=(*X264, "-c:a", "ac3")),
    Film("ac3.ts", encode=(*X264, "-c:a", "ac3")),
    Film("mp2.mkv", encode=(*X264, "-c:a", "mp2")),
    Film("mp2.mp4", encode=(*X264, "-c:a", "mp2")),
    Film("prores.mov", encode=(*PRORES, "-c:a", "pcm_s16le")),
    Film("prores-turned.mov", encode=(*PRORES, "-c:a", "pcm_s24le"), second=_turned(90), turn="transpose=cclock"),
    Film("4000x3000.mp4", size="4000x3000", rate="6", seconds=2),
    Film("4000x3000-turned.mov", size="4000x3000", rate="6", seconds=2, second=_turned(90), turn="transpose=cclock"),
    Film("5312x2988.mp4", size="5312x2988", rate="6", seconds=2),
    Film("5312x2988-hevc.mp4", encode=(*X265, *QUIET, *AAC), size="5312x2988", rate="5", seconds=1),
    Film("late-picture.mp4", second=LATE, turn="tpad=start_duration=0.7:start_mode=clone"),
    Film("late-picture.mkv", second=LATE, turn="tpad=start_duration=0.7:start_mode=clone"),
    Film("camera.MTS", encode=(*X264, "-x264-params", "tff=1", "-flags", "+ildct+ilme", "-c:a", "ac3", "-f", "mpegts",
         "-mpegts_m2ts_mode", "1"), size="720x576", rate="50", before=FIELDS),
    Film("camera.m2ts", encode=(*X264, "-c:a", "ac3"), size="640x360"),
    Film("camera.mpg", encode=("-c:v", "mpeg2video", "-q:v", "2", "-flags", "+ildct+ilme", "-top", "1", "-c:a", "mp2",
         "-f", "dvd"), size="720x576", rate="50", before=FIELDS),
    Film("camera-mpeg1.mpg", encode=("-c:v", "mpeg1video", "-q:v", "2", "-c:a", "mp2"), rate="25"),
    Film("camera-mjpeg.avi", encode=("-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p", "-c:a", "pcm_u8")),
    Film("camera-mpeg4.avi", encode=("-c:v", "mpeg4", "-q:v", "2", "-c:a", "mp3"), rate="25"),
    Film("camera-dv.avi", encode=("-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-aspect", "4:3", "-c:a", "pcm_s16le",
         "-ar", "48000", "-ac", "2"), size="720x576", rate="25"),
    Film("varying-rate.mp4", before=UNSTEADY, turn=UNSTEADY, encode=("-vsync", "vfr", *X264, *AAC)),
    Film("varying-rate.mkv", before=UNSTEADY, turn=UNSTEADY, encode=("-vsync", "vfr", *X264, "-an"), sound=False,
         lasts=1.9),
    Film("sound-of-no-use.mkv", encode=(*X264, "-c:a", "wmav2"), sound=False, lost_sound=True),
    Film("sound-of-noise.mp4", damage=scrambled_sound, sound=False, lost_sound=True),
    Film("turned-180.mp4", second=_turned(180), turn="hflip,vflip"),
    Film("turned-270.mov", encode=(*X265, *QUIET, *AAC), second=_turned(270), turn="transpose=clock"),
    Film("full-range.mp4", encode=("-vf", "scale=out_range=pc,format=yuvj420p", *X264[:-2], "-pix_fmt", "yuvj420p",
         *AAC)),
    Film("android.webm", encode=("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M",
         "-c:a", "libopus")),
    Film("old-phone.3gp", encode=("-c:v", "h263", "-q:v", "2", "-c:a", "aac"), size="352x288"),
    Film("fast.mov", rate="120", encode=(*X265, *QUIET, *AAC)),
    Film("pal-fast.mp4", rate="50"),
]  # fmt: skip
