"""The agenda in the hand: each press, drag or key is one small post, answered with the agenda as it is now."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from ..agenda_forms import AgendaItemForm, FixedStartForm, ItemMinutesForm, NewAgendaItemForm
from ..agenda_page import agenda_page
from ..models import AgendaChange, AgendaItem, Meeting
from ..services import agenda_items, agenda_undo

Typed = Mapping[UUID, ItemMinutesForm]
GONE = gettext_lazy("Dit onderdeel staat niet meer op de agenda. Wat jij deed, is niet bewaard.")


def agenda(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_agenda")
    form = NewAgendaItemForm(sent(request), meeting=meeting)
    if request.method == "POST" and accepted(
        form, lambda: agenda_items.add_item(actor=request.actor, meeting=meeting, **form.values())
    ):
        return redirect("meetings:agenda", pk)
    return _page(request, meeting, form, status=status_of(form))


def _page(
    request: Request,
    meeting: Meeting,
    form: NewAgendaItemForm | None = None,
    *,
    status: int = 200,
    typed: Typed | None = None,
) -> HttpResponse:
    # The version is read before the rows: a change in between is then seen as news, never missed.
    version = live.version_of(live.topic_of("meeting", meeting))
    context = {
        "meeting": meeting,
        "version": version,
        "page": agenda_page(meeting, request.actor, typed),
        # Its buttons lead on from the page's own address, but where refused minutes are shown at another.
        "at": reverse("meetings:agenda", args=[meeting.pk]) if typed and not request.htmx else "",
        "form": form or NewAgendaItemForm(meeting=meeting),
        "may_take_over": has_perm("meetings.change_meeting", request.actor, meeting),
    }
    return render_fragment(request, "meetings/meeting_agenda.html", "board", context, status=status)


def _answer(request: Request, pk: UUID, write: Callable[[], object], typed: Typed | None = None) -> HttpResponse:
    """For htmx the agenda as it is now, at once; else the page. Who was too late reads what another made of it.

    `typed` are the minutes that were sent: refused, they stay in their fields.
    """
    try:
        went = told(request, write)
    except WrittenMeanwhile as conflict:
        went = None
        messages.warning(
            request, _("%(now)s Wat jij deed, is niet bewaard.") % {"now": _meanwhile(request, conflict.current)}
        )
    if not request.htmx and (went or not typed):
        return redirect("meetings:agenda", pk)
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_agenda")
    return _page(request, meeting, status=200 if went else 422, typed=None if went else typed)


def _meanwhile(request: Request, item: AgendaItem) -> str:
    """What stands there now, and by whom."""
    changes = AgendaChange.objects.of(item.meeting).by_others(request.actor)
    other = next((change for change in changes if str(item.pk) in change.touched), None)
    words = _("%(name)s veranderde “%(title)s” intussen: nu plaats %(place)d, %(minutes)d minuten.")
    return words % {
        "name": str(other.by) if other and other.by else _("Iemand"),
        "title": item.title,
        "place": item.position,
        "minutes": item.minutes,
    }


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
def retime_items(request: Request, pk: UUID) -> HttpResponse:
    """The minutes that were typed: of one onderdeel by a module, else of all that stand on the page."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_agenda")
    forms = {
        item.pk: ItemMinutesForm(request.POST, prefix=str(item.pk), instance=item) for item in meeting.agenda.all()
    }
    sent_ones = {pk: form for pk, form in forms.items() if form.add_prefix("minutes") in request.POST}

    def retime() -> None:
        problems = [sentence for form in sent_ones.values() for sentence in form.sentences()]
        if problems:
            raise ValidationError(problems)
        typed = {pk: agenda_items.Typed(**form.cleaned_data) for pk, form in sent_ones.items()}
        agenda_items.retime_items(actor=request.actor, meeting=meeting, typed=typed)

    if {name for name in request.POST if name.endswith("-minutes")} - {
        form.add_prefix("minutes") for form in forms.values()
    }:
        messages.warning(request, GONE)
    return _answer(request, pk, retime, sent_ones)


@posts_from("meetings:agenda", Meeting)
def fix_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Fixes the hour at which an onderdeel begins, or lets it go."""
    item = _item_on_it(request, pk, item_pk)
    if item is None:
        return _answer_gone(request, pk)
    form = FixedStartForm(request.POST)
    version = asked(request, "version") or item.version

    def fix() -> None:
        if form.is_valid():
            agenda_items.change_item(actor=request.actor, item=item, version=version, **form.cleaned_data)

    return _answer(request, pk, fix)


@posts_from("meetings:agenda", Meeting)
def move_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    """To the place that the button names, so that a second press on the same button changes nothing."""
    item = _item_on_it(request, pk, item_pk)
    if item is None:
        return _answer_gone(request, pk)
    position, seen = request.POST.get("position", ""), asked(request, "seen") or ""
    places = {"position": int(position[:4]) if position.isdecimal() else item.position}
    if seen.isdecimal():
        places["seen"] = int(seen[:4])
    return _answer(request, pk, lambda: agenda_items.move_item(actor=request.actor, item=item, **places))


@posts_from("meetings:agenda", Meeting)
def remove_item(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    item, version = _item_on_it(request, pk, item_pk), asked(request, "version")
    if item is None:
        return _answer_gone(request, pk)
    return _answer(request, pk, lambda: agenda_items.remove_item(actor=request.actor, item=item, version=version))


@posts_from("meetings:agenda", Meeting)
def restore_part(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_agenda")
    kind = request.POST.get("kind", "")
    return _answer(request, pk, lambda: agenda_items.restore_part(actor=request.actor, meeting=meeting, kind=kind))


@posts_from("meetings:agenda", Meeting)
def undo_change(request: Request, pk: UUID) -> HttpResponse:
    """Puts back what the button names; pressed twice it is put back once."""
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_agenda")
    change = request.POST.get("change", "")
    number = int(change[:18]) if change.isdecimal() else 0
    return _answer(request, pk, lambda: agenda_undo.undo_change(actor=request.actor, meeting=meeting, change=number))


@posts_from("meetings:agenda", Meeting)
def reset_agenda(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_agenda")
    return _answer(request, pk, lambda: agenda_items.reset_agenda(actor=request.actor, meeting=meeting))


def _item(request: Request, pk: UUID, item_pk: UUID) -> AgendaItem:
    item = _item_on_it(request, pk, item_pk)
    if item is None:
        raise Http404
    return item


def _item_on_it(request: Request, pk: UUID, item_pk: UUID) -> AgendaItem | None:
    """None when another, or an earlier press, took it off the agenda."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_agenda")
    item = meeting.agenda.filter(pk=item_pk).first()
    if item is not None:
        item.meeting = meeting
    return item


def _answer_gone(request: Request, pk: UUID) -> HttpResponse:
    """The agenda as it is now, and why the press did nothing."""
    messages.warning(request, GONE)
    return _answer(request, pk, lambda: None)
