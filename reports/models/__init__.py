"""What the traject brought: interviews and the stories made of them, lines, and the closing PDF."""

from .export import Export
from .interview import PART_CODES, Interview, InterviewNote, Protocol
from .line import BehaviourGraph, GraphMoment, GraphPoint
from .story import STORY, ValueStory

__all__ = [
    "PART_CODES",
    "STORY",
    "BehaviourGraph",
    "Export",
    "GraphMoment",
    "GraphPoint",
    "Interview",
    "InterviewNote",
    "Protocol",
    "ValueStory",
]
