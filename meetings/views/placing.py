"""A meeting more, one on another place, one less. Each page first says what changes for whom, and then does it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.request import Request

from ..content import is_empty
from ..models import Meeting
from ..placing_forms import SEEN, MeetingPlaceForm, NewMeetingForm, RemoveForm
from ..points import meeting_leaves
from ..rehearsal import Rehearsed, rehearse, rehearse_if_it_can
from ..services import placing


def add(request: Request, group_pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, group_pk, need="groups.change_networkgroup")
    form = NewMeetingForm(sent(request), traject=_traject(group))
    form.free = group.free_weeks.all().as_facts()

    def make() -> Meeting:
        return placing.add_meeting(actor=request.actor, group=group, **form.values())

    if SEEN in request.POST and (saved := accepted(form, make)):
        messages.success(request, _("De bijeenkomst staat erbij."))
        return redirect("meetings:detail", saved.row.pk)
    context = {"group": group, "form": form, "told": _rehearsed(request, group, form, make)}
    return render(request, "meetings/meeting_add.html", context, status=status_of(form))


def move(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    form = MeetingPlaceForm(sent(request), meeting=meeting, traject=_traject(meeting.group))
    form.free = meeting.group.free_weeks.all().as_facts()

    def put() -> Meeting:
        return placing.move_meeting(actor=request.actor, meeting=meeting, **form.values())

    if SEEN in request.POST and accepted(form, put):
        messages.success(request, _("De bijeenkomst is verzet."))
        return redirect("meetings:detail", pk)
    context = {"meeting": meeting, "form": form, "told": _rehearsed(request, meeting.group, form, put)}
    return render(request, "meetings/meeting_move.html", context, status=status_of(form))


def remove(request: Request, pk: UUID) -> HttpResponse:
    """Taking it out; what holds something is cancelled, and says so."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    form = RemoveForm(sent(request))

    def take_out() -> bool:
        return placing.remove_meeting(actor=request.actor, meeting=meeting, to_next=form.goes_on)

    if request.method == "POST" and form.is_valid() and (saved := told(request, take_out)):
        if saved.row:
            messages.success(request, _("De bijeenkomst is weg."))
            return redirect(meeting.group)
        messages.success(request, _("De bijeenkomst vervalt. Je kunt haar later weer openen."))
        return redirect("meetings:detail", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "goes": meeting.kind == Meeting.Kind.NETWORK and is_empty(meeting),
        "waiting": meeting_leaves.collect(meeting),
        "next_meeting": Meeting.objects.next_network_after(meeting),
        "told": rehearse_if_it_can(meeting.group, take_out) if meeting.is_planned else None,
    }
    return render(request, "meetings/meeting_remove.html", context, status=422 if request.method == "POST" else 200)


def _traject(group: NetworkGroup) -> list[Meeting]:
    return list(Meeting.objects.of_group(group).not_cancelled().select_related("topic"))


def _rehearsed(
    request: Request, group: NetworkGroup, form: forms.Form, change: Callable[[], object]
) -> Rehearsed | None:
    """What the service would do with a form that is right; its refusals stand in the form."""
    if request.method != "POST" or form.errors:
        return None
    saved = accepted(form, lambda: rehearse(group, change))
    return saved.row if saved else None
