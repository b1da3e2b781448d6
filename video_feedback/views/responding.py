"""What becomes of a remark, and of a fragment that the maatje handed over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Clip, ObserverNote, Remark
from ..pages import clip_page
from ..responding_forms import AnswerRemarkForm, ChangeRemarkForm, LineUpForm
from ..services import consent, observing, responding
from .clips import show_ready

WITH_CLIP = ("feedback__giver__user", "feedback__clip__owner__user")


def change_remark(request: Request, pk: UUID) -> HttpResponse:
    """A remark of one's own draft, before it is sent."""
    rows = Remark.objects.select_related(*WITH_CLIP)
    remark = get_for(request.actor, rows, pk, need="video_feedback.change_remark")
    form = ChangeRemarkForm(sent(request), remark=remark)
    if request.method == "POST" and accepted(
        form, lambda: responding.change_remark(actor=request.actor, remark=remark, **form.cleaned_data)
    ):
        messages.success(request, _("Je reactie is aangepast."))
        return redirect("video_feedback:detail", remark.feedback.clip_id)
    context = {"clip": remark.feedback.clip, "remark": remark, "form": form}
    return render(request, "video_feedback/remark_change.html", context, status=status_of(form))


def answer_remark(request: Request, pk: UUID) -> HttpResponse:
    """A vraag gets an answer of whose work it is."""
    rows = Remark.objects.select_related(*WITH_CLIP)
    remark = get_for(request.actor, rows, pk, need="video_feedback.answer_remark")
    form = AnswerRemarkForm(sent(request), remark=remark)
    if request.method == "POST" and accepted(
        form, lambda: responding.answer_remark(actor=request.actor, remark=remark, **form.cleaned_data)
    ):
        messages.success(request, _("Je antwoord is bewaard."))
        return redirect("video_feedback:detail", remark.feedback.clip_id)
    context = {"clip": remark.feedback.clip, "remark": remark, "form": form}
    return render(request, "video_feedback/remark_answer.html", context, status=status_of(form))


@require_GET
def react(request: Request, pk: UUID) -> HttpResponse:
    """The feedback once more, with what its owner may say back. The page of the film itself stays light."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.withdraw_clip")
    return render(request, "video_feedback/clip_react.html", {"clip": clip, "page": clip_page(request.actor, clip)})


@posts_from("video_feedback:react", Clip)
def mark_helpful(request: Request, pk: UUID) -> HttpResponse:
    """One remark: the button names it. With "-" before it the mark is taken back."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.withdraw_clip")
    named = request.POST.get("remark", "")
    rows = Remark.objects.filter(feedback__clip=clip).select_related("feedback")
    try:
        remark = get_for(request.actor, rows, UUID(named.removeprefix("-")))
    except ValueError:
        raise Http404 from None
    responding.mark_helpful(actor=request.actor, clip=clip, remark=remark, helped=not named.startswith("-"))
    return redirect("video_feedback:react", clip.pk)


@posts_from("video_feedback:detail", Clip)
def line_up(request: Request, pk: UUID) -> HttpResponse:
    """One note of the lesson and its moment in the film: all others follow. `cut-notes.js` says it of what it cut."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.line_up")
    form = LineUpForm(request.POST, notes=ObserverNote.objects.of_film(clip, request.actor))
    if accepted(form, lambda: observing.line_up(actor=request.actor, clip=clip, **form.values())):
        return redirect("video_feedback:detail", clip.pk)
    if not clip.is_ready:
        return HttpResponse(status=status_of(form))
    return show_ready(request, clip_page(request.actor, clip), line_up_form=form, status=status_of(form))


@posts_from("video_feedback:detail", Clip)
def keep_clip(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.withdraw_clip")
    # Shared meanwhile, in another tab: what is said now is what its owner wants.
    consent.withdraw_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Alleen jij ziet dit fragment."))
    return redirect("video_feedback:detail", clip.pk)
