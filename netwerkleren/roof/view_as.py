"""Bekijk als deelnemer: the pages of a group through the eyes of a deelnemer who is made up."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.made_up import made_up_participant
from groups.models import NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.access import get_for
from netwerkleren.base.preview import Preview, show_as
from netwerkleren.base.request import Request


@require_GET
def group_as(request: Request, pk: UUID) -> HttpResponseBase:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    return _shown(request, group, group.get_absolute_url(), back=group.get_absolute_url())


@require_GET
def today_as(request: Request, pk: UUID) -> HttpResponseBase:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    return _shown(request, group, reverse("roof:home"), back=group.get_absolute_url())


@require_GET
def clips_as(request: Request, pk: UUID) -> HttpResponseBase:
    """Fragmenten. Nobody gave consent for who is made up, so no film is among them."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    return _shown(request, group, reverse("video_feedback:overview"), back=group.get_absolute_url())


@require_GET
def meeting_as(request: Request, pk: UUID) -> HttpResponseBase:
    meeting = get_for(request.actor, Meeting.objects.select_related("group"), pk, need="meetings.change_meeting")
    address = reverse("meetings:detail", args=[pk])
    return _shown(request, meeting.group, address, back=address)


@require_GET
def leervragen_as(request: Request, pk: UUID) -> HttpResponseBase:
    meeting = get_for(request.actor, Meeting.objects.select_related("group"), pk, need="meetings.change_meeting")
    address = reverse("leervragen:leervragen", args=[pk])
    return _shown(request, meeting.group, address, back=address)


def _shown(request: Request, group: NetworkGroup, address: str, *, back: str) -> HttpResponseBase:
    """The page of this address; links to such pages lead to those of the preview."""
    today, people = reverse("roof:today_as", args=[group.pk]), reverse("roof:group_as", args=[group.pk])
    clips = reverse("roof:clips_as", args=[group.pk])
    meetings = {
        reverse(real, args=[pk]): reverse(f"roof:{seen}", args=[pk])
        for pk in group.meetings.order_by().values_list("pk", flat=True)
        for real, seen in (("meetings:detail", "meeting_as"), ("leervragen:leervragen", "leervragen_as"))
    }
    preview = Preview(
        title=_("Zo ziet een deelnemer dit"),
        back=back,
        pages={today: _("Vandaag"), people: _("Groep"), clips: _("Fragmenten")},
        leads={
            reverse("roof:home"): today,
            group.get_absolute_url(): people,
            reverse("roof:groups"): people,
            reverse("video_feedback:overview"): clips,
            **meetings,
        },
    )
    match = resolve(address)
    return show_as(request, made_up_participant(group), preview, lambda seen: _answer(seen, match))


def _answer(seen: Request, match: ResolverMatch) -> HttpResponse:
    seen.resolver_match = match
    response: HttpResponse = match.func(seen, **match.kwargs)
    return response
