"""Feedback on a fragment: remarks in a draft, sent as a whole; and who reads the tips."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import RemarkForm
from ..models import Clip, Feedback, Remark
from ..pages import clip_page
from ..services import feedback
from .clips import show_ready


@posts_from("video_feedback:detail", Clip)
def add_remark(request: Request, pk: UUID) -> HttpResponse:
    """One remark into the own draft."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.give_feedback")
    form = RemarkForm(request.POST)
    if accepted(form, lambda: feedback.add_remark(actor=request.actor, clip=clip, **form.cleaned_data)):
        # The next one is often of the same kind.
        return _after_remark(request, clip, RemarkForm(initial={"kind": form.cleaned_data["kind"]}))
    return _after_remark(request, clip, form, status=status_of(form))


@posts_from("video_feedback:detail", Remark, "feedback.clip_id")
def remove_remark(request: Request, pk: UUID) -> HttpResponse:
    remarks = Remark.objects.select_related("feedback__giver", "feedback__clip")
    remark = get_for(request.actor, remarks, pk, need="video_feedback.change_remark")
    feedback.remove_remark(actor=request.actor, remark=remark)
    clip = get_for(request.actor, Clip.objects.with_people(), remark.feedback.clip_id)
    return _after_remark(request, clip, None)


def _after_remark(request: Request, clip: Clip, form: RemarkForm | None, *, status: int = 200) -> HttpResponse:
    """For htmx only what changed, so that the film stays where it is; otherwise the page."""
    if request.htmx:
        context = {"clip": clip, "page": clip_page(request.actor, clip), "remark_form": form}
        return render(request, "video_feedback/_after_remark.html", context, status=status)
    if form is None or not form.is_bound:
        return redirect("video_feedback:detail", clip.pk)
    return show_ready(request, clip_page(request.actor, clip), remark_form=form, status=status)


@posts_from("video_feedback:detail", Clip)
def send_feedback(request: Request, pk: UUID) -> HttpResponse:
    """The whole draft to the owner."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.give_feedback")
    draft = (
        Feedback.objects.drafts().filter(clip=clip, giver__user=request.actor.pk).select_related("clip__owner__user")
    )
    own = draft.first()
    if own is not None and told(request, lambda: feedback.send_feedback(actor=request.actor, feedback=own)):
        messages.success(request, _("Je feedback is verstuurd naar %(name)s.") % {"name": clip.owner.user.first_name})
    return redirect("video_feedback:detail", clip.pk)


@posts_from("video_feedback:detail", Clip)
def open_tips(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.share_clip")
    feedback.open_tips(actor=request.actor, clip=clip, opened=request.POST.get("opened") == "1")
    return redirect("video_feedback:detail", clip.pk)
