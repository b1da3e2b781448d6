"""The first visit of who joined a group: three small steps on Vandaag, each taken or skipped, and then gone."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.forms import FirstThoughtForm
from groups.models import Membership, NetworkGroup, User, memberships_of
from groups.rules import membership_of
from groups.services import first_visit
from meetings.models import Meeting
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.mail import absolute
from netwerkleren.base.posts import posts_from
from netwerkleren.base.qr import qr_of
from netwerkleren.base.request import Request

STEPS_IN_ADDRESS = {"agenda": "agenda", "thought": "eerste-zin", "phone": "telefoon"}


@dataclass(frozen=True)
class FirstVisit:
    """The group that someone is new in, and which steps are left; the form of the first sentence where it is one."""

    own: Membership
    steps: list[str]
    meeting: Meeting | None
    form: FirstThoughtForm | None


def first_visit_of(user: User, to_come: list[Meeting]) -> FirstVisit | None:
    """In the group that was joined first; None for who is new nowhere. Asks nothing of the database."""
    for own in memberships_of(user):
        steps = own.open_steps
        if steps and own.group.closed_at is None and not own.group.is_draft:
            meeting = next((meeting for meeting in to_come if meeting.group_id == own.group_id), None)
            return FirstVisit(own, steps, meeting, FirstThoughtForm(membership=own) if "thought" in steps else None)
    return None


@posts_from("roof:home", NetworkGroup, "")
def first_step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Taken, which leads there, or skipped."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.visit_first")
    own = membership_of(request.actor, group)
    assert own is not None
    told(request, lambda: first_visit.finish_step(actor=request.actor, membership=own, step=step))
    if request.POST.get("skip"):
        return redirect("roof:home")
    if step == "phone":
        return redirect("roof:on_phone")
    meeting = Meeting.objects.visible_to(request.actor).filter(group=group).upcoming().first()
    return redirect("meetings:detail", meeting.pk) if meeting and step == "agenda" else redirect(group)


@require_GET
def on_phone(request: Request) -> HttpResponse:
    """How to have the portal at hand on one's own phone."""
    address = absolute("/")
    context = {"address": address, "qr": qr_of(address, _("QR-code van het portaal"))}
    return render(request, "roof/on_phone.html", context)
