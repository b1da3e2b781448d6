"""One's own afspraken, answered on Vandaag."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Agreement
from ..services import talk


@posts_from("meetings:detail", Agreement, "meeting_id")
def answer_agreement(request: Request, pk: UUID) -> HttpResponse:
    """Gedaan, nog bezig, hoeft niet meer, or none of these after all."""
    rows = Agreement.objects.select_related("owner", "meeting")
    agreement = get_for(request.actor, rows, pk, need="meetings.answer_agreement")
    reply = request.POST.get("reply", "")
    told(request, lambda: talk.answer_agreement(actor=request.actor, agreement=agreement, reply=reply))
    return redirect("roof:home")
