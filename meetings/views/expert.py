"""The coach asks an expert."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netwerkleren.base.access import get_for
from netwerkleren.base.request import Request

from .. import pages, services
from ..forms import ExpertForm, accepted
from ..models import PITCH_MINUTES, ExpertInvitation, Meeting
from .told import told


def invite(request: Request, pk: UUID) -> HttpResponse:
    """Who stands now, and a form as long as nobody is asked or the one asked cannot come."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.invite_expert")
    form = ExpertForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and accepted(
        form, lambda: services.invite_expert(request.actor, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("De uitnodiging is onderweg. Je krijgt een mail zodra er een antwoord is."))
        return redirect("meetings:expert", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "invitation": pages.standing_invitation(meeting),
        "pitch_minutes": PITCH_MINUTES,
    }
    return render(request, "meetings/expert_invite.html", context)


@require_POST
def resend(request: Request, pk: UUID) -> HttpResponse:
    invitation = _invitation(request, pk)
    person = {"name": invitation.expert.name}

    def send() -> None:
        if services.resend_invitation(request.actor, invitation=invitation):
            messages.success(request, _("De uitnodiging aan %(name)s is onderweg.") % person)
        else:
            messages.info(request, _("De uitnodiging aan %(name)s is net al verstuurd.") % person)

    told(request, send)
    return redirect("meetings:expert", invitation.meeting_id)


@require_POST
def revoke(request: Request, pk: UUID) -> HttpResponse:
    invitation = _invitation(request, pk)
    services.revoke_invitation(request.actor, invitation=invitation)
    messages.success(request, _("Ingetrokken. %(name)s krijgt een mail.") % {"name": invitation.expert.name})
    return redirect("meetings:expert", invitation.meeting_id)


def _invitation(request: Request, pk: UUID) -> ExpertInvitation:
    invitations = ExpertInvitation.objects.select_related("meeting__group", "expert")
    return get_for(request.actor, invitations, pk, need="meetings.invite_expert")
