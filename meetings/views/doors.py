"""Coming in by the QR on the Scherm: what the coach does, and the pages of who knocks.

Before the coach let someone in, these pages say nothing of the group, and the same to every address
(docs/security.md X4).
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.in_room import hold_in_room
from groups.models import User
from groups.rules import is_member
from netwerkleren.base import limits
from netwerkleren.base.access import Actor, get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..door_forms import KnockForm
from ..doors import find_door, own_knock, own_knock_id, path_of, remember_knock
from ..models import Knock, Meeting
from ..services import doors


@posts_from("meetings:lead", Meeting)
def show_door(request: Request, pk: UUID) -> HttpResponse:
    """The QR on the Scherm, or off it; who leads the day decides on no people."""
    meeting = get_for(request.actor, Meeting, pk, need="groups.change_invitation")
    change = doors.open_door if request.POST.get("shown") == "1" else doors.shut_door
    told(request, lambda: change(actor=request.actor, meeting=meeting))
    return redirect("meetings:lead", pk)


@posts_from("meetings:lead", Knock, "door.meeting_id")
def let_in(request: Request, pk: UUID) -> HttpResponse:
    knock = get_for(request.actor, Knock.objects.select_related("door__meeting__group"), pk)
    version = request.POST.get("version", "")
    if told(request, lambda: doors.let_in(actor=request.actor, knock=knock, version=version)):
        messages.success(request, _("%(name)s kan binnenkomen.") % {"name": knock.name})
    return redirect("meetings:lead", knock.door.meeting_id)


@posts_from("meetings:lead", Knock, "door.meeting_id")
def turn_away(request: Request, pk: UUID) -> HttpResponse:
    knock = get_for(request.actor, Knock.objects.select_related("door__meeting"), pk)
    doors.turn_away(actor=request.actor, knock=knock)
    return redirect("meetings:lead", knock.door.meeting_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Request, code: str) -> HttpResponse:
    """Where the QR leads. A wrong code, a door that is shut and a meeting that is over are one 404."""
    limits.check_link(request)
    found = find_door(code)
    if found is None:
        limits.count_wrong_link(request)
        return _quiet(render(request, "meetings/door_shut.html", status=404))
    if is_member(request.actor, found.meeting):
        return redirect("meetings:detail", found.meeting_id)
    form = KnockForm(sent(request), initial=_known_of(request.actor))
    own = own_knock_id(request)

    def knock() -> Knock:
        limits.use_knock(request)
        return doors.add_knock(actor=request.actor, door=found, own=own, **form.values())

    if request.method == "POST" and (saved := accepted(form, knock)):
        remember_knock(request, saved.row)
        return redirect("meetings:waiting")
    return _quiet(render(request, "meetings/door.html", {"form": form}, status=status_of(form)))


def _known_of(actor: Actor) -> dict[str, str]:
    return {"name": actor.name, "email": actor.email} if isinstance(actor, User) else {}


@login_not_required
@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """What became of one's knock; who may go on is led to the page of the invitation."""
    knock = own_knock(request)
    if knock is None:
        return _quiet(render(request, "meetings/door_shut.html", {"waited": True}, status=404))
    if knock.let_in_at is None:
        again = path_of(knock.door) if knock.door.is_open else ""
        return _quiet(render(request, "meetings/door_waiting.html", {"knock": knock, "again": again}))
    if is_member(request.actor, knock.door.meeting):
        return redirect("meetings:detail", knock.door.meeting_id)
    if _may_go_on(request.actor, knock) and knock.invitation and hold_in_room(request, knock.invitation):
        return redirect("groups:invitation")
    return _quiet(render(request, "meetings/door_open_mail.html", {"knock": knock}))


def _may_go_on(actor: Actor, knock: Knock) -> bool:
    """Without the mail: whose address is known by their login, or to the coach who let them in.

    Of an address that has an account, the page of the invitation makes no second one: it asks to log in.
    """
    if isinstance(actor, User):
        return actor.email.lower() == knock.email
    return knock.is_known


@login_not_required
@never_cache
@require_safe
def waiting_state(request: Request) -> HttpResponse:
    """For the page that waits: one word, and nothing of what it is about."""
    knock = own_knock(request)
    state = "gone" if knock is None else "waiting" if knock.let_in_at is None else "in"
    return _quiet(HttpResponse(state, content_type="text/plain"))


def _quiet(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
