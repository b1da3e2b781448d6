"""What a file is, by its first bytes. Its name says nothing. `static/js/shared/film-kind.js` knows the same refusals.

Refused here is only what no conversion can make a film of, so that nobody waits for an upload to hear it.
"""

from enum import StrEnum

from .faults import Reason

HEAD = 64 * 1024
"""Bytes that decide. An index that comes first, and is longer, names its tracks in its beginning too."""


class Container(StrEnum):
    """What ffmpeg may open, by the name of its demuxer. No other is asked, whatever the bytes say further on."""

    MP4 = "mov"
    MATROSKA = "matroska"
    MPEGTS = "mpegts"
    AVI = "avi"
    MPEG = "mpeg"


WHITELISTED_AS = {Container.MP4: "mov,mp4,m4a,3gp,3g2,mj2", Container.MATROSKA: "matroska,webm"}
"""The names that a demuxer goes by in ffmpeg's whitelist, where they are more than its own."""

STILL_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"jxl "}
SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
RAW_BRANDS = {b"crx "}
PROTECTED_TRACKS = {b"encv", b"drmi"}
RAW_TRACKS = {b"aprn", b"aprh", b"braw", b"cdng"}

STARTS: list[tuple[Reason, tuple[bytes, ...]]] = [
    (
        Reason.PLAYLIST,
        (
            b"#EXTM3U", b"ffconcat", b"[playlist]", b"<MPD", b"<smil", b"<asx", b"<ASX", b"rtsp://", b"v=0\r\n",
        ),
    ),
    (Reason.STILL, (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"\x00\x00\x00\x0cJXL ", b"<svg")),
    # TIFF is the shape of camera raw (DNG, CR2, NEF, ARW); the others are picture or sound without a container.
    (
        Reason.RAW,
        (
            b"II*\x00", b"MM\x00*", b"FUJIFILMCCD-RAW", b"YUV4MPEG2", b"DKIF",
            b"\x00\x00\x00\x01\x67", b"\x00\x00\x01\x67", b"\x00\x00\x00\x01\x27", b"\x00\x00\x00\x01\x40\x01",
            b"\x00\x00\x01\xb3", b"SDPX", b"XPDS", b"\x1f\x07\x00",
        ),
    ),
    (
        Reason.NO_PICTURE,
        (
            b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"\xff\xf1", b"\xff\xf9", b"fLaC", b"#!AMR",
            b"caff", b"MThd", b"\x0b\x77",
        ),
    ),
]  # fmt: skip


def container_of(head: bytes) -> Container | None:
    """Return what the first bytes begin, None for what no accepted film begins with."""
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}:
        return Container.MP4
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return Container.MATROSKA
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return Container.AVI
    if head[:4] == b"\x00\x00\x01\xba":
        return Container.MPEG
    # A packet begins with G; those of a camera's .MTS have a clock of four bytes before it.
    for first, length in ((0, 188), (4, 192)):
        if len(head) > first + 2 * length and all(head[first + turn * length] == 0x47 for turn in range(3)):
            return Container.MPEGTS
    return None


def refusal_of(head: bytes) -> Reason | None:
    """Return why this can be no film, as far as the first bytes tell; None when it may be one."""
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12]) or _by_tracks(head)
    if container_of(head) is Container.MP4:
        return _by_tracks(head)
    if head[:4] == b"RIFF":
        return {b"WAVE": Reason.NO_PICTURE, b"WEBP": Reason.STILL}.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return Reason.NO_PICTURE
    if head[:4] == b"OggS":
        return None if b"theora" in head[:200] else Reason.NO_PICTURE
    if head[4:8] in {b"RED1", b"RED2"}:
        return Reason.RAW
    return _by_start(head)


def _by_start(head: bytes) -> Reason | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if text.startswith(b"<?xml"):
        roots = ((reason, start) for reason, starts in STARTS[:2] for start in starts if start.startswith(b"<"))
        return next((reason for reason, root in roots if root in text[:2000]), None)
    for reason, starts in STARTS:
        if (text if reason is Reason.PLAYLIST else head).startswith(starts):
            return reason
    return None


def _by_brand(brand: bytes) -> Reason | None:
    if brand in STILL_BRANDS:
        return Reason.STILL
    if brand in SOUND_BRANDS:
        return Reason.NO_PICTURE
    return Reason.RAW if brand in RAW_BRANDS else None


def _by_tracks(head: bytes) -> Reason | None:
    """By the descriptions of its tracks (`stsd`), when the index comes before the film itself."""
    index = _index_in(head)
    place = index.find(b"stsd")
    while place >= 0:
        track = index[place + 16 : place + 20]
        if track in PROTECTED_TRACKS:
            return Reason.PROTECTED
        if track in RAW_TRACKS:
            return Reason.RAW
        place = index.find(b"stsd", place + 4)
    return None


def _index_in(head: bytes) -> bytes:
    """What `head` has of the index: of the film itself any four bytes may be the name of a box."""
    place = 0
    while place + 8 <= len(head):
        size, name = int.from_bytes(head[place : place + 4]), head[place + 4 : place + 8]
        if name == b"moov":
            return head[place : place + size]
        if size < 8:
            break
        place += size
    return b""
