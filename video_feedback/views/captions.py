"""Captions of a fragment: typed by its owner, read by who watches it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request

from ..captions import cues_of, vtt_of
from ..models import Clip
from ..responding_forms import CaptionsForm
from ..services import captioning


def captions(request: Request, pk: UUID) -> HttpResponse:
    """A line a moment, on the clock of the film."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.share_clip")
    form = CaptionsForm(sent(request), clip=clip)
    if request.method == "POST" and accepted(
        form, lambda: captioning.write_captions(actor=request.actor, clip=clip, **form.cleaned_data)
    ):
        messages.success(request, _("De ondertitels zijn bewaard."))
        return redirect("video_feedback:detail", clip.pk)
    return render(request, "video_feedback/clip_captions.html", {"clip": clip, "form": form}, status=status_of(form))


@login_not_required
@never_cache
@require_GET
def captions_file(request: Request, pk: UUID) -> HttpResponse:
    """Through the gate of the film itself: whoever may not watch it, reads no word of it."""
    clip = Clip.objects.one_visible_to(request.actor, pk)
    if clip is None or not clip.captions or not clip.is_ready:
        raise Http404
    written = vtt_of(cues_of(clip.captions, lasts=clip.duration_ms))
    return HttpResponse(written, content_type="text/vtt; charset=utf-8")
