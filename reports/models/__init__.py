"""What the traject brought: interviews and the stories made of them, lines, and the closing PDF."""

from .edition import Edition, PackMail
from .export import Export
from .interview import PART_CODES, Interview, InterviewNote, Protocol
from .line import BehaviourGraph, GraphMoment, GraphPoint
from .made import MadePdf
from .story import STORY, ValueStory

__all__ = [
    "PART_CODES",
    "STORY",
    "BehaviourGraph",
    "Edition",
    "Export",
    "GraphMoment",
    "GraphPoint",
    "Interview",
    "InterviewNote",
    "MadePdf",
    "PackMail",
    "Protocol",
    "ValueStory",
]
