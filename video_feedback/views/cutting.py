"""The page on which a fragment is cut out of a recording, on the device that holds it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from netwerkleren.base.access import get_for
from netwerkleren.base.request import Request

from .. import reasons
from ..film_notes import film_notes
from ..models import Clip
from ..rules import is_owner


def cut_clip(request: Request, pk: UUID) -> HttpResponse:
    """Nothing of the recording comes here: `static/js/pages/cut-recording.js` cuts it, and sends what came out."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.send_recording")
    if clip.state != Clip.State.UPLOADING:
        return redirect("video_feedback:detail", clip.pk)
    context = {
        "clip": clip,
        "upload": getattr(clip, "upload", None),
        "is_owner": is_owner(request.actor, clip),
        "early_reasons": reasons.EARLY,
        "notes": film_notes(request.actor, clip),
    }
    return render(request, "video_feedback/clip_cut.html", context)
