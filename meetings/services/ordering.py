"""The order of a traject. A netwerkbijeenkomst is numbered by counting those before it that take place."""

from collections.abc import Sequence

from django.db import transaction

from netwerkleren.base.access import Actor

from ..models import Meeting

ASIDE = 10_000
"""While they are numbered anew, no two meetings may have one position: first they all step aside."""


@transaction.atomic
def put_in_order(*, actor: Actor, traject: Sequence[Meeting]) -> None:
    """Gives the meetings of one group, in the order in which they come, their positions: 0, 1, 2, … without gaps.

    A cancelled one is not counted: it keeps its place before the one that now has its number. The caller holds the
    group, and saves what else it changed of them.
    """
    moved: list[Meeting] = []
    number = 1
    for meeting in traject:
        position = 0 if meeting.kind == Meeting.Kind.INTRODUCTION else number
        if meeting.kind == Meeting.Kind.NETWORK and meeting.state != Meeting.State.CANCELLED:
            number += 1
        if meeting.position != position:
            meeting.position = position
            moved.append(meeting)
    rows = Meeting.objects.filter(pk__in=[meeting.pk for meeting in moved])
    for row in rows.only("pk"):
        Meeting.objects.filter(pk=row.pk).update(position=ASIDE + len(traject) + moved.index(row))
    for meeting in moved:
        Meeting.objects.filter(pk=meeting.pk).update(position=meeting.position)
