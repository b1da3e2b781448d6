"""The recording on its way in without JavaScript, and the film on its way out."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from groups.rules import membership_of
from netwerkleren.base.access import Actor, get_for
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.forms import status_of
from netwerkleren.base.middleware import actor_now
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .. import crowding, room
from ..models import Clip, footage
from ..recording_forms import RecordingForm
from ..rules import is_owner
from ..services import feedback, recordings
from ..serving import serve_file
from .clips import show_waiting


@csrf_exempt  # To read the token is to take in the whole body: `_receive` does so, after gate and room.
@posts_from("video_feedback:detail", Clip)
def send_recording(request: Request, pk: UUID) -> HttpResponseBase:
    """The recording in one piece, without JavaScript. Before its first byte is read we know that it may come."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.send_recording")
    try:
        room.check(clip=clip, length=int(request.headers.get("Content-Length") or 0))
        with crowding.one_of_few(request.actor.pk, clip.pk), room.refusing_when_full():
            let_go_of_database()
            return _receive(request, clip)
    except room.Refused as refused:
        form = RecordingForm({})
        form.errors.clear()  # what was typed was not read, so it says nothing of that
        form.errors["file"] = form.error_class([str(refused)])
        return show_waiting(request, clip, form, status=refused.status)


@csrf_protect
def _receive(request: Request, clip: Clip) -> HttpResponseBase:
    form = RecordingForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_waiting(request, clip, form, status=status_of(form))
    data = form.cleaned_data
    recordings.receive_whole(actor=request.actor, clip=clip, file=data["file"], is_to_cut=data["cut_here"])
    return redirect("video_feedback:detail", clip.pk)


@login_not_required  # A digibord has no account: gate 1 gives it the one that is shown, and no other.
@require_safe
def film(request: Request, pk: UUID) -> HttpResponseBase:
    """The film itself, in ranges. What is not shared any more is 404 at the next range."""
    clip = _ready_clip(request.actor, pk)
    watcher = None if is_owner(request.actor, clip) else membership_of(request.actor, clip.owner)
    if watcher is not None and request.method == "GET":
        feedback.note_view(actor=request.actor, clip=clip, watcher=watcher)
    return _serve(request, clip, str(clip.video), "video/mp4")


@login_not_required
@require_safe
def poster(request: Request, pk: UUID) -> HttpResponseBase:
    clip = _ready_clip(request.actor, pk)
    return _serve(request, clip, str(clip.poster), "image/jpeg")


def _serve(request: Request, clip: Clip, name: str, content_type: str) -> HttpResponseBase:
    def may_go_on() -> bool:
        try:
            _ready_clip(actor_now(request), clip.pk)
        except Http404:
            return False
        return True

    return serve_file(request, footage(), name, content_type, may_go_on=may_go_on)


def _ready_clip(actor: Actor, pk: UUID) -> Clip:
    clip = get_for(actor, Clip.objects.with_its_files(), pk)
    if not clip.is_ready:
        raise Http404
    return clip
