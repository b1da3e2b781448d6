"""Saving while someone types: what `static/js/app/autosave.js` sends, and the four things that a server can answer.

The module posts the form as it is, with `Accept: application/json`, a moment after the typing stops. The form of a text
that others may write in too is a `SharedTextForm`, whose hidden field `version` says which text the writer started
from. The answers:

- 200 `{"version", "clock"}`: saved; the next save starts from this version.
- 422 `{"message"}`: refused, and why; the module stops asking until something else is typed.
- 409 `{"version", "theirs"}`: someone else wrote meanwhile; nothing was saved. `theirs` stands there now, by the
  name of its field; the writer sees both and chooses. Nothing is merged by a machine.
- 401 (from the access middleware): signed out; the text stays on the page until its writer is back.

A view binds its form, hands the service to `accepted`, and then answers the module, or the browser:

    kept = accepted(form, lambda: talk.save_evaluation(actor=request.actor, …)) if request.method == "POST" else None
    if is_autosave(request):
        return answer(form, kept)
    if kept:
        return redirect(…)
    return render(…, status=status_of(form))
"""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from .forms import Saved, SharedTextForm
from .templatetags.ui import clock


def is_autosave(request: HttpRequest) -> bool:
    """A module that saves by itself wants a few facts, and no page."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


def is_from_outbox(request: HttpRequest) -> bool:
    """What waited for a network on a device is sent by a module (`static/js/shared/outbox.js`), as its form would."""
    return request.method == "POST" and request.headers.get("X-From-Outbox") == "1"


def answer(form: BaseForm, kept: Saved[Any] | None) -> JsonResponse:
    """What became of `form`; `kept` is what `accepted` said. A saved row of shared text has the next `version`."""
    if kept:
        version = form.version_in(kept.row) if isinstance(form, SharedTextForm) else ""
        return JsonResponse({"version": version, "clock": clock(timezone.now())})
    if isinstance(form, SharedTextForm) and form.meanwhile:
        return JsonResponse({"version": form.meanwhile.version, "theirs": form.meanwhile.theirs}, status=409)
    sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"message": " ".join(sentences)}, status=422)
