"""A question in which a pupil can be recognised: the coach holds it back, and says why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Leervraag
from ..pause_forms import HoldBackForm
from ..services import holding
from .gates import leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def hold_back(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.hold_back")
    form = HoldBackForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: holding.hold_back(actor=request.actor, leervraag=leervraag, **form.cleaned_data)
    ):
        name = {"name": leervraag.author.user.first_name}
        messages.success(request, _("Alleen %(name)s en jij zien de vraag nu, met wat je schreef.") % name)
        return redirect("leervragen:leervragen", leervraag.meeting_id)
    was_mailed = leervraag.mailings.exists()
    context = {"leervraag": leervraag, "meeting": leervraag.meeting, "form": form, "was_mailed": was_mailed}
    return render(request, "leervragen/hold_back.html", context, status=status_of(form))


@posts_from("leervragen:leervragen", Leervraag, "meeting_id")
def let_through(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.let_through")
    if told(request, lambda: holding.let_through(actor=request.actor, leervraag=leervraag)):
        messages.success(request, _("De groep leest de vraag weer."))
    return redirect("leervragen:leervragen", leervraag.meeting_id)
