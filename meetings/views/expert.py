"""The coach asks an expert."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from .. import pages
from ..forms import ExpertForm
from ..models import PITCH_MINUTES, ExpertInvitation, Meeting
from ..services import experts


def invite_expert(request: Request, pk: UUID) -> HttpResponse:
    """Who stands now, and a form as long as nobody is asked or the one asked cannot come."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.invite_expert")
    # Whom the group agreed on, from its wishes.
    form = ExpertForm(sent(request), meeting=meeting, initial={"name": asked(request, "name") or ""})
    if request.method == "POST" and accepted(
        form, lambda: experts.invite_expert(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("De uitnodiging is onderweg. Je krijgt een mail zodra er een antwoord is."))
        return redirect("meetings:invite_expert", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "invitation": pages.standing_invitation(meeting),
        "pitch_minutes": PITCH_MINUTES,
    }
    return render(request, "meetings/expert_invite.html", context, status=status_of(form))


@posts_from("meetings:invite_expert", ExpertInvitation, "meeting_id")
def resend_expert(request: Request, pk: UUID) -> HttpResponse:
    invitation = _invitation(request, pk)
    person = {"name": invitation.expert.name}

    again = told(request, lambda: experts.resend_invitation(actor=request.actor, invitation=invitation))
    if again and again.row:
        messages.success(request, _("De uitnodiging aan %(name)s is onderweg.") % person)
    elif again:
        messages.info(request, _("De uitnodiging aan %(name)s is net al verstuurd.") % person)
    return redirect("meetings:invite_expert", invitation.meeting_id)


@posts_from("meetings:invite_expert", ExpertInvitation, "meeting_id")
def revoke_expert(request: Request, pk: UUID) -> HttpResponse:
    invitation = _invitation(request, pk)
    is_told = experts.revoke_invitation(actor=request.actor, invitation=invitation)
    words = _("Ingetrokken. %(name)s krijgt een mail.") if is_told else _("Ingetrokken.")
    messages.success(request, words % {"name": invitation.expert.name})
    return redirect("meetings:invite_expert", invitation.meeting_id)


def _invitation(request: Request, pk: UUID) -> ExpertInvitation:
    invitations = ExpertInvitation.objects.select_related("meeting__group", "expert")
    return get_for(request.actor, invitations, pk, need="meetings.invite_expert")
