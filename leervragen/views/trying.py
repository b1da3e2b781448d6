""" "Heb je het geprobeerd?": asked of the asker alone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import TriedForm
from ..models import Leervraag, Tried
from ..services import trying
from .gates import leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def tried(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.say_tried")
    said = Tried.objects.filter(leervraag=leervraag).first() or Tried(leervraag=leervraag)
    form = TriedForm(sent(request), instance=said)
    if request.method == "POST" and accepted(
        form, lambda: trying.tell_tried(actor=request.actor, leervraag=leervraag, **form.cleaned_data)
    ):
        messages.success(request, _("Genoteerd bij je vraag."))
        return redirect("leervragen:group_questions", leervraag.meeting.group_id)
    context = {"leervraag": leervraag, "group": leervraag.meeting.group, "form": form, "tried": said}
    return render(request, "leervragen/tried.html", context, status=status_of(form))


@posts_from("leervragen:tried", Leervraag)
def not_tried(request: Request, pk: UUID) -> HttpResponse:
    """From the card on Vandaag, and from the page of the question: one comes back to Vandaag."""
    leervraag = leervraag_for(request, pk, "leervragen.say_tried")
    reply = request.POST.get("reply", "")
    if told(request, lambda: trying.answer_not_tried(actor=request.actor, leervraag=leervraag, reply=reply)):
        messages.success(request, _("Goed, dat is genoteerd. Bij je vraag kun je het altijd nog vertellen."))
    return redirect("roof:home")
