"""What ffmpeg made of a film, read from the index that it wrote: our own file, so that no other program is asked."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .faults import MediaError, Reason
from .sandbox import MIB

MAX_INDEX = 16 * MIB
"""Of the longest film it is about one."""


@dataclass(frozen=True)
class Made:
    duration_ms: int
    width: int
    height: int
    picture_ms: int
    """When the picture ends; the sound, None when there is none."""
    sound_ms: int | None


def look_at(video: Path) -> Made:
    """Raises MediaError when there is no film in it (ISO/IEC 14496-12: moov, and in it mvhd and a trak per track)."""
    try:
        index = _index_of(video)
        movie = dict(_boxes(index))[b"mvhd"]
        scale, duration = struct.unpack(">II", movie[12:20])
        ends: dict[bytes, tuple[int, int, int]] = {}
        for name, track in _boxes(index):
            if name == b"trak":
                parts = dict(_boxes(track))
                (lasts,) = struct.unpack(">I", parts[b"tkhd"][20:24])
                width, height = struct.unpack(">II", parts[b"tkhd"][76:84])
                kind = dict(_boxes(parts[b"mdia"]))[b"hdlr"][8:12]
                ends[kind] = (1000 * lasts // scale, width >> 16, height >> 16)
        picture_ms, width, height = ends[b"vide"]
    except (KeyError, struct.error, ZeroDivisionError, FileNotFoundError) as problem:
        raise MediaError(Reason.DAMAGED, f"the converted film is empty: {problem!r}") from None
    sound = ends.get(b"soun")
    return Made(1000 * duration // scale, width, height, picture_ms, sound[0] if sound and sound[0] else None)


def _index_of(video: Path) -> bytes:
    with video.open("rb") as file:
        while head := file.read(8):
            size, name = struct.unpack(">I4s", head)
            if name == b"moov":
                return file.read(min(size - 8, MAX_INDEX))
            if size < 8:
                break
            file.seek(size - 8, 1)
    raise KeyError("moov")


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(body):
        size, name = struct.unpack(">I4s", body[place : place + 8])
        if size < 8:
            break
        yield name, body[place + 8 : place + size]
        place += size
