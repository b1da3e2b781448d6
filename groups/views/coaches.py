"""Who leads the group: the coaches, a member who becomes one, someone new, and stepping back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.request import Request

from ..forms import PeopleForm
from ..models import Invitation, Membership, NetworkGroup, user_of
from ..rules import membership_of
from ..services import coaching, inviting


def coaches(request: Request, pk: UUID) -> HttpResponse:
    """Who leads the group now, whom of its members to make coach, and a field to invite someone new."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.make_coach")
    form = PeopleForm(sent(request), own_email=user_of(request.actor).email)
    if request.method == "POST" and (
        saved := accepted(
            form,
            lambda: inviting.invite_people(
                actor=request.actor, group=group, people=form.cleaned_data["people"], role=Membership.Role.COACH
            ),
        )
    ):
        messages.success(request, _said_of(group, saved.row))
        return redirect("groups:coaches", group.pk)
    members = list(Membership.objects.current().filter(group=group).with_people())
    invited = group.invitations.unanswered().filter(role=Membership.Role.COACH)
    context = {
        "group": group,
        "form": form,
        "own": membership_of(request.actor, group),
        "coaches": [member for member in members if member.is_coach],
        "participants": [member for member in members if not member.is_coach],
        "invitations": invited.select_related("group"),
    }
    return render(request, "groups/coaches.html", context, status=status_of(form))


def _said_of(group: NetworkGroup, added: list[Invitation]) -> str:
    if not added:
        return _("Deze mensen doen al mee, of hebben al een uitnodiging. Wie al meedoet, maak je hier coach.")
    if group.is_draft:
        return _("De uitnodiging staat klaar. Hij gaat de deur uit als je publiceert.")
    return _("De uitnodiging is onderweg.")


def make_coach(request: Request, pk: UUID) -> HttpResponse:
    """GET says what a coach may; POST does it."""
    people = Membership.objects.current().participants().select_related("user", "group")
    membership = get_for(request.actor, people, pk, need="groups.make_coach")
    if request.method == "POST":
        if told(request, lambda: coaching.make_coach(actor=request.actor, membership=membership)):
            messages.success(request, _("%(name)s is nu ook coach.") % {"name": membership.name})
        return redirect("groups:coaches", membership.group_id)
    maatjes = list(Membership.objects.maatjes_of(membership).with_names())
    context = {"group": membership.group, "membership": membership, "maatjes": maatjes}
    return render(request, "groups/make_coach.html", context)


def step_back(request: Request, pk: UUID) -> HttpResponse:
    """GET says what goes; POST does it, and with `leave` takes the actor out of the group as well."""
    people = Membership.objects.current().coaches().select_related("user", "group")
    membership = get_for(request.actor, people, pk, need="groups.step_back")
    leave = "leave" in request.POST
    if request.method == "POST":
        if not told(request, lambda: coaching.step_back(actor=request.actor, membership=membership, leave=leave)):
            return redirect("groups:coaches", membership.group_id)
        messages.success(request, _("Je bent geen coach meer van %(group)s.") % {"group": membership.group})
        return redirect("roof:groups") if leave else redirect(membership.group)
    others = Membership.objects.current().coaches().filter(group=membership.group).exclude(pk=membership.pk)
    context = {"group": membership.group, "membership": membership, "others": list(others.with_names())}
    return render(request, "groups/step_back.html", context)
