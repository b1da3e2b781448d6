"""What stands in one member's own edition before what is the group's: goals, questions, story and line."""

from dataclasses import dataclass

from groups.models import LearningGoal, Membership
from leervragen.journeys import journeys_asked_by

from ..lines.moments import moments_of
from ..lines.shared import SharedLine, shared_lines
from ..models import BehaviourGraph, ValueStory
from .facts import Question, Story, question_of


@dataclass(frozen=True)
class OwnPages:
    """Of the member alone, what nobody else reads too."""

    name: str
    goals: tuple[str, ...]
    questions: tuple[Question, ...]
    story: Story | None
    line: SharedLine | None
    moments: tuple[str, ...]

    @property
    def points(self) -> list[tuple[str, str]]:
        """A moment and its word, where something was drawn."""
        return (
            [(moment, word) for moment, word in zip(self.moments, self.line.words, strict=True) if word]
            if (self.line)
            else []
        )

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.questions or self.story or self.line)


def own_pages(member: Membership) -> OwnPages:
    goals = LearningGoal.objects.filter(membership=member).order_by("created")
    story = ValueStory.objects.filter(teller=member).exclude(text="").first()
    graphs = BehaviourGraph.objects.filter(member=member).select_related("member__user").prefetch_related("points")
    lines = shared_lines(moments_of(member.group), graphs)
    return OwnPages(
        name=member.name,
        goals=tuple(goal.text for goal in goals),
        questions=tuple(question_of(journey) for journey in journeys_asked_by(member, member)),
        story=Story(member.name, story.text.strip()) if story else None,
        line=lines.shared[0] if lines else None,
        moments=lines.moments if lines else (),
    )
