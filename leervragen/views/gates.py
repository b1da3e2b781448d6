"""The first line of every view here: the meeting or the leervraag, if the actor may."""

from uuid import UUID

from meetings.models import Meeting
from netwerkleren.base.access import adds_as, get_for
from netwerkleren.base.request import Request

from ..models import Leervraag


def meeting_for(request: Request, pk: UUID, need: str) -> Meeting:
    """A netwerkbijeenkomst: the other meetings have no leervragen of their own.

    With its meetlat, where it has one. An own phone comes to a view of `Who.ADDING` alone, and adds as its owner.
    """
    meetings = Meeting.objects.filter(kind=Meeting.Kind.NETWORK).select_related("meetlat").with_facts()
    return get_for(adds_as(request.actor), meetings, pk, need=need)


def leervraag_for(request: Request, pk: UUID, need: str) -> Leervraag:
    leervragen = Leervraag.objects.select_related("meeting__group", "meeting__topic", "author__user")
    return get_for(request.actor, leervragen, pk, need=need)
