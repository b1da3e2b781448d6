"""Startvragen: one's own answers, and the page on which the group reads them together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import Membership, NetworkGroup
from groups.rules import is_participant_of, membership_of
from netwerkleren.base import autosave, live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..inventory_forms import InventoryForm
from ..inventory_page import read_together, title_of
from ..models import Half, Inventory, InventoryOpening
from ..services import inventories


def inventory(request: Request, pk: UUID) -> HttpResponse:
    """One's own answers; a module sends them along while one types."""
    group = get_for(request.actor, NetworkGroup, pk, need="meetings.answer_inventory")
    own = membership_of(request.actor, group)
    assert own is not None  # what the permission just said
    open_halves = InventoryOpening.objects.open_halves(group)
    answers = Inventory.objects.of(own)
    form = InventoryForm(sent(request), instance=answers, open_halves=open_halves)
    if group.closed_at is not None:
        for field in form.fields.values():
            field.disabled = True  # to be read as it was written
    kept = None
    if request.method == "POST":
        kept = accepted(form, lambda: inventories.save_answers(actor=request.actor, member=own, **form.cleaned_data))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Je antwoorden zijn bewaard."))
        return redirect("meetings:inventory", pk)
    context = {
        "group": group,
        "form": form,
        "answers": answers,
        "is_saved": not answers._state.adding,
        "closed": [title_of(half) for half in Half if half not in open_halves],
    }
    return render(request, "meetings/inventory.html", context, status=status_of(form))


@require_GET
def inventory_together(request: Request, pk: UUID) -> HttpResponse:
    """For the coach, to read together: per question all answers, without names."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    # The version is read before the rows: a change in between is then seen as news, never missed.
    version = live.version_of(live.topic_of("inventory", group))
    open_halves = InventoryOpening.objects.open_halves(group)
    context = {
        "group": group,
        "version": version,
        "read": read_together(group, open_halves),
        "closed": [(half, title_of(half)) for half in Half if half not in open_halves],
    }
    return render_fragment(request, "meetings/inventory_together.html", "answers", context)


@posts_from("meetings:inventory_together", NetworkGroup)
def open_inventory(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    half = request.POST.get("half", "")
    told(request, lambda: inventories.open_half(actor=request.actor, group=group, half=half))
    return redirect("meetings:inventory_together", pk)


@posts_from("meetings:inventory_together", NetworkGroup)
def arrange(request: Request, pk: UUID) -> HttpResponse:
    """ "Nog niet" becomes an afspraak of who sees to it."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    question, chosen = request.POST.get("question", ""), request.POST.get("owner", "")
    people = Membership.objects.current().filter(group=group)
    owner = next((member for member in people if str(member.pk) == chosen), None)
    if told(request, lambda: inventories.arrange(actor=request.actor, group=group, question=question, owner=owner)):
        messages.success(request, _("Dit staat nu bij de afspraken van de introductie."))
    return redirect("meetings:inventory_together", pk)


@posts_from("meetings:inventory", Inventory, "group_id")
def make_goal(request: Request, pk: UUID) -> HttpResponse:
    """A leerdoel of one's own answer."""
    answers = get_for(request.actor, Inventory.objects.select_related("member"), pk, need="meetings.change_inventory")
    if told(request, lambda: inventories.make_goal(actor=request.actor, inventory=answers)):
        messages.success(request, _("Dit is nu je leerdoel. Je maatje kan het lezen."))
    return redirect("meetings:inventory", answers.group_id)


@posts_from("meetings:wishes", Inventory, "group_id")
def make_wishes(request: Request, pk: UUID) -> HttpResponse:
    """An answer becomes wishes: with the owner's name when the owner does it, without one when the coach does."""
    answers = get_for(request.actor, Inventory.objects.select_related("member"), pk)
    question, with_name = request.POST.get("question", ""), is_participant_of(request.actor, answers.member)
    if told(
        request,
        lambda: inventories.make_wishes(actor=request.actor, inventory=answers, question=question, with_name=with_name),
    ):
        messages.success(request, _("Dit staat nu op de lijst met wensen."))
    return redirect("meetings:inventory" if with_name else "meetings:inventory_together", answers.group_id)
