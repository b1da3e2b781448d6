""" "Bedoel je …?": a member asks, and the asker alone reads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import ClarificationForm
from ..models import Clarification
from ..services import clarifying
from .gates import leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def clarify(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.ask_what_is_meant")
    form = ClarificationForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: clarifying.ask_what_is_meant(actor=request.actor, leervraag=leervraag, **form.cleaned_data)
    ):
        name = {"name": leervraag.author.user.first_name}
        messages.success(request, _("Gevraagd. Alleen %(name)s leest het.") % name)
        return redirect("leervragen:leervragen", leervraag.meeting_id)
    context = {"leervraag": leervraag, "meeting": leervraag.meeting, "form": form}
    return render(request, "leervragen/clarify.html", context, status=status_of(form))


@posts_from("leervragen:leervragen", Clarification, "leervraag.meeting_id")
def put_aside(request: Request, pk: UUID) -> HttpResponse:
    clarification = get_for(request.actor, Clarification.objects.select_related("leervraag"), pk)
    clarifying.put_aside(actor=request.actor, clarification=clarification)
    return redirect("leervragen:leervragen", clarification.leervraag.meeting_id)
