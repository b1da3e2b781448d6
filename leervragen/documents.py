"""The leervragen on paper: those of a meeting for the expert, and all of a group for its members."""

from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from meetings.models import Meeting, TeamText
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from .journeys import Journey
from .models import Leervraag


def leervragen_pdf(meeting: Meeting, leervragen: list[Leervraag], *, is_addition: bool = False) -> RenderedPdf:
    """Each question with what its asker meets at work, by first name; no addresses."""
    title = _("Leervragen voor %(topic)s") % {"topic": meeting.title}
    context = {"meeting": meeting, "leervragen": leervragen, "is_addition": is_addition}
    return render_pdf("pdf/leervragen.html", context, title=title)


def group_questions_pdf(group: NetworkGroup, journeys: list[Journey]) -> RenderedPdf:
    """Every question of the group with what became of it, each once, under the meeting that has it now."""
    title = _("Leervragen van %(group)s") % {"group": group.name}
    by_meeting: dict[Meeting, list[Journey]] = {}
    for journey in sorted(journeys, key=lambda each: each.question.meeting.position):
        by_meeting.setdefault(journey.question.meeting, []).append(journey)
    context = {"group": group, "by_meeting": by_meeting.items(), "count": len(journeys)}
    return render_pdf("pdf/group_questions.html", context, title=title)


def team_pdf(meeting: Meeting, text: TeamText) -> RenderedPdf:
    """What a member wrote for the own team, on one A4: the text alone, without a name of us."""
    title = _("Voor mijn team: %(topic)s") % {"topic": meeting.title}
    return render_pdf("pdf/team.html", {"meeting": meeting, "text": text}, title=title)
