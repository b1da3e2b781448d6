"""Maatjes: a deelnemer chooses, the coach confirms and helps who is left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import MaatjeForm, TogetherForm
from ..matches import Matches, matches_of
from ..models import Membership, NetworkGroup, Pair
from ..points import pairs_panels
from ..rules import membership_of
from ..services import pairing


def pairs(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    return _page(request, group)


def _page(request: Request, group: NetworkGroup, *refused: MaatjeForm | TogetherForm) -> HttpResponse:
    """The page with its lists anew; a refusal stands above them, since the lists may just have changed."""
    own = membership_of(request.actor, group)
    matches = _matches(group)
    mine = next((pair for pair in matches.pairs.values() if own in pair), [])
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "matches": matches,
        "my_maatjes": [member for member in mine if member != own],
        "choices": [member for member in _unpaired(matches) if member != own],
        "form": next(iter(refused), None),
        "panels": pairs_panels.collect(group, request.actor),
    }
    return render(request, "groups/group_pairs.html", context, status=status_of(*refused))


def _matches(group: NetworkGroup) -> Matches:
    return matches_of(Membership.objects.current().filter(group=group).with_people())


def _unpaired(matches: Matches) -> list[Membership]:
    return sorted(
        [*matches.left, *(member for two in matches.mutual for member in two)], key=lambda member: member.name
    )


@posts_from("groups:pairs", NetworkGroup)
def choose(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.choose_maatje")
    own = membership_of(request.actor, group)
    assert own is not None
    form = MaatjeForm(request.POST, own=own)
    if accepted(
        form,
        lambda: pairing.choose_maatje(actor=request.actor, membership=own, maatje=form.cleaned_data["maatje"]),
    ):
        return redirect("groups:pairs", group.pk)
    return _page(request, group, form)


@posts_from("groups:pairs", NetworkGroup)
def confirm(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.confirm_pairs")
    saved = told(request, lambda: pairing.confirm_mutual_pairs(actor=request.actor, group=group))
    if saved and (made := saved.row):
        said = ngettext("%(made)d tweetal staat vast.", "%(made)d tweetallen staan vast.", made)
        messages.success(request, said % {"made": made})
    return redirect("groups:pairs", group.pk)


@posts_from("groups:pairs", NetworkGroup)
def put_together(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.confirm_pairs")
    form = TogetherForm(request.POST, group=group)
    if accepted(
        form,
        lambda: pairing.make_pair(actor=request.actor, group=group, members=form.cleaned_data["members"]),
    ):
        return redirect("groups:pairs", group.pk)
    return _page(request, group, form)


@posts_from("groups:pairs", Pair, "group_id")
def join(request: Request, pk: UUID) -> HttpResponse:
    """The last one left joins this pair."""
    pair = get_for(request.actor, Pair.objects.select_related("group"), pk, need="groups.confirm_pairs")
    matches = _matches(pair.group)
    if matches.one_is_left:
        told(request, lambda: pairing.add_to_pair(actor=request.actor, pair=pair, membership=matches.left[0]))
    return redirect("groups:pairs", pair.group_id)


@posts_from("groups:pairs", Pair, "group_id")
def dissolve(request: Request, pk: UUID) -> HttpResponse:
    pair = get_for(request.actor, Pair.objects.select_related("group"), pk, need="groups.confirm_pairs")
    pairing.dissolve_pair(actor=request.actor, pair=pair)
    messages.success(request, _("Ze zijn weer los. Ze kunnen opnieuw kiezen, of jij zet ze bij elkaar."))
    return redirect("groups:pairs", pair.group_id)
