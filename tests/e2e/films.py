"""Recordings as a phone makes them."""

import random
import struct
import subprocess
from pathlib import Path

from tests.video_feedback.films import make_film


def phone_film(path: Path, seconds: int = 6) -> Path:
    """Writes an upright recording stored on its side, in QuickTime, with sound, a place and an hour in its metadata."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", f"testsrc2=s=1280x720:r=30:d={seconds}"]
    command += ["-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}", "-shortest"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command += ["-metadata", "location=+52.9925+006.5649/", "-metadata", "creation_time=2026-11-20T10:15:00Z"]
    upright = path.with_name("upright.mov")
    subprocess.run([*command, str(upright)], check=True, timeout=120)
    turn = ["-c", "copy", "-map_metadata", "0", "-metadata:s:v:0", "rotate=90"]
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", str(upright), *turn, str(path)], check=True)
    return path


def grainy_film(path: Path, seconds: int = 40) -> Path:
    """Writes a recording that stays large when it is converted, so that no browser fetches all of it at once."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    command += ["-f", "lavfi", "-i", f"testsrc2=s=240x320:r=25:d={seconds},noise=alls=90:allf=t+u"]
    command += ["-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}", "-shortest"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([*command, str(path)], check=True, timeout=120)
    return path


def large_film(path: Path, size: int) -> Path:
    """A film of so many bytes: behind its pictures lies a box that players skip."""
    make_film(path, seconds=1)
    room = size - path.stat().st_size
    with path.open("ab") as film:
        film.write(struct.pack(">I4s", room, b"free") + random.Random(7).randbytes(room - 8))
    return path
