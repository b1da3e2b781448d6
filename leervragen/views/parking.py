"""The Parkeerplaats of a group: what lies there, why and whose, and what the group does with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import ExpertChoiceForm, TakeUpForm
from ..models import Leervraag
from ..parked import ParkedPage
from ..services import mailing, parking
from .gates import leervraag_for


@require_GET
def parked(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    return _page(request, ParkedPage.of(group, request.actor))


@posts_from("leervragen:parked", Leervraag, "meeting.group_id")
def take_up(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.take_up_leervraag")
    page = ParkedPage.of(leervraag.meeting.group, request.actor)
    form = TakeUpForm(request.POST, meetings=page.meetings, prefix=str(pk))
    taken = accepted(form, lambda: parking.take_up(actor=request.actor, leervraag=leervraag, **form.cleaned_data))
    if taken is None:
        return _page(request, page, form)
    where = {"name": taken.row.meeting.number_name.lower()}
    messages.success(request, _("De vraag gaat mee naar %(name)s.") % where)
    return _back(leervraag)


@posts_from("leervragen:parked", Leervraag, "meeting.group_id")
def send_parked(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.send_parked")
    page = ParkedPage.of(leervraag.meeting.group, request.actor)
    form = ExpertChoiceForm(request.POST, experts=page.experts, prefix=str(pk))
    if sending := accepted(
        form, lambda: mailing.send_parked(actor=request.actor, leervraag=leervraag, **form.cleaned_data)
    ):
        name = {"name": sending.row.invitation.expert.name}
        messages.success(request, _("De vraag is onderweg naar %(name)s. Hij blijft ook hier liggen.") % name)
        return _back(leervraag)
    return _page(request, page, form)


@posts_from("leervragen:parked", Leervraag, "meeting.group_id")
def let_go(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.let_go_leervraag")
    if told(request, lambda: parking.let_go(actor=request.actor, leervraag=leervraag)):
        messages.success(request, _("Losgelaten. Onderaan kun je de vraag terugleggen."))
    return _back(leervraag)


@posts_from("leervragen:parked", Leervraag, "meeting.group_id")
def lay_back(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.take_up_leervraag")
    if told(request, lambda: parking.lay_back(actor=request.actor, leervraag=leervraag)):
        messages.success(request, _("De vraag ligt weer op de Parkeerplaats."))
    return _back(leervraag)


def _page(request: Request, page: ParkedPage, refused: TakeUpForm | ExpertChoiceForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "group": page.group, "rows": page.rows(refused)}
    return render(request, "leervragen/parked.html", context, status=status_of(*([refused] if refused else [])))


def _back(leervraag: Leervraag) -> HttpResponse:
    return redirect("leervragen:parked", leervraag.meeting.group_id)
