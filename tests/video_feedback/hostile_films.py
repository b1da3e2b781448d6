"""Files that pass for films, or are films with a trap in them: by kind of attack, each with the bytes that try it."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.video_feedback.films import ffmpeg

Hostile = Iterator[tuple[str, bytes]]

HEADS = {
    "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "mov": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ",
    "mkv": b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska\x42\x87\x81\x04\x42\x85\x81\x02",
    "ts": (b"\x47\x40\x00\x10" + b"\xff" * 184) * 3,
    "MTS": (b"\x00\x00\x00\x00\x47\x40\x00\x10" + b"\xff" * 184) * 3,
    "avi": b"RIFF\xff\xff\x00\x00AVI LIST\x10\x00\x00\x00hdrl",
    "mpg": b"\x00\x00\x01\xba\x44\x00\x04\x00\x04\x01\x89\xc3\xf8",
}


@cache
def film(name: str, *options: str) -> bytes:
    """A small film of our own, as the container that `name` ends in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        ffmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=1", "-pix_fmt", "yuv420p",
            *(options or ("-c:v", "mpeg4")), path,
        )  # fmt: skip
        return path.read_bytes()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def element(number: bytes, body: bytes) -> bytes:
    """Of Matroska, with a length of eight bytes."""
    return number + struct.pack(">Q", len(body) | 1 << 56) + body


def playlists(canary: Path) -> Hostile:
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\nfile://{canary}\n#EXT-X-ENDLIST\n".encode()
    concat = f"ffconcat version 1.0\nfile '{canary}'\n".encode()
    dash = f'<?xml version="1.0"?><MPD><Period><BaseURL>file://{canary}</BaseURL></Period></MPD>'.encode()
    for text, name in ((hls, "hls"), (concat, "concat"), (dash, "dash")):
        yield f"{name} alone", text
        for container, head in HEADS.items():
            yield f"{name} behind the head of {container}", head + text
    yield "a sound list", f"[playlist]\nFile1={canary}\n".encode()
    yield "a session", f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\na=control:file://{canary}\r\n".encode()


def outside_references(canary: Path) -> Hostile:
    """The index of a film whose pictures are said to be in another file."""
    whole = film("film.mov", "-c:v", "mpeg4", "-movflags", "+faststart")
    index = whole[: whole.index(b"mdat") - 4]
    path = str(canary).encode()
    alias = struct.pack(">HH", 0, 2) + b"\x00" * 142 + struct.pack(">HH", 2, len(path)) + path + b"\xff\xff\x00\x00"
    references = {
        "url": box(b"url ", b"\x00\x00\x00\x00file://" + path + b"\x00"),
        "urn": box(b"urn ", b"\x00\x00\x00\x00film\x00file://" + path + b"\x00"),
        "alis": box(b"alis", b"\x00\x00\x00\x00" + alias),
        "alis by name": box(b"alis", b"\x00\x00\x00\x00" + path),
        "rsrc": box(b"rsrc", b"\x00\x00\x00\x00" + path),
        "net": box(b"url ", b"\x00\x00\x00\x00http://127.0.0.1/film.mov\x00"),
    }
    for name, reference in references.items():
        yield f"dref {name}", _with_reference(index, box(b"dref", struct.pack(">II", 0, 1) + reference))
    for kind in (b"url ", b"alis"):
        told = box(b"rdrf", b"\x00\x00\x00\x00" + kind + struct.pack(">I", len(path)) + path)
        yield f"rmra {kind!r}", HEADS["mov"] + box(b"moov", box(b"rmra", box(b"rmda", told)))


def _with_reference(index: bytes, dref: bytes) -> bytes:
    place = index.index(b"dref") - 4
    old = struct.unpack(">I", index[place : place + 4])[0]
    changed = bytearray(index[:place] + dref + index[place + old :])
    for parent in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        at = index.index(parent) - 4
        size = struct.unpack(">I", index[at : at + 4])[0]
        changed[at : at + 4] = struct.pack(">I", size + len(dref) - old)
    return bytes(changed)


def tags_and_tracks(canary: Path) -> Hostile:
    mib = 1024 * 1024
    tag = element(b"\x67\xc8", element(b"\x45\xa3", b"NAME") + element(b"\x44\x87", b"x" * mib))
    head = film("film.mkv")
    segment = head.index(b"\x18\x53\x80\x67")
    shell = head[:segment] + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    tags = b"\x63\xc0\x80"
    yield "eighty MB in tags", shell + element(b"\x12\x54\xc3\x67", element(b"\x73\x73", tags + tag * 80))
    large = element(b"\x67\xc8", element(b"\x45\xa3", b"NAME") + element(b"\x44\x87", b"x" * 80 * mib))
    yield "one tag of eighty MB", shell + element(b"\x12\x54\xc3\x67", element(b"\x73\x73", tags + large))
    yield "a name of eighty MB", shell + element(b"\x15\x49\xa9\x66", element(b"\x7b\xa9", b"x" * 80 * mib))
    attached = element(
        b"\x61\xa7", element(b"\x46\x6e", b"a") + element(b"\x46\x60", b"image/jpeg") + element(b"\x46\x5c", b"x" * mib)
    )
    yield "eighty attachments", shell + element(b"\x19\x41\xa4\x69", attached * 80)
    for container in ("mkv", "mp4", "avi", "ts", "mov"):
        maps = ("-map", "0:v") * 40
        yield f"forty tracks in {container}", film(f"film.{container}", *maps, "-c:v", "mpeg4")


def lies(canary: Path) -> Hostile:
    mp4 = film("film.mp4", "-c:v", "libx264")
    hour = {b"mvhd": (20, 3_600_000), b"tkhd": (24, 3_600_000), b"mdhd": (20, 36_864_000)}
    yield "an hour, says the index", _patched(mp4, hour)
    yield "twenty minutes, says the index", _patched(mp4, {b"mvhd": (20, 1_200_000)})
    yield "a million hours", _with_duration(film("film.mkv"), struct.pack(">d", 3.6e12))
    yield "pictures of two GB", _sizes(mp4, 0x7FFFFFF0)
    yield "pictures of no size", _sizes(mp4, 0)
    yield "an index past the end", mp4.replace(mp4[mp4.index(b"stsz") - 4 : mp4.index(b"stsz")], b"\x7f\xff\xff\xff", 1)
    mpeg = bytearray(film("film.mpg", "-c:v", "mpeg2video"))
    place = mpeg.index(b"\x00\x00\x01\xb3")
    while place >= 0:
        mpeg[place + 4 : place + 7] = b"\xff\xff\xff"
        place = mpeg.find(b"\x00\x00\x01\xb3", place + 4)
    yield "4095 by 4095 that are 160 by 120", bytes(mpeg)


def _patched(data: bytes, numbers: dict[bytes, tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for name, (offset, number) in numbers.items():
        at = data.index(name) + offset
        changed[at : at + 4] = struct.pack(">I", number)
    return bytes(changed)


def _with_duration(data: bytes, number: bytes) -> bytes:
    at = data.index(b"\x44\x89\x88") + 3
    return data[:at] + number + data[at + 8 :]


def _sizes(data: bytes, size: int) -> bytes:
    at = data.index(b"stsz") + 8
    count: int = struct.unpack(">I", data[at + 4 : at + 8])[0]
    if size:
        return data[: at + 8] + struct.pack(">I", size) * count + data[at + 8 + 4 * count :]
    return data[: at + 8] + b"\x00" * 4 * count + data[at + 8 + 4 * count :]


def other_decoders(canary: Path) -> Hostile:
    for codec in ("ffv1", "huffyuv", "utvideo", "png", "libtheora", "flv1", "rawvideo", "qtrle", "zmbv", "jpeg2000"):
        form = {"qtrle": "rgb24", "zmbv": "bgr0", "png": "rgb24"}.get(codec, "yuv420p")
        name = "film.mov" if codec == "qtrle" else "film.mkv"
        yield codec, film(name, "-c:v", codec, "-pix_fmt", form, "-strict", "-2")


def cut_heads(canary: Path) -> Hostile:
    for container, options in {
        "mp4": ("-c:v", "mpeg4", "-movflags", "+faststart"), "mov": (), "mkv": (), "ts": (), "avi": (),
        "mpg": ("-c:v", "mpeg2video"),
    }.items():  # fmt: skip
        whole = film(f"film.{container}", *options)
        for length in (12, 40, 100):
            yield f"{length} bytes of {container}", whole[:length]


def polyglots(canary: Path) -> Hostile:
    hls = f"#EXTM3U\n#EXTINF:2.0,\nfile://{canary}\n".encode()
    mp4, mkv = film("film.mp4"), film("film.mkv")
    yield "a playlist with a film behind it", hls + mp4
    yield "a photo with a film behind it", b"\xff\xd8\xff\xe0" + b"\x00" * 500 + b"\xff\xd9" + mp4
    yield "a sound with a film behind it", b"ID3\x03\x00\x00\x00\x00\x00\x00" + mkv
    yield "a page with a film behind it", b"<html><video src='" + str(canary).encode() + b"'></html>" + mp4
    yield "a list for its brand", b"\x00\x00\x00\x20ftyp#EXTM3U\n" + hls
    yield "a document with a film behind it", b"%PDF-1.7\n" + mp4
    yield "an archive with a film behind it", b"PK\x03\x04" + b"\x00" * 26 + mkv
    yield "avi of which the rest is a list", b"RIFF" + hls[:4] + b"AVI " + hls
    yield "packets that are a list", b"".join(b"G" + hls.ljust(187, b"\n")[:187] for _turn in range(4))


def nested(canary: Path) -> Hostile:
    mp4, mkv, avi = film("film.mp4"), film("film.mkv"), film("film.avi")
    hls = f"#EXTM3U\n#EXTINF:2.0,\nfile://{canary}\n".encode()
    segment = mkv.index(b"\x18\x53\x80\x67")
    for name, inner in (("mp4", mp4), ("mkv", mkv), ("avi", avi), ("a list", hls)):
        yield f"{name} in mp4", HEADS["mp4"] + box(b"mdat", inner)
        attached = element(b"\x61\xa7", element(b"\x46\x6e", b"film") + element(b"\x46\x5c", inner))
        if inner is not mkv:  # Of that ffmpeg takes the wrapping off: it is the sender's own film, which was broken.
            wrapped = element(b"\x18\x53\x80\x67", element(b"\x19\x41\xa4\x69", attached))
            yield f"{name} in mkv", mkv[:segment] + wrapped
        yield f"{name} in avi", HEADS["avi"] + b"LIST" + struct.pack("<I", 12 + len(inner)) + b"movi00dc" + inner
        packed = b"".join(b"\x47\x01\x00\x10" + inner[at : at + 184].ljust(184, b"\xff") for at in range(0, 1840, 184))
        yield f"{name} in ts", HEADS["ts"] + packed


ATTACKS = [playlists, outside_references, tags_and_tracks, lies, other_decoders, cut_heads, polyglots, nested]
