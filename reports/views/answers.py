"""Two kinds of POST: a browser's form gets a page, a module that saves by itself gets a few facts."""

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone

from netwerkleren.base.templatetags.ui import clock


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def saved(version: int = 0) -> JsonResponse:
    """Saved; the version to send along next time, and the server's clock for "Bewaard om 16.12 uur"."""
    return JsonResponse({"version": version, "clock": clock(timezone.now())})


def refused(form: BaseForm) -> JsonResponse:
    """Not saved, with the first thing that is wrong."""
    return JsonResponse({"message": str(next(iter(form.errors.values()))[0])}, status=422)


def written_meanwhile(version: int, theirs: str) -> JsonResponse:
    """Not saved: someone else's text stands there. The writer sees both, and chooses."""
    return JsonResponse({"version": version, "theirs": theirs}, status=409)
