"""Stories, lines and interviews for tests."""

from collections.abc import Mapping
from typing import Any

from groups.models import Membership
from leervragen.models import Leervraag
from meetings.models import Meeting
from reports.lines.moments import all_moments, write_moments
from reports.models import BehaviourGraph, GraphPoint, ValueStory


def make_story(teller: Membership, text: str, decision: str = ValueStory.Decision.PRIVATE) -> ValueStory:
    return ValueStory.objects.create(teller=teller, text=text, decision=decision)


def make_line(member: Membership, heights: Mapping[Meeting, int | None], *, shared: bool = False) -> BehaviourGraph:
    """A line over the moments of meetings; None is "niet geweest"."""
    from django.utils import timezone

    write_moments(all_moments(member.group))
    graph = BehaviourGraph.objects.create(member=member, shared_at=timezone.now() if shared else None)
    GraphPoint.objects.bulk_create(
        GraphPoint(graph=graph, moment_id=meeting.pk, value=value) for meeting, value in heights.items()
    )
    return graph


def make_leervraag(author: Membership, meeting: Meeting, text: str, **fields: Any) -> Leervraag:
    return Leervraag.objects.create(author=author, meeting=meeting, text=text, **fields)
