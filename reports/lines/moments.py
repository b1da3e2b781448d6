"""The moments on the x-axis: the netwerkbijeenkomsten and the afsluiting by themselves, the rest as the coach adds.

And the points that one member drew at them.
"""

from uuid import UUID

from groups.models import NetworkGroup
from meetings.models import Meeting

from ..models import BehaviourGraph, GraphMoment, GraphPoint

Points = dict[UUID, GraphPoint]
"""One member's, by their moment."""

# Which moment a meeting is; the introductie is offered, and shown only when the coach adds it.
KIND_OF_MEETING = {
    Meeting.Kind.INTRODUCTION: GraphMoment.Kind.INTRODUCTION,
    Meeting.Kind.NETWORK: GraphMoment.Kind.NETWORK,
    Meeting.Kind.CLOSING: GraphMoment.Kind.CLOSING,
}


def all_moments(group: NetworkGroup) -> list[GraphMoment]:
    """Every moment in the order of the traject, hidden ones included. Those of meetings may not be in the database."""
    written = {
        moment.pk: moment
        for moment in GraphMoment.objects.filter(group=group).select_related("meeting__topic", "after")
    }
    for meeting in Meeting.objects.of_group(group).not_cancelled().select_related("topic"):
        written.setdefault(meeting.pk, _moment_of(meeting))
    standing = [
        moment for moment in written.values() if not moment.meeting or moment.meeting.state != Meeting.State.CANCELLED
    ]
    return sorted(standing, key=lambda moment: moment.place_in_line)


def moments_of(group: NetworkGroup) -> list[GraphMoment]:
    """The moments that the lines are drawn over."""
    return [moment for moment in all_moments(group) if not moment.hidden]


def points_of(graph: BehaviourGraph) -> Points:
    return {point.moment_id: point for point in graph.points.all()}


def write_moments(moments: list[GraphMoment]) -> None:
    """Puts moments of meetings in the database, so that points can refer to them. Running it twice writes once."""
    GraphMoment.objects.bulk_create([moment for moment in moments if moment._state.adding], ignore_conflicts=True)


def _moment_of(meeting: Meeting) -> GraphMoment:
    return GraphMoment(
        id=meeting.pk,
        group_id=meeting.group_id,
        meeting=meeting,
        kind=KIND_OF_MEETING[Meeting.Kind(meeting.kind)],
        hidden=meeting.kind == Meeting.Kind.INTRODUCTION,
    )
