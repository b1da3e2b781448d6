"""An answer in writing: one page, the same for a member and for the expert by link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.actors import ExpertGuest
from netwerkleren.base.forms import accepted, is_about, sent, status_of
from netwerkleren.base.request import Request

from ..forms import WrittenAnswerForm
from ..models import WrittenAnswer
from ..services import writing
from .gates import leervraag_for


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_answer(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.write_answer")
    actor = request.actor
    written = list(WrittenAnswer.objects.filter(leervraag=leervraag).with_writers())
    own = WrittenAnswer.objects.of(actor).filter(leervraag=leervraag).first() or WrittenAnswer(leervraag=leervraag)
    form = WrittenAnswerForm(sent(request), instance=own)
    is_guest = isinstance(actor, ExpertGuest)
    if request.method == "POST" and is_guest and not is_about(request, actor.pk):
        form.add_error(None, _("Je opende intussen een andere uitnodiging. Stuur je antwoord nog eens."))
    elif request.method == "POST" and accepted(
        form, lambda: writing.write_answer(actor=actor, leervraag=leervraag, **form.cleaned_data)
    ):
        if is_guest:
            return redirect("meetings:guest")
        messages.success(request, _("Je antwoord staat bij de vraag."))
        return redirect("leervragen:leervragen", leervraag.meeting_id)
    context = {
        "leervraag": leervraag,
        "meeting": leervraag.meeting,
        "form": form,
        "guest": actor if is_guest else None,
        "others": [one for one in written if one.pk != own.pk],
    }
    response = render(request, "leervragen/write_answer.html", context, status=status_of(form))
    response["X-Robots-Tag"] = "noindex, nofollow"  # As every page of the expert's.
    return response
