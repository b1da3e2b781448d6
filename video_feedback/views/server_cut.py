"""The choice of a piece, of a recording that came here whole to be cut."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Clip
from ..recording_forms import PieceForm, RecordingForm
from ..services import cutting
from .clips import show_waiting


@posts_from("video_feedback:detail", Clip)
def choose_piece(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.cut_clip")
    form = PieceForm(request.POST)
    if accepted(form, lambda: cutting.choose_piece(actor=request.actor, clip=clip, **form.cleaned_data)):
        messages.success(request, _("We knippen je stukje. Daarna wissen we de opname."))
        return redirect("video_feedback:detail", clip.pk)
    return show_waiting(request, clip, RecordingForm(), piece_form=form, status=status_of(form))
