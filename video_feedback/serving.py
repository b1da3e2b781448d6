"""Films and posters through the gates, in ranges, from disk and from a bucket alike (docs/security.md U5).

Django has no Range of its own, and Safari does not play without. A presigned address would outlive a withdrawal, so
every byte passes here. The gate is asked anew before each piece, also of an answer that is on its way: when it says
no, the connection is cut. While a piece is sent, no connection to the database is held: a slow reader would keep others
from it.
"""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from storages.backends.s3 import S3Storage

from netwerkleren.base.connections import let_go_of_database

PIECE = 1024 * 1024
"""The most bytes that are sent after the gate said yes."""
MOST_AT_ONCE = 4 * 1024 * 1024
"""The most bytes of one answer to a range: about ten seconds of film. The player asks on by itself."""

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class NotSatisfiable(Exception):
    """The range lies outside the file: 416."""


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for, at most MOST_AT_ONCE; None for no or an unknown form.

    Several ranges at once count as unknown: the whole file is then a right answer (RFC 9110, 14.2).
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first_text, last_text = match.groups()
    if first_text == "":
        first, last = max(size - int(last_text), 0), size - 1
        if int(last_text) == 0:
            raise NotSatisfiable
    else:
        first, last = int(first_text), min(int(last_text or size - 1), size - 1)
        if last_text and int(last_text) < first:
            return None
    if first >= size:
        raise NotSatisfiable
    return first, min(last, first + MOST_AT_ONCE - 1)


def serve_file(
    request: HttpRequest, storage: Storage, name: str, content_type: str, *, may_go_on: Callable[[], bool]
) -> HttpResponseBase:
    """The file, or the range that is asked for. Call it after the gates; `may_go_on` asks them anew."""
    size = storage.size(name)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": "inline",
        "Content-Type": content_type,
        "X-Content-Type-Options": "nosniff",
    }
    try:
        part = wanted_range(request.headers.get("Range", ""), size)
    except NotSatisfiable:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    pieces = _gated(pieces_of(storage, name, first, last), may_go_on)
    return StreamingHttpResponse(pieces, status=status, headers=headers)


def _gated(pieces: Generator[bytes, None, None], may_go_on: Callable[[], bool]) -> Iterator[bytes]:
    """Ends early when the gate closes; the server then cuts the connection, since less came than was announced."""
    with closing(pieces):
        for number, piece in enumerate(pieces):
            if number and not may_go_on():
                return
            let_go_of_database()
            yield piece


def pieces_of(storage: Storage, name: str, first: int, last: int) -> Generator[bytes, None, None]:
    """The bytes from `first` to `last`, from disk or bucket. It asks no gate: who calls it does, before each piece."""
    if isinstance(storage, S3Storage):
        # Its own file object fetches the whole film before the first byte.
        key = storage._normalize_name(name)
        with closing(storage.bucket.Object(key).get(Range=f"bytes={first}-{last}")["Body"]) as body:
            yield from body.iter_chunks(PIECE)
        return
    with storage.open(name) as source:
        source.seek(first)
        left = last - first + 1
        while left and (piece := source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
