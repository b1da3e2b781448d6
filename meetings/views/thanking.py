"""Bedank de expert: a text of ours that the coach changes first, and sends once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import user_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.request import Request

from ..models import ExpertInvitation, Thanks
from ..news import EXPERT_THANKS
from ..points import questions_became
from ..services import thanking
from ..thanks_forms import ThanksForm
from ..was_held import check_may_be_thanked


def thank_expert(request: Request, pk: UUID) -> HttpResponse:
    rows = ExpertInvitation.objects.select_related("meeting__group", "meeting__topic", "expert")
    rows = rows.annotate(thanks_status=OutgoingMail.objects.latest_status(EXPERT_THANKS))
    invitation = get_for(request.actor, rows, pk, need="meetings.invite_expert")
    if request.method != "POST" and not told(request, lambda: check_may_be_thanked(invitation)):
        return redirect("meetings:detail", invitation.meeting_id)
    form = ThanksForm(sent(request), initial={"text": _words(request, invitation)})
    if request.method == "POST" and accepted(
        form, lambda: thanking.thank_expert(actor=request.actor, invitation=invitation, **form.cleaned_data)
    ):
        return redirect("meetings:thank_expert", pk)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "form": form,
        "thanks": Thanks.objects.filter(invitation=invitation).select_related("sent_by").first(),
    }
    return render(request, "meetings/thank_expert.html", context, status=status_of(form))


def _words(request: Request, invitation: ExpertInvitation) -> str:
    """What we propose: thanks, what became of the questions in numbers, and nobody's name but the two who write."""
    meeting = invitation.meeting
    parts = [
        _("Beste %(name)s,") % {"name": invitation.expert.name},
        _("Dank je wel dat je bij ons was voor “%(meeting)s”.") % {"meeting": meeting.title},
        *filter(None, questions_became.collect(meeting)),
        _("Hartelijke groet, ook namens de groep,") + "\n" + user_of(request.actor).first_name,
    ]
    return "\n\n".join(parts)
