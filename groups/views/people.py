"""The coach's pages about people: inviting, sending again, revoking, and taking someone out of the group."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import PeopleForm
from ..models import Invitation, Membership, NetworkGroup, user_of
from ..services import inviting, members


def invitations(request: Request, pk: UUID) -> HttpResponse:
    """Who was invited and how that stands, and a field to invite more."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    form = PeopleForm(sent(request), own_email=user_of(request.actor).email)
    if request.method == "POST" and (
        saved := accepted(
            form,
            lambda: inviting.invite_people(actor=request.actor, group=group, people=form.cleaned_data["people"]),
        )
    ):
        messages.success(request, _said_of(group, len(saved.row)))
        return redirect("groups:invitations", group.pk)
    shown = group.invitations.but_of_who_left().select_related("group").order_by("accepted_at", "created")
    context = {"group": group, "form": form, "invitations": shown}
    return render(request, "groups/group_invitations.html", context, status=status_of(form))


def _said_of(group: NetworkGroup, added: int) -> str:
    if not added:
        return _("Deze mensen doen al mee, of hebben al een uitnodiging.")
    if group.is_draft:
        return ngettext(
            "%(added)d uitnodiging staat klaar. Hij gaat de deur uit als je publiceert.",
            "%(added)d uitnodigingen staan klaar. Ze gaan de deur uit als je publiceert.",
            added,
        ) % {"added": added}
    return ngettext("%(added)d uitnodiging is onderweg.", "%(added)d uitnodigingen zijn onderweg.", added) % {
        "added": added
    }


@posts_from("groups:invitations", Invitation, "group_id")
def resend(request: Request, pk: UUID) -> HttpResponse:
    invited = get_for(request.actor, Invitation.objects.select_related("group"), pk, need="groups.change_invitation")
    sent_again = told(request, lambda: inviting.resend_invitation(actor=request.actor, invitation=invited))
    if sent_again and sent_again.row:
        messages.success(request, _("De uitnodiging aan %(email)s is onderweg.") % {"email": invited.email})
    elif sent_again:
        messages.info(request, _("De uitnodiging aan %(email)s is net al verstuurd.") % {"email": invited.email})
    return redirect("groups:invitations", invited.group_id)


@posts_from("groups:invitations", Invitation, "group_id")
def revoke(request: Request, pk: UUID) -> HttpResponse:
    invited = get_for(request.actor, Invitation.objects.select_related("group"), pk, need="groups.change_invitation")
    if inviting.revoke_invitation(actor=request.actor, invitation=invited):
        messages.success(request, _("De uitnodiging aan %(email)s geldt niet meer.") % {"email": invited.email})
    return redirect("groups:invitations", invited.group_id)


def remove(request: Request, pk: UUID) -> HttpResponse:
    """GET says exactly what goes and what stays; POST does it."""
    people = Membership.objects.current().participants().select_related("user", "group")
    membership = get_for(request.actor, people, pk, need="groups.remove_membership")
    if request.method == "POST":
        members.remove_member(actor=request.actor, membership=membership)
        messages.success(request, _("%(name)s zit niet meer in de groep.") % {"name": membership.name})
        return redirect(membership.group)
    maatjes = list(Membership.objects.maatjes_of(membership).with_names())
    context = {"group": membership.group, "membership": membership, "maatjes": maatjes}
    return render(request, "groups/member_remove.html", context)
