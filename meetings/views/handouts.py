"""Handouts of a meeting: what there is, one more by the coach, and the file itself; and those of the expert by link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from netwerkleren.base.access import get_for
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.forms import accepted, is_about, sent, status_of
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .. import pages
from ..actors import ExpertGuest
from ..guests import guest_of
from ..handout_forms import CoachsHandoutForm, HandoutForm
from ..models import ExpertInvitation, Handout, Meeting
from ..services import handouts as services  # `handouts` is a view here
from . import guest as guest_pages

TYPES = {Handout.Kind.PDF: "application/pdf", Handout.Kind.PNG: "image/png", Handout.Kind.JPEG: "image/jpeg"}


@csrf_exempt  # To read the token is to take in the file: `_handouts` does so, when the reader may send one.
@require_http_methods(["GET", "HEAD", "POST"])
def handouts(request: Request, pk: UUID) -> HttpResponseBase:
    """What the group may take along; the coach puts more there."""
    need = "meetings.add_handout" if request.method == "POST" else "meetings.view_handouts"
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need=need)
    let_go_of_database()
    return _handouts(request, meeting)


@csrf_protect
def _handouts(request: Request, meeting: Meeting) -> HttpResponse:
    adds = has_perm("meetings.add_handout", request.actor, meeting) and meeting.group.closed_at is None
    invitation = pages.standing_invitation(meeting)
    expert = invitation if invitation is not None and invitation.is_asked else None
    form = CoachsHandoutForm(sent(request), request.FILES or None, invitation=expert)
    if request.method == "POST" and accepted(
        form, lambda: services.add_handout(actor=request.actor, meeting=meeting, **form.values())
    ):
        messages.success(request, _("De hand-out staat er. De hele groep kan hem lezen."))
        return redirect("meetings:handouts", meeting.pk)
    context = {
        "meeting": meeting,
        "handouts": list(Handout.objects.of(meeting)),
        "form": form if adds else None,
        "user_id": request.actor.pk,
        "removes_all": has_perm("meetings.add_handout", request.actor, meeting),
    }
    return render(request, "meetings/handouts.html", context, status=status_of(form))


@require_safe
def handout(request: Request, pk: UUID) -> HttpResponseBase:
    """The file, to keep: never shown within the portal's own address."""
    found = get_for(request.actor, Handout, pk)
    if found.is_link:
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = Handout.Kind(found.kind)
    name = f"{slugify(found.title) or 'hand-out'}.{kind.value}"
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    let_go_of_database()
    return response


@posts_from("meetings:handouts", Handout, "meeting_id")
def remove_handout(request: Request, pk: UUID) -> HttpResponse:
    found = get_for(request.actor, Handout.objects.select_related("meeting__group"), pk, need="meetings.remove_handout")
    services.remove_handout(actor=request.actor, handout=found)
    messages.success(request, _("Weggehaald."))
    return redirect("meetings:handouts", found.meeting_id)


@login_not_required
@never_cache
@csrf_exempt  # As above: `_guest_adds` reads the token, when there is an expert whose link lives.
@posts_from("meetings:guest")
def guest_add_handout(request: Request) -> HttpResponseBase:
    """The expert puts a link or a file there, as long as the link of the mail lives."""
    guest = guest_of(request)
    if guest is None:
        return guest_pages.gone(request)
    invitation = get_for(guest, ExpertInvitation.objects.select_related("meeting__group"), guest.invitation_id)
    let_go_of_database()
    return _guest_adds(request, guest, invitation)


@csrf_protect
def _guest_adds(request: Request, guest: ExpertGuest, invitation: ExpertInvitation) -> HttpResponse:
    if not is_about(request, invitation.pk):
        return guest_pages.page(request, guest, was_about_another=True)
    form = HandoutForm(request.POST, request.FILES)
    added = accepted(
        form,
        lambda: services.add_handout(
            actor=guest, meeting=invitation.meeting, invitation=invitation, **form.cleaned_data
        ),
    )
    if added:
        return redirect("meetings:guest")
    return guest_pages.page(request, guest, handout_form=form)


@login_not_required
@never_cache
@posts_from("meetings:guest")
def guest_remove_handout(request: Request) -> HttpResponse:
    guest = guest_of(request)
    if guest is None:
        return guest_pages.gone(request)
    if not is_about(request, guest.invitation_id):
        return guest_pages.page(request, guest, was_about_another=True)
    own = Handout.objects.select_related("meeting__group")
    found = get_for(guest, own, _uuid(request.POST.get("handout", "")), need="meetings.remove_handout")
    services.remove_handout(actor=guest, handout=found)
    return redirect("meetings:guest")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
