"""A photo of the paper meetlat: hung by the coach, seen by the group."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from netwerkleren.base.access import get_for
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import BoardPhoto, Meeting
from ..paper_forms import BoardPhotoForm
from ..services import paper


@csrf_exempt  # To read the token is to take in the photo: `_hang` does so, when the reader may send one.
@require_http_methods(["GET", "HEAD", "POST"])
def hang_photo(request: Request, pk: UUID) -> HttpResponseBase:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    let_go_of_database()
    return _hang(request, meeting)


@csrf_protect
def _hang(request: Request, meeting: Meeting) -> HttpResponse:
    form = BoardPhotoForm(sent(request), request.FILES or None)
    if request.method == "POST" and accepted(
        form, lambda: paper.hang_photo(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("De foto hangt bij de bijeenkomst."))
        return redirect("meetings:detail", meeting.pk)
    context = {"meeting": meeting, "form": form, "photo": BoardPhoto.objects.filter(meeting=meeting).first()}
    return render(request, "meetings/hang_photo.html", context, status=status_of(form))


@require_safe
def board_photo(request: Request, pk: UUID) -> HttpResponseBase:
    meeting = get_for(request.actor, Meeting, pk)
    hung = get_object_or_404(BoardPhoto.objects.visible_to(request.actor), meeting=meeting)
    try:
        opened = hung.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/webp")


@posts_from("meetings:hang_photo", Meeting)
def take_photo_down(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    paper.take_photo_down(actor=request.actor, meeting=meeting)
    messages.success(request, _("De foto is weg."))
    return redirect("meetings:detail", pk)
