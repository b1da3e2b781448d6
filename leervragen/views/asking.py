"""Handing in leervragen, and sending them to the expert."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.models import user_of
from meetings.models import Meeting
from netwerkleren.base.access import DeviceThatAdds
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import AddedLeervraagForm, ChangeLeervraagForm, NewLeervraagForm
from ..models import Leervraag
from ..pages import leervragen_page, letters_lost, own_questions
from ..services import asking, mailing
from .gates import leervraag_for, meeting_for

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@read_or_send
def leervragen(request: Request, pk: UUID) -> HttpResponse:
    """Everyone's questions for a meeting, and the form for the own one; on an own phone while nobody is signed in, the
    own ones and no more."""
    meeting = meeting_for(request, pk, "leervragen.add_leervraag")
    if isinstance(request.actor, DeviceThatAdds):
        return hand_in_only(request, request.actor, meeting)
    form = NewLeervraagForm(sent(request), actor=request.actor, meeting=meeting)
    if request.method == "POST" and (
        handed_in := accepted(form, lambda: asking.hand_in(actor=request.actor, meeting=meeting, **form.values()))
    ):
        messages.success(request, _("Je leervraag is binnen."))
        _name_letters_lost(request, handed_in.row)
        return redirect("leervragen:leervragen", meeting.pk)
    context = {**leervragen_page(meeting, request.actor), "form": form}
    return render(request, "leervragen/leervraag_list.html", context, status=status_of(form))


def hand_in_only(request: Request, phone: DeviceThatAdds, meeting: Meeting) -> HttpResponse:
    """Nothing of others, and no fragment."""
    owner = user_of(phone.owner)
    if meeting.group.closed_at is not None:
        raise Http404
    form = AddedLeervraagForm(sent(request), actor=owner, meeting=meeting)
    if request.method == "POST" and accepted(
        form, lambda: asking.hand_in(actor=owner, meeting=meeting, **form.values())
    ):
        messages.success(request, _("Je leervraag is binnen."))
        return redirect("leervragen:leervragen", meeting.pk)
    context = {"form": form, "adds_for": owner, "meeting": meeting, "own": own_questions(meeting, owner)}
    return render(request, "leervragen/leervraag_add.html", context, status=status_of(form))


def _name_letters_lost(request: Request, leervraag: Leervraag) -> None:
    """Said to who can still write it otherwise, before it is in the PDF for the expert."""
    if lost := letters_lost(leervraag):
        told_of = _(
            "Deze tekens kunnen we niet printen: %(letters)s. In de pdf voor de expert staat daar een leeg hokje."
        )
        messages.warning(request, told_of % {"letters": " ".join(lost)})


@posts_from("leervragen:leervragen", Meeting)
def not_this_time(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_for(request, pk, "leervragen.add_leervraag")
    if told(request, lambda: asking.say_not_this_time(actor=request.actor, meeting=meeting)):
        messages.success(request, _("Deze keer niet, dat is genoteerd. Bedenk je nog iets, dan kan dat altijd."))
    return redirect("leervragen:leervragen", meeting.pk)


@posts_from("leervragen:leervragen", Meeting)
def send_to_expert(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_for(request, pk, "leervragen.send_leervragen")
    sending = told(request, lambda: mailing.send_now(actor=request.actor, meeting=meeting))
    if sending and sending.row:
        name = {"name": sending.row.invitation.expert.name}
        messages.success(request, _("De leervragen zijn onderweg naar %(name)s.") % name)
    elif sending:
        messages.info(request, _("De expert heeft alle leervragen al."))
    return redirect("leervragen:leervragen", meeting.pk)


@read_or_send
def change(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.change_leervraag")
    form = ChangeLeervraagForm(sent(request), instance=leervraag, owner=leervraag.author)
    if request.method == "POST" and (
        changed := accepted(
            form, lambda: asking.change_leervraag(actor=request.actor, leervraag=leervraag, **form.values())
        )
    ):
        is_back = leervraag.is_held_back and not changed.row.is_held_back
        messages.success(request, _("Je leervraag is weer binnen.") if is_back else _("Je leervraag is aangepast."))
        _name_letters_lost(request, changed.row)
        return redirect("leervragen:leervragen", leervraag.meeting_id)
    was_mailed = leervraag.mailings.exists()
    context = {"leervraag": leervraag, "meeting": leervraag.meeting, "form": form, "was_mailed": was_mailed}
    return render(request, "leervragen/leervraag_change.html", context, status=status_of(form))


@posts_from("leervragen:leervragen", Leervraag, "meeting_id")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.change_leervraag")
    if told(request, lambda: asking.withdraw_leervraag(actor=request.actor, leervraag=leervraag)):
        messages.success(request, _("Je leervraag is ingetrokken."))
    return redirect("leervragen:leervragen", leervraag.meeting_id)
