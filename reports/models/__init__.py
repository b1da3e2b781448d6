"""What the traject brought: interviews and the stories made of them, lines, and the closing PDF."""

from .edition import Edition, PackMail
from .export import Export
from .interview import PART_CODES, Interview, InterviewNote, Protocol
from .line import BehaviourGraph, GraphMoment, GraphPoint, LinesTalk
from .made import MadePdf
from .story import SHEET_KEPT, STORY, STORY_SHEETS, StorySheet, ValueStory

__all__ = [
    "PART_CODES",
    "SHEET_KEPT",
    "STORY",
    "STORY_SHEETS",
    "BehaviourGraph",
    "Edition",
    "Export",
    "GraphMoment",
    "GraphPoint",
    "Interview",
    "InterviewNote",
    "LinesTalk",
    "MadePdf",
    "PackMail",
    "Protocol",
    "StorySheet",
    "ValueStory",
]
