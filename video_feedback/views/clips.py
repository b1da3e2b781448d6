"""Pages of fragments: what there is, a new one, and what its owner does with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import memberships_of, user_of
from meetings.film_tasks import film_tasks_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from .. import conversion, reasons, room
from ..forms import ClipForm, RemarkForm, ShareForm
from ..media import MAX_MINUTES
from ..models import ALSO_STATED, CARE_ASKS_MORE, Clip
from ..pages import ClipPage, clip_page, clips_for, waiting_before, waiting_for_recording_of
from ..recording_forms import ACCEPTED, PieceForm, RecordingForm
from ..rules import is_owner, is_uploader
from ..services import clips, consent, feedback, recordings

CLIPS_A_PAGE = 30


def overview(request: Request) -> HttpResponse:
    """Fragmenten: mine, and what was shared with me."""
    page = Paginator(clips_for(request.actor), CLIPS_A_PAGE).get_page(asked(request, "page"))
    mine = [clip for clip in page if is_owner(request.actor, clip) or is_uploader(request.actor, clip)]
    shared = [clip for clip in page if clip not in mine]
    context = {
        "page": page,
        "mine": mine,
        "shared": shared,
        "film_tasks": film_tasks_of(user_of(request.actor)),
        "waiting": waiting_for_recording_of(request.actor),
        "memberships": memberships_of(request.actor),
    }
    return render(request, "video_feedback/clip_list.html", context)


def add_clip(request: Request) -> HttpResponse:
    """Nieuw fragment: the form is kept first, the recording follows on the fragment's own page."""
    form = ClipForm(sent(request), actor=request.actor)
    if not form.own:
        return render(request, "video_feedback/clip_add.html", {"form": None})
    if request.method == "POST" and (
        saved := accepted(form, lambda: clips.add_clip(actor=request.actor, **form.cleaned_data))
    ):
        return redirect("video_feedback:cut_clip", saved.row.pk)
    return render(request, "video_feedback/clip_add.html", {"form": form}, status=status_of(form))


def detail(request: Request, pk: UUID) -> HttpResponse:
    """A fragment: on its way, or ready to watch and respond to."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk)
    was, in_work = asked(request, "was"), {Clip.State.QUEUED, Clip.State.CONVERTING}
    if request.htmx and was and clip.state != was and clip.state not in in_work:
        # The page that followed the recording: it is over, show the film or the reason.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if not clip.is_ready:
        return show_waiting(request, clip, RecordingForm())
    page = clip_page(request.actor, clip)
    if page.has_new_feedback and not request.htmx:
        # What appears on a page that is open is not seen for that: its owner may be elsewhere.
        feedback.mark_feedback_seen(actor=request.actor, clip=clip)
    return show_ready(request, page)


def show_waiting(
    request: Request, clip: Clip, form: RecordingForm, *, piece_form: PieceForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a fragment without its film: how far the recording is, or why it failed."""
    context = {
        "clip": clip,
        "form": form,
        "upload": getattr(clip, "upload", None),
        "is_owner": is_owner(request.actor, clip),
        "follows": clip.state not in {Clip.State.FAILED, Clip.State.TO_CUT}
        and not (clip.state == Clip.State.UPLOADING and clip.has_lost_its_sender),
        "room_left": room.room_left(clip=clip) if clip.state == Clip.State.UPLOADING else None,
        "piece_form": piece_form or PieceForm(),
        "accepted": ACCEPTED,
        "may_cut": is_owner(request.actor, clip) or is_uploader(request.actor, clip),
        "sends": clip.uploaded_by.user_id == request.actor.pk,
        "waiting_before": waiting_before(clip),
        "is_our_fault": clip.reason in conversion.OUR_FAULTS,
        "early_reasons": reasons.EARLY,
        "max_minutes": MAX_MINUTES,
    }
    return render_fragment(request, "video_feedback/clip_waiting.html", "progress", context, status=status)


def show_ready(request: Request, page: ClipPage, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a fragment with its film; `forms` are those that came back with something to mend."""
    context = {
        "clip": page.clip,
        "page": page,
        "topic": live.topic_of("clip", page.clip),
        "also_stated": ALSO_STATED,
        "care_asks_more": CARE_ASKS_MORE,
        **({"remark_form": RemarkForm()} if page.may_give else {"share_form": _share_form(page)}),
    }
    return render_fragment(request, "video_feedback/clip_detail.html", "received", context | forms, status=status)


def _share_form(page: ClipPage) -> ShareForm:
    """As it stands, or with nothing chosen: a statement is never ticked beforehand."""
    audience = page.clip.audience if page.clip.is_shared else Clip.Audience.MAATJE
    return ShareForm(initial={"audience": audience}, is_about_care=bool(page.clip.group.is_about_care))


@posts_from("video_feedback:detail", Clip)
def retry(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.retry_clip")
    told(request, lambda: clips.retry_conversion(actor=request.actor, clip=clip))
    return redirect("video_feedback:detail", clip.pk)


@posts_from("video_feedback:detail", Clip)
def discard_recording(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.retry_clip")
    recordings.discard_recording(actor=request.actor, clip=clip)
    return redirect("video_feedback:detail", clip.pk)


@posts_from("video_feedback:detail", Clip)
def hand_over(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.hand_over_clip")
    clips.hand_over_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Het fragment is nu van %(name)s.") % {"name": clip.owner.user.first_name})
    return (
        redirect("video_feedback:detail", clip.pk)
        if is_owner(request.actor, clip)
        else redirect("video_feedback:overview")
    )


@posts_from("video_feedback:detail", Clip)
def share(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.share_clip")
    form = ShareForm(request.POST, is_about_care=bool(clip.group.is_about_care))
    if accepted(form, lambda: consent.share_clip(actor=request.actor, clip=clip, **form.cleaned_data)):
        messages.success(request, _("Je fragment is gedeeld."))
        return redirect("video_feedback:detail", clip.pk)
    return show_ready(request, clip_page(request.actor, clip), share_form=form, status=status_of(form))


@posts_from("video_feedback:detail", Clip)
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.withdraw_clip")
    consent.withdraw_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Vanaf nu zie alleen jij dit fragment."))
    return redirect("video_feedback:detail", clip.pk)


@posts_from("video_feedback:detail", Clip)
def erase(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.erase_clip")
    clips.erase_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Het fragment is gewist."))
    return redirect("video_feedback:overview")
