"""What helps a teller to remember: the moments of the traject, and what is one's own of it."""

from dataclasses import dataclass

from groups.models import LearningGoal, Membership, NetworkGroup
from video_feedback.models import Clip, Talentmoment

from ..lines.moments import all_moments

MOST_REMEMBERED = 8
"""Of each kind, the latest: it is a reminder, no archive."""


@dataclass(frozen=True)
class Memory:
    """The teller's own alone: who asks sees none of it."""

    goals: tuple[LearningGoal, ...]
    """From the first to the last: how it changed."""
    talentmomenten: tuple[Talentmoment, ...]
    clips: tuple[Clip, ...]

    def __bool__(self) -> bool:
        return bool(self.goals or self.talentmomenten or self.clips)


def memory_of(teller: Membership) -> Memory:
    goals = LearningGoal.objects.filter(membership=teller).order_by("created", "pk")
    talentmomenten = Talentmoment.objects.filter(author=teller).order_by("-created", "pk")
    clips = Clip.objects.filter(owner=teller, state=Clip.State.READY).order_by("-created", "pk")
    return Memory(tuple(goals), tuple(talentmomenten[:MOST_REMEMBERED]), tuple(clips[:MOST_REMEMBERED]))


def moments_to_name(group: NetworkGroup) -> list[str]:
    """The meetings with their topic, and what else the coach put on the line."""
    return [
        f"{moment.name}: {moment.meeting.topic.title}" if moment.meeting and moment.meeting.topic else moment.name
        for moment in all_moments(group)
    ]
