"""What the method gives to the pages of meetings: slides on Leiden, the Scherm and phones, and the checklist."""

from collections.abc import Mapping

from django.urls import reverse

from meetings.leading import leading_of
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.permissions import has_perm

from .deck import deck_of, has_slides

OF_LINE = {
    "explain-network": "network",
    "explain-talent": "talent",
    "explain-film": "filming",
    "explain-portal": "portal",
    "explain-questions": "question",
}
"""Lines of the introductie's checklist that a subject is about."""


def slides_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """On Leiden: which slide is on, and the way to the next; on a phone the way to follow them."""
    meeting = item.meeting
    if not has_slides(meeting, item):
        return None
    if leading_of(item) is None:
        return Panel("method/_slides_tool.html", {"meeting": meeting}) if meeting.shows_slides else None
    return Panel("method/_lead_slides.html", {"meeting": meeting})


def slides_on_screen(item: AgendaItem, actor: Actor) -> Panel | None:
    """All slides at once, so that they go on without a network: who leads turns them by the keys of the laptop."""
    meeting = item.meeting
    if not meeting.shows_slides or not has_slides(meeting, item):
        return None
    meeting.current_item = item
    slides = deck_of(meeting)
    leads = has_perm("meetings.lead_meeting", actor, meeting)
    return Panel(
        "method/_screen_slides.html",
        {"meeting": meeting, "slides": slides, "at": min(meeting.slide, len(slides)), "leads": leads},
    )


def lines_of_presentation(meeting: Meeting) -> Mapping[str, str]:
    if meeting.kind != Meeting.Kind.INTRODUCTION:
        return {}
    about = {line: reverse("method:subject", args=[subject]) for line, subject in OF_LINE.items()}
    return {"presentation": reverse("method:slides", args=[meeting.pk]), **about}
