"""The portal's addresses plus the bare ones that the others are measured against."""

from collections.abc import Iterator
from time import perf_counter
from typing import IO
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Template
from django.views.decorators.cache import never_cache

from meetings.models import AgendaItem
from netwerkleren.base import live
from netwerkleren.base.access import route
from netwerkleren.base.request import Request
from netwerkleren.urls import urlpatterns as portal_urlpatterns
from video_feedback.models import Clip

BARE = Template(
    "<!doctype html><title>Kaal</title><ul>{% for item in items %}<li>{{ item.title }}</li>{% endfor %}</ul>"
)
PIECE = 64 * 1024


def bare(request: HttpRequest) -> HttpResponse:
    """The same middleware, a signed-in user, one query of 20 rows, one template."""
    return HttpResponse(BARE.render(Context({"items": AgendaItem.objects.order_by("pk")[:20]})))


def bare_film(request: Request, pk: UUID) -> StreamingHttpResponse:
    """The same middleware, a signed-in user, one query that checks that they are of the group, and the bytes."""
    clip = get_object_or_404(
        Clip,
        pk=pk,
        state=Clip.State.READY,
        owner__group__memberships__user=request.actor.pk,
        owner__group__memberships__left=None,
    )
    film = clip.video.open()
    first, last = (int(number) for number in request.headers["Range"].removeprefix("bytes=").split("-"))
    headers = {
        "Content-Type": "video/mp4",
        "Content-Length": str(last - first + 1),
        "Content-Range": f"bytes {first}-{last}/{film.size}",
    }
    return StreamingHttpResponse(_read(film, first, last + 1 - first), status=206, headers=headers)


def _read(film: IO[bytes], first: int, left: int) -> Iterator[bytes]:
    with film:
        film.seek(first)
        while left and (piece := film.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


@never_cache
def bare_nothing_new(request: Request, topic: str) -> HttpResponse:
    """The same middleware, a signed-in user, and the version by primary key, which is always the one that they have."""
    return live.NothingNew(headers={"ETag": f'"{live.version_of(topic)}"'})


def touch(request: Request, topic: str) -> HttpResponse:
    """A write that is nothing but its change, and says when it was done, on the clock of the whole machine."""
    with transaction.atomic():
        live.touch(topic)
    return HttpResponse(status=204, headers={"X-Written-At": repr(perf_counter())})


urlpatterns = [
    route("bench/kaal/", bare, "bare"),
    route("bench/niets-nieuws/<str:topic>/", bare_nothing_new, "bare_nothing_new"),
    route("bench/verandering/<str:topic>/", touch, "touch"),
    route("bench/film/<uuid:pk>/", bare_film, "bare_film"),
    *portal_urlpatterns,
]
