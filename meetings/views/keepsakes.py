"""Geef door, at the afsluiting: off until someone of the group turns it on."""

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..keepsakes import KeepsakeForm, own_cards
from ..models import Keepsake, Meeting
from ..services import keepsakes as dealing


def _closing(request: Request, pk: UUID) -> Meeting:
    closing = Meeting.objects.filter(kind=Meeting.Kind.CLOSING).with_facts()
    return get_for(request.actor, closing, pk, need="meetings.write_evaluation")


@require_GET
def keepsakes(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, _closing(request, pk))


def _page(request: Request, meeting: Meeting, refused: BaseForm | None = None) -> HttpResponse:
    cards = own_cards(meeting, request.actor)
    form = refused or (KeepsakeForm(instance=cards.to_give) if cards.to_give else None)
    context = {"meeting": meeting, "cards": cards, "form": form}
    status = status_of(refused) if refused else 200
    return render(request, "meetings/keepsakes.html", context, status=status)


@posts_from("meetings:keepsakes", Meeting)
def deal_keepsakes(request: Request, pk: UUID) -> HttpResponse:
    meeting = _closing(request, pk)
    told(request, lambda: dealing.deal_keepsakes(actor=request.actor, meeting=meeting))
    return redirect("meetings:keepsakes", pk)


@posts_from("meetings:keepsakes", Meeting)
def take_keepsakes_back(request: Request, pk: UUID) -> HttpResponse:
    meeting = _closing(request, pk)
    told(request, lambda: dealing.take_keepsakes_back(actor=request.actor, meeting=meeting))
    return redirect("meetings:keepsakes", pk)


@posts_from("meetings:keepsakes", Keepsake, "meeting_id")
def give_keepsake(request: Request, pk: UUID) -> HttpResponse:
    cards = Keepsake.objects.select_related("meeting__group", "giver__user", "receiver__user")
    keepsake = get_for(request.actor, cards, pk, need="meetings.give_keepsake")
    form = KeepsakeForm(request.POST, instance=keepsake)
    if accepted(form, lambda: dealing.give_keepsake(actor=request.actor, keepsake=keepsake, **form.cleaned_data)):
        name = keepsake.receiver.user.first_name
        messages.success(request, _("%(name)s kan je kaartje nu lezen. Verder niemand.") % {"name": name})
        return redirect("meetings:keepsakes", keepsake.meeting_id)
    return _page(request, keepsake.meeting, form)
