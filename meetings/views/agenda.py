"""Changing the agenda, one press or one small form at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import AgendaItemForm, NewAgendaItemForm
from ..models import AgendaItem, Meeting
from ..services import agenda_items
from ..timeline import plan_of


def agenda(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_agenda")
    form = NewAgendaItemForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: agenda_items.add_item(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        return redirect("meetings:agenda", pk)
    plan = plan_of(meeting, list(meeting.agenda.all()))
    context = {"meeting": meeting, "plan": plan, "form": form}
    return render(request, "meetings/meeting_agenda.html", context, status=status_of(form))


def edit_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    item = _item(request, pk, item_pk)
    form = AgendaItemForm(sent(request), instance=item)
    if request.method == "POST" and accepted(
        form, lambda: agenda_items.change_item(actor=request.actor, item=item, **form.cleaned_data)
    ):
        return redirect("meetings:agenda", pk)
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "meetings/agendaitem_edit.html", context, status=status_of(form))


@posts_from("meetings:agenda", Meeting)
def move_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    """To the place that the button names, so that a second press on the same button changes nothing."""
    item = _item(request, pk, item_pk)
    position = request.POST.get("position", "")
    if position.isdecimal():
        told(request, lambda: agenda_items.move_item(actor=request.actor, item=item, position=int(position[:4])))
    return redirect("meetings:agenda", pk)


@posts_from("meetings:agenda", Meeting)
def remove_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    item = _item(request, pk, item_pk)
    if told(request, lambda: agenda_items.remove_item(actor=request.actor, item=item)):
        messages.success(request, _("“%(title)s” is van de agenda.") % {"title": item.title})
    return redirect("meetings:agenda", pk)


@posts_from("meetings:agenda", Meeting)
def reset_agenda(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_agenda")
    if told(request, lambda: agenda_items.reset_agenda(actor=request.actor, meeting=meeting)):
        messages.success(request, _("De standaardagenda staat er weer."))
    return redirect("meetings:agenda", pk)


def _item(request: Request, pk: UUID, item_pk: UUID) -> AgendaItem:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_agenda")
    item = get_object_or_404(meeting.agenda, pk=item_pk)
    item.meeting = meeting
    return item
