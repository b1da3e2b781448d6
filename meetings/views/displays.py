"""The digibord of a school: its own pages without an account, and how who leads takes it on (docs/security.md X5)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from groups.models import memberships_of, user_of
from netwerkleren.base import limits
from netwerkleren.base.access import DisplayThatShows, get_for, is_user
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..display_forms import DisplayCodeForm
from ..displays import DISPLAY_COOKIE, address, held_display, qr_to_take, remember
from ..models import Display, Meeting, is_display_code, meetings_of
from ..services import displays
from .screen import show_screen


@login_not_required
@never_cache
@require_safe
def display(request: Request) -> HttpResponse:
    """What stands on the board: the Scherm of the meeting that took it on, or else a code.

    A browser is a board or someone's, never both: who is signed in has rights of their own on it.
    """
    if isinstance(request.actor, DisplayThatShows):
        return show_screen(request, get_for(request.actor, Meeting.objects.with_facts(), request.actor.meeting_id))
    if is_user(request.actor) or request.actor.is_guest:
        return _quiet(render(request, "meetings/display_taken.html", {"address": address()}))
    held, secret = held_display(request), request.COOKIES.get(DISPLAY_COOKIE, "")
    is_over = held is not None and held.was_taken
    if held is None or is_over:
        limits.use_display(request)
        shown, secret = displays.add_display(actor=request.actor, instead_of=held)
    else:
        shown = displays.renew_code(actor=request.actor, display=held)
    context = {"display": shown, "is_over": is_over, "qr": qr_to_take(shown)}
    response = _quiet(render(request, "meetings/display_waiting.html", context))
    # Each time anew, so that a board which waited long does not lose its meeting halfway.
    remember(response, secret)
    return response


@login_not_required
@never_cache
@require_safe
def display_state(request: Request) -> HttpResponse:
    """For the board that waits: one word. Anything but "waiting" makes its page come anew."""
    held = held_display(request)
    return _quiet(HttpResponse("waiting" if held and held.is_waiting else "news", content_type="text/plain"))


@require_GET
def take_display(request: Request, code: str) -> HttpResponse:
    """Where the QR of a board leads: for which meeting of today is it? No code is looked up here, so none is told."""
    if not is_display_code(code):
        raise Http404
    user = user_of(request.actor)
    open_groups = {own.group_id for own in memberships_of(user) if own.group.closed_at is None}
    mine = [one for one in meetings_of(user) if one.takes_displays and one.group_id in open_groups]
    meetings = [meeting for meeting in mine if has_perm("meetings.lead_meeting", request.actor, meeting)]
    return render(request, "meetings/display_take.html", {"code": code, "meetings": meetings})


def couple_display(request: Request, pk: UUID) -> HttpResponse:
    """The code that someone read on the board; one that is none, or was used, is the same answer."""
    meeting = get_for(request.actor, Meeting.objects.select_related("group"), pk, need="meetings.lead_meeting")
    form = DisplayCodeForm(sent(request))

    def take_on() -> Display:
        limits.check_display_code(request, request.actor.pk)
        return displays.take_on(actor=request.actor, meeting=meeting, code=form.cleaned_data["code"])

    if request.method == "POST":
        if accepted(form, take_on):
            messages.success(request, _("Gekoppeld. Het bord laat nu het Scherm zien."))
            return redirect("meetings:lead", pk)
        if form.has_error("code", displays.NO_SUCH_CODE):
            limits.count_wrong_display_code(request, request.actor.pk)
    context = {"meeting": meeting, "form": form, "address": address()}
    return render(request, "meetings/display_couple.html", context, status=status_of(form))


@posts_from("meetings:lead", Display, "meeting_id")
def let_go_display(request: Request, pk: UUID) -> HttpResponse:
    shown = get_for(request.actor, Display.objects.select_related("meeting"), pk, need="meetings.lead_meeting")
    if told(request, lambda: displays.let_go(actor=request.actor, display=shown)):
        messages.success(request, _("Losgekoppeld. Het bord laat niets meer zien."))
    return redirect("meetings:lead", shown.meeting_id)


def _quiet(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
