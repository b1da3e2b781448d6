"""Uploads that resume: tus 1.0 (https://tus.io/protocols/resumable-upload), on WSGI.

Core, creation, expiration, checksum and termination. Whose turn it is to write, and how much is in, is for
`receiving`. Under WSGI what came in before a cut connection is kept, since each piece is written when it comes.
While it comes no connection to the database is held.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from netwerkleren.base import disk
from netwerkleren.base.access import get_for
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.request import Request

from . import crowding, receiving
from .media import HEAD
from .models import Clip, Upload
from .room import MAX_LENGTH, Refused, refusing_when_away, refusing_when_full
from .services import recordings

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
OFFSET_STREAM = "application/offset+octet-stream"
PIECE = 256 * 1024

_NUMBER = re.compile(r"[0-9]{1,18}")
"""Of bytes: more digits would be a number that no file has, and take long to read."""

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
"""SHA-256 of the first and the last MiB, by `static/js/shared/fingerprint.js`."""

View = Callable[..., HttpResponse]


def _speak(request: Request, pk: UUID, **handlers: View) -> HttpResponse:
    """Speaks tus: the method decides the handler, and what is refused says why in the body."""
    method = request.method or ""
    if method == "POST":  # A GET that becomes another method would walk past the check of its token.
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    if method == "OPTIONS":
        response = _abilities()
    elif method not in handlers:
        response = HttpResponse(status=405, headers={"Allow": ", ".join([*handlers, "OPTIONS"])})
    elif request.headers.get("Tus-Resumable") != VERSION:
        response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
    else:
        response = _answer(handlers[method], request, pk)
    response["Tus-Resumable"] = VERSION
    return response


def _answer(handler: View, request: Request, pk: UUID) -> HttpResponse:
    try:
        with refusing_when_full(), refusing_when_away():
            return handler(request, pk)
    except Refused as refused:
        content_type = "text/plain; charset=utf-8"
        return HttpResponse(str(refused), status=refused.status, content_type=content_type, headers=refused.headers)
    except Http404:
        return HttpResponse(status=404)


def _abilities() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(MAX_LENGTH),
            "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        },
    )


def create(request: Request, pk: UUID) -> HttpResponse:
    """POST: a new upload for the clip `pk`, of the length that is announced; or the one of the same film that was not
    finished (`fingerprint` in the metadata), so the answer says how much is in.

    The metadata say what comes: `cut` is 1 for what was cut on the device, `whole` for a recording of which its sender
    agreed that all of it comes here, and with that `cut_here` for one of which a piece is to be cut out here. What is
    none of these does not come: no recording goes whole without a word.
    """
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.send_recording")
    length = _number(request, "Upload-Length")
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    if "1" not in {told.get("cut"), told.get("whole")}:
        raise Refused(422, _("Zonder jouw ja gaat de hele opname niet naar de server. Laad de bladzijde opnieuw."))
    fingerprint = told.get("fingerprint", "")
    upload = recordings.begin_upload(
        actor=request.actor,
        clip=clip,
        length=length,
        filename=told.get("filename", ""),
        fingerprint=fingerprint if _FINGERPRINT.fullmatch(fingerprint) else "",
        is_to_cut=told.get("cut_here") == told.get("whole") == "1",
    )
    location = reverse("video_feedback:upload", args=[upload.pk])
    headers = {"Location": location, "Upload-Offset": str(upload.offset), "Upload-Expires": _end(upload)}
    return HttpResponse(status=201, headers=headers)


def _own_upload(view: View) -> View:
    """Gives the handler the upload instead of its id, when the asker may carry it on and it is not over."""

    @wraps(view)
    def handler(request: Request, pk: UUID) -> HttpResponse:
        upload = get_for(request.actor, Upload.objects.select_related("clip"), pk)
        if upload.expires_at < timezone.now() or not upload.recording.is_there():
            return HttpResponse(status=410)
        return view(request, upload)

    return handler


@_own_upload
def status(request: Request, upload: Upload) -> HttpResponse:
    """HEAD: how much is in, also when that is all."""
    headers = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length), "Upload-Expires": _end(upload)}
    return HttpResponse(status=200, headers=headers)


@_own_upload
def append(request: Request, upload: Upload) -> HttpResponse:
    """PATCH: the bytes from the offset on."""
    if request.content_type != OFFSET_STREAM:
        raise Refused(415, _("Dit is geen stuk van een opname."))
    offset = _number(request, "Upload-Offset")
    checksum = _checksum(request.headers.get("Upload-Checksum"))
    _refuse_when_whole(upload)
    with (
        crowding.one_of_few(request.actor.pk, upload.pk),
        upload.recording.taking_turn(unsure=bool(checksum)) as turn,
    ):
        if offset != turn.offset:
            raise Refused(409, _("Een deel van de opname is er al."))
        if int(request.headers.get("Content-Length") or 0) > upload.length - offset:
            raise Refused(413, _("Er komt meer binnen dan was aangekondigd."))
        let_go_of_database()
        _write(request, turn, checksum)
        now_in = turn.offset
        if offset < HEAD:
            recordings.refuse_at_start(upload=upload, head=turn.head())
    if now_in == upload.length:
        recordings.finish_upload(actor=request.actor, upload=upload)
    return HttpResponse(status=204, headers={"Upload-Offset": str(now_in), "Upload-Expires": _end(upload)})


@_own_upload
def terminate(request: Request, upload: Upload) -> HttpResponse:
    """DELETE: throw away what is in."""
    _refuse_when_whole(upload)
    with upload.recording.taking_turn():
        recordings.cancel_upload(actor=request.actor, upload=upload)
    return HttpResponse(status=204)


@never_cache
def begin_upload(request: Request, pk: UUID) -> HttpResponse:
    return _speak(request, pk, POST=create)


@never_cache
def upload(request: Request, pk: UUID) -> HttpResponse:
    return _speak(request, pk, HEAD=status, PATCH=append, DELETE=terminate)


def _refuse_when_whole(upload: Upload) -> None:
    if upload.clip.state != Clip.State.UPLOADING:
        raise Refused(409, _("Dit fragment heeft al een opname."))


def _write(request: Request, turn: receiving.WritingTurn, checksum: tuple[Any, bytes] | None) -> None:
    """Writes the body as it comes. With a checksum that does not fit, nothing of it stays (460)."""
    running, expected = (checksum[0](), checksum[1]) if checksum else (None, b"")
    try:
        while piece := request.read(PIECE):
            disk.keep_reserve(len(piece), folder=settings.UPLOAD_DIR)
            turn.append(piece)
            if running is not None:
                running.update(piece)
    except UnreadablePostError:
        # The connection was cut. What came is kept, and the next HEAD says how much that is.
        if running is None:
            raise Refused(400, _("De verbinding viel weg.")) from None
    if running is not None and running.digest() != expected:
        turn.drop()
        raise Refused(460, _("Een stuk van de opname kwam beschadigd aan."))
    turn.keep()


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not _NUMBER.fullmatch(text):
        raise Refused(400, f"{name} is missing or no number")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: pairs of a key and base64, between commas; the value may be left out."""
    pairs = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            pairs[key] = base64.b64decode(value, validate=True).decode(errors="replace")
        except ValueError:
            raise Refused(400, "Upload-Metadata is not base64") from None
    return pairs


def _checksum(header: str | None) -> tuple[Any, bytes] | None:
    """Upload-Checksum: an algorithm of ours and the digest in base64."""
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise Refused(400, "Upload-Checksum has an unknown algorithm")
    try:
        return CHECKSUMS[algorithm], base64.b64decode(value, validate=True)
    except ValueError:
        raise Refused(400, "Upload-Checksum is not base64") from None


def _end(upload: Upload) -> str:
    return http_date(upload.expires_at.timestamp())
