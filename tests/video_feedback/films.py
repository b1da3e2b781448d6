"""Films for the tests, made on the spot by ffmpeg: what phones make, and what passes for a film."""

import subprocess
from pathlib import Path

PLACE = "+52.9927+006.5642/"


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True, timeout=120)


def make_film(
    path: Path,
    *,
    seconds: float = 2,
    size: str = "640x360",
    sound: bool = True,
    codec: tuple[str, ...] = ("libx264", "-preset", "ultrafast"),
    options: tuple[str, ...] = (),
) -> Path:
    inputs: list[str] = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d={seconds}"]
    if sound:
        inputs += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
    ffmpeg(*inputs, "-c:v", *codec, "-pix_fmt", "yuv420p", *options, path)
    return path


def make_phone_film(path: Path, *, seconds: float = 2) -> Path:
    """A .mov as an iPhone makes it: 1080p lying on its side with a turn in the header, and the place in the tags."""
    lying = make_film(path.with_name("lying.mp4"), seconds=seconds, size="1920x1080")
    ffmpeg(
        "-i", lying, "-c", "copy", "-movflags", "use_metadata_tags", "-metadata:s:v:0", "rotate=90",
        "-metadata", f"com.apple.quicktime.location.ISO6709={PLACE}", "-metadata", f"location={PLACE}",
        "-metadata", "creation_time=2026-11-18T15:04:00Z", path,
    )  # fmt: skip
    lying.unlink()
    return path


def make_hdr_film(path: Path, *, seconds: float = 1) -> Path:
    ffmpeg(
        "-f", "lavfi", "-i", f"testsrc2=s=640x360:r=25:d={seconds}", "-c:v", "libx265", "-preset", "ultrafast",
        "-x265-params", "log-level=error:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc",
        "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67",
        "-colorspace", "bt2020nc", "-tag:v", "hvc1", path,
    )  # fmt: skip
    return path
