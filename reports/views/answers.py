"""Two kinds of answer to one POST: a page for a browser's form, a few facts for a module that saves by itself."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from netwerkleren.base.templatetags.ui import clock


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def saved(version: int = 0) -> JsonResponse:
    """Saved; the version to send along next time, and the server's clock for "Bewaard om 16.12 uur"."""
    return JsonResponse({"version": version, "clock": clock(timezone.now())})


def refused(message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=422)


def written_meanwhile(version: int, theirs: str) -> JsonResponse:
    """Not saved: someone else's text stands there. The writer sees both, and chooses."""
    return JsonResponse({"version": version, "theirs": theirs}, status=409)
