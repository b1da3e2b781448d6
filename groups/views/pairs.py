"""Maatjes: a deelnemer chooses, the coach confirms and helps who is left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from netwerkleren.base.access import get_for

from ..forms import MaatjeForm, TogetherForm
from ..matches import Matches, matches_of
from ..models import Membership, NetworkGroup, Pair
from ..rules import membership_of
from ..services import add_to_pair, choose_maatje, confirm_mutual_pairs, dissolve_pair, make_pair


def pairs(request: HttpRequest, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")  # type: ignore[attr-defined]
    return _page(request, group)


def _page(request: HttpRequest, group: NetworkGroup, problem: str = "") -> HttpResponse:
    """The page with its lists anew; a problem stands above them, since the lists may just have changed."""
    own = membership_of(request.actor, group)  # type: ignore[attr-defined]
    matches = _matches(group)
    mine = next((pair for pair in matches.pairs.values() if own in pair), [])
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "matches": matches,
        "my_maatjes": [member for member in mine if member != own],
        "choices": [member for member in _unpaired(matches) if member != own],
        "chosen_by": [member for member in _unpaired(matches) if own and member.wished_maatje_id == own.pk],
        "problem": problem,
    }
    return render(request, "groups/group_pairs.html", context)


def _matches(group: NetworkGroup) -> Matches:
    return matches_of(Membership.objects.current().filter(group=group).with_people())


def _unpaired(matches: Matches) -> list[Membership]:
    return sorted(
        [*matches.left, *(member for two in matches.mutual for member in two)], key=lambda member: member.name
    )


@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.choose_maatje")
    own = membership_of(actor, group)
    assert own is not None
    form = MaatjeForm(request.POST, own=own)
    if not form.is_valid():
        return _page(request, group, _("Kies iemand uit de lijst."))
    try:
        choose_maatje(actor, membership=own, maatje=form.cleaned_data["maatje"])
    except ValidationError as problem:
        return _page(request, group, problem.messages[0])
    return redirect("groups:pairs", group.pk)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.confirm_pairs")
    made = confirm_mutual_pairs(actor, group=group)
    if made:
        said = ngettext("%(made)d tweetal staat vast.", "%(made)d tweetallen staan vast.", made)
        messages.success(request, said % {"made": made})
    return redirect("groups:pairs", group.pk)


@require_POST
def put_together(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    group = get_for(actor, NetworkGroup, pk, need="groups.confirm_pairs")
    form = TogetherForm(request.POST, group=group)
    if not form.is_valid():
        return _page(request, group, _("Kies twee mensen uit de lijst."))
    try:
        make_pair(actor, group=group, members=form.cleaned_data["members"])
    except ValidationError as problem:
        return _page(request, group, problem.messages[0])
    return redirect("groups:pairs", group.pk)


@require_POST
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last one left joins this pair."""
    actor = request.actor  # type: ignore[attr-defined]
    pair = get_for(actor, Pair.objects.select_related("group"), pk, need="groups.confirm_pairs")
    matches = _matches(pair.group)
    if matches.one_is_left:
        try:
            add_to_pair(actor, pair=pair, membership=matches.left[0])
        except ValidationError as problem:
            return _page(request, pair.group, problem.messages[0])
    return redirect("groups:pairs", pair.group_id)


@require_POST
def dissolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    pair = get_for(actor, Pair.objects.select_related("group"), pk, need="groups.confirm_pairs")
    dissolve_pair(actor, pair=pair)
    messages.success(request, _("Ze zijn weer los. Ze kunnen opnieuw kiezen, of jij zet ze bij elkaar."))
    return redirect("groups:pairs", pair.group_id)
