"""Wishes for theme, topics and experts, and what the group agreed of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base import live
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import ExpertInvitation, Wish
from ..services import wishes as wishing
from ..wish_forms import WishForm
from ..wish_list import wish_lists


def wishes(request: Request, pk: UUID) -> HttpResponse:
    """All wishes of the group, and the form for one more."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    own = membership_of(request.actor, group)
    assert own is not None  # what the permission just said
    version = live.version_of(live.topic_of("wishes", group))
    form = WishForm(sent(request), group=group)
    if request.method == "POST" and accepted(
        form, lambda: wishing.add_wish(actor=request.actor, group=group, member=own, **form.cleaned_data)
    ):
        return redirect("meetings:wishes", pk)
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "form": form,
        "version": version,
        "lists": wish_lists(group, own),
        "topics": list(group.topics.prefetch_related("meetings")),
        "asks_next": ExpertInvitation.objects.meeting_without(group) if own.is_coach else None,
    }
    answer = render_fragment(request, "meetings/wish_list.html", "wishes", context)
    answer.status_code = status_of(form)
    return answer


@posts_from("meetings:wishes", Wish, "group_id")
def back_wish(request: Request, pk: UUID) -> HttpResponse:
    wish = get_for(request.actor, Wish.objects.select_related("group"), pk, need="meetings.write_wish")
    own = membership_of(request.actor, wish)
    assert own is not None  # what the permission just said
    wanted = request.POST.get("wanted") == "1"
    told(request, lambda: wishing.back_wish(actor=request.actor, wish=wish, member=own, wanted=wanted))
    return redirect("meetings:wishes", wish.group_id)


@posts_from("meetings:wishes", Wish, "group_id")
def merge_wish(request: Request, pk: UUID) -> HttpResponse:
    """Lays it with another, or takes it out again: the button says which."""
    wish = get_for(request.actor, Wish.objects.select_related("group"), pk, need="meetings.agree_wish")
    chosen = request.POST.get("into", "")
    into = next((other for other in wish.group.wishes.all() if str(other.pk) == chosen), None)
    if chosen and into is None:
        messages.error(request, _("Die wens staat niet meer op de lijst."))
    else:
        told(request, lambda: wishing.merge_wish(actor=request.actor, wish=wish, into=into))
    return redirect("meetings:wishes", wish.group_id)


@posts_from("meetings:wishes", Wish, "group_id")
def agree_wish(request: Request, pk: UUID) -> HttpResponse:
    wish = get_for(request.actor, Wish.objects.select_related("group"), pk, need="meetings.agree_wish")
    agreed = request.POST.get("agreed") == "1"
    told(request, lambda: wishing.agree_wish(actor=request.actor, wish=wish, agreed=agreed))
    return redirect("meetings:wishes", wish.group_id)
