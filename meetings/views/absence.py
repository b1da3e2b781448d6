"""The button of a deelnemer who cannot come, and its undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Meeting
from ..services import absences


@posts_from("meetings:detail", Meeting)
def absence(request: Request, pk: UUID) -> HttpResponse:
    """`absent` is what is wanted: 1, or 0 for who can come after all."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.say_absent")
    own = membership_of(request.actor, meeting)
    assert own is not None
    absent = request.POST.get("absent") == "1"
    saved = told(
        request,
        lambda: absences.set_absent(actor=request.actor, meeting=meeting, membership=own, absent=absent),
    )
    if saved and saved.row:
        said = _("Je bent afgemeld. Je coach krijgt bericht.") if absent else _("Fijn, je komt toch.")
        messages.success(request, said)
    return redirect("meetings:detail", pk)
