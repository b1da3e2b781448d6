"""Saving while someone types: what `static/js/autosave.js` sends, and the four things that a server can answer.

The module posts the form as it is, with `Accept: application/json`, a moment after the typing stops. It sends the
hidden field `version` along: which text the writer started from. The answers:

- 200 `{"version", "clock"}`: saved; the next save starts from this version.
- 422 `{"message"}`: refused, and why; the module stops asking until something else is typed.
- 409 `{"version", "theirs"}`: someone else wrote meanwhile; nothing was saved, the writer sees both and chooses.
- 401 (from the access middleware): signed out; the text stays on the page until its writer is back.
"""

import hashlib
import json
from collections.abc import Mapping

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from .templatetags.ui import clock


def is_autosave(request: HttpRequest) -> bool:
    """A module that saves by itself wants a few facts, and no page."""
    return request.headers.get("Accept") == "application/json"


def version_of(*texts: str) -> str:
    """Which texts one started from, in 16 letters: two that read the same are the same version."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]


def saved(version: str = "") -> JsonResponse:
    """Saved; the version to send along next time, and the server's clock for "Bewaard om 16.12 uur"."""
    return JsonResponse({"version": version, "clock": clock(timezone.now())})


def refused(form: BaseForm) -> JsonResponse:
    """Not saved, with everything that is wrong."""
    sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"message": " ".join(sentences)}, status=422)


def written_meanwhile(version: str, theirs: Mapping[str, str]) -> JsonResponse:
    """Not saved: `theirs` stands there now, by the name of its field. Nothing is merged by a machine."""
    return JsonResponse({"version": version, "theirs": dict(theirs)}, status=409)
