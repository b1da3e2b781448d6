"""Pages of fragments and talentmomenten."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from . import conversion, room
from .forms import ClipForm, RecordingForm, RemarkForm, ShareForm, TalentmomentForm
from .media import MAX_MINUTES
from .models import Clip, Feedback, Remark, Talentmoment, footage
from .pages import ClipPage, clip_page, clips_for, waiting_before
from .rules import is_owner, is_uploader
from .services import clips, consent, feedback, recordings
from .services import talentmomenten as talent
from .serving import serve_file

CLIPS_A_PAGE = 30
TALENTMOMENTEN_A_PAGE = 40


def overview(request: Request) -> HttpResponse:
    """Fragmenten: mine, and what was shared with me."""
    page = Paginator(clips_for(request.actor), CLIPS_A_PAGE).get_page(asked(request, "page"))
    mine = [clip for clip in page if is_owner(request.actor, clip) or is_uploader(request.actor, clip)]
    shared = [clip for clip in page if clip not in mine]
    return render(request, "video_feedback/clip_list.html", {"page": page, "mine": mine, "shared": shared})


def add_clip(request: Request) -> HttpResponse:
    """Nieuw fragment: the form is kept first, the recording follows on the fragment's own page."""
    form = ClipForm(sent(request), actor=request.actor)
    if not form.own:
        return render(request, "video_feedback/clip_add.html", {"form": None})
    if request.method == "POST" and (
        saved := accepted(form, lambda: clips.add_clip(actor=request.actor, **form.cleaned_data))
    ):
        return redirect("video_feedback:detail", saved.row.pk)
    return render(request, "video_feedback/clip_add.html", {"form": form}, status=status_of(form))


def detail(request: Request, pk: UUID) -> HttpResponse:
    """A fragment: on its way, or ready to watch and respond to."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk)
    was, in_work = asked(request, "was"), {Clip.State.QUEUED, Clip.State.CONVERTING}
    if request.htmx and was and clip.state != was and clip.state not in in_work:
        # The page that followed the recording: it is over, show the film or the reason.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if not clip.is_ready:
        return _waiting(request, clip, RecordingForm())
    page = clip_page(request.actor, clip)
    if page.has_new_feedback and not request.htmx:
        # What appears on a page that is open is not seen for that: its owner may be elsewhere.
        feedback.mark_feedback_seen(actor=request.actor, clip=clip)
    return _ready(request, page)


def _waiting(request: Request, clip: Clip, form: RecordingForm, *, status: int = 200) -> HttpResponse:
    context = {
        "clip": clip,
        "form": form,
        "upload": getattr(clip, "upload", None),
        "is_owner": is_owner(request.actor, clip),
        "sends": clip.uploaded_by.user_id == request.actor.pk,
        "waiting_before": waiting_before(clip),
        "is_our_fault": clip.reason in conversion.KEEPS_RECORDING,
        "max_minutes": MAX_MINUTES,
    }
    return render_fragment(request, "video_feedback/clip_waiting.html", "progress", context, status=status)


def _ready(request: Request, page: ClipPage, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "clip": page.clip,
        "page": page,
        "topic": live.topic_of("clip", page.clip),
        "remark_form": RemarkForm(),
        "share_form": _share_form(page),
    }
    return render_fragment(request, "video_feedback/clip_detail.html", "received", context | forms, status=status)


def _share_form(page: ClipPage) -> ShareForm:
    """As it stands, or with nothing chosen: a statement is never ticked beforehand."""
    return ShareForm(initial={"audience": page.clip.audience if page.clip.is_shared else Clip.Audience.MAATJE})


@csrf_exempt  # To read the token is to take in the whole body: `_receive` does so, after gate and room.
@require_POST
def send_recording(request: Request, pk: UUID) -> HttpResponseBase:
    """The recording in one piece, without JavaScript. Before its first byte is read we know that it may come."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.send_recording")
    try:
        room.check(clip=clip, length=int(request.headers.get("Content-Length") or 0))
        with room.refusing_when_full():
            return _receive(request, clip)
    except room.Refused as refused:
        form = RecordingForm({})
        form.errors["file"] = form.error_class([str(refused)])
        return _waiting(request, clip, form, status=refused.status)


@csrf_protect
def _receive(request: Request, clip: Clip) -> HttpResponseBase:
    form = RecordingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _waiting(request, clip, form, status=status_of(form))
    recordings.receive_whole(actor=request.actor, clip=clip, file=form.cleaned_data["file"])
    return redirect("video_feedback:detail", clip.pk)


@require_POST
def retry(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.retry_clip")
    clips.retry_conversion(actor=request.actor, clip=clip)
    return redirect("video_feedback:detail", clip.pk)


@require_POST
def hand_over(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.hand_over_clip")
    clips.hand_over_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Het fragment is nu van %(name)s.") % {"name": clip.owner.user.first_name})
    return (
        redirect("video_feedback:detail", clip.pk)
        if is_owner(request.actor, clip)
        else redirect("video_feedback:overview")
    )


@require_POST
def share(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.share_clip")
    form = ShareForm(request.POST)
    if accepted(form, lambda: consent.share_clip(actor=request.actor, clip=clip, **form.cleaned_data)):
        messages.success(request, _("Je fragment is gedeeld."))
        return redirect("video_feedback:detail", clip.pk)
    return _ready(request, clip_page(request.actor, clip), share_form=form, status=status_of(form))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.withdraw_clip")
    consent.withdraw_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Vanaf nu zie alleen jij dit fragment."))
    return redirect("video_feedback:detail", clip.pk)


@require_POST
def erase(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.erase_clip")
    clips.erase_clip(actor=request.actor, clip=clip)
    messages.success(request, _("Het fragment is gewist."))
    return redirect("video_feedback:overview")


@require_POST
def open_tips(request: Request, pk: UUID) -> HttpResponse:
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.share_clip")
    feedback.open_tips(actor=request.actor, clip=clip, opened=request.POST.get("opened") == "1")
    return redirect("video_feedback:detail", clip.pk)


@require_safe
def film(request: Request, pk: UUID) -> HttpResponseBase:
    """The film itself, in ranges. What is not shared any more is 404 at the next range."""
    clip = _ready_clip(request, pk)
    watcher = None if is_owner(request.actor, clip) else membership_of(request.actor, clip)
    if watcher is not None and request.method == "GET":
        feedback.note_view(actor=request.actor, clip=clip, watcher=watcher)
    return serve_file(request, footage(), str(clip.video), "video/mp4")


@require_safe
def poster(request: Request, pk: UUID) -> HttpResponseBase:
    return serve_file(request, footage(), str(_ready_clip(request, pk).poster), "image/jpeg")


def _ready_clip(request: Request, pk: UUID) -> Clip:
    clip = get_for(request.actor, Clip.objects.select_related("owner__group"), pk)
    if not clip.is_ready:
        raise Http404
    return clip


@require_POST
def add_remark(request: Request, pk: UUID) -> HttpResponse:
    """One remark into the own draft."""
    clip = get_for(request.actor, Clip.objects.with_people(), pk, need="video_feedback.give_feedback")
    form = RemarkForm(request.POST)
    if accepted(form, lambda: feedback.add_remark(actor=request.actor, clip=clip, **form.cleaned_data)):
        return _after_remark(request, clip, RemarkForm())
    return _after_remark(request, clip, form, status=status_of(form))


@require_POST
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
    return _ready(request, clip_page(request.actor, clip), remark_form=form, status=status)


@require_POST
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


def talentmomenten(request: Request) -> HttpResponse:
    """Note one, and read those of the group."""
    form = TalentmomentForm(sent(request), actor=request.actor)
    if request.method == "POST" and accepted(
        form, lambda: talent.note_talentmoment(actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Je ziet het terug aan het begin van de bijeenkomst."))
        return redirect("video_feedback:talentmomenten")
    rows = Talentmoment.objects.as_read_by(request.actor)
    page = Paginator(rows, TALENTMOMENTEN_A_PAGE).get_page(asked(request, "page"))
    context = {"form": form, "page": page}
    return render(request, "video_feedback/talentmoment_list.html", context, status=status_of(form))


@require_POST
def erase_talentmoment(request: Request, pk: UUID) -> HttpResponse:
    moments = Talentmoment.objects.with_people()
    talentmoment = get_for(request.actor, moments, pk, need="video_feedback.erase_talentmoment")
    talent.erase_talentmoment(actor=request.actor, talentmoment=talentmoment)
    messages.success(request, _("Het talentmoment is gewist."))
    return redirect("video_feedback:talentmomenten")


def talentmoment_wall(request: Request, pk: UUID) -> HttpResponse:
    """The talentmomenten of one meeting, large, to open it with; new ones appear by themselves."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk)
    topic = live.topic_of("meeting", meeting)
    context = {
        "meeting": meeting,
        "topic": topic,
        "version": live.version_of(topic),  # read before the rows: a change in between is fetched, not missed
        "talentmomenten": list(Talentmoment.objects.as_read_by(request.actor).filter(meeting=meeting)),
    }
    return render_fragment(request, "video_feedback/talentmoment_wall.html", "wall", context)
