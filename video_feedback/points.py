"""Where higher apps plug into video_feedback."""

from collections.abc import Callable, Iterable
from uuid import UUID

from meetings.models import AgendaItem
from netwerkleren.base.extend import Point

clips_beside: Point[Callable[[AgendaItem], Iterable[UUID] | None]] = Point("video_feedback.clips_beside")
"""The fragments that come with what the group speaks of in an onderdeel, of another meeting too: Leiden has them at
hand there."""
