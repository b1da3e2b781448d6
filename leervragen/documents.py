"""The leervragen on paper, for the expert."""

from django.utils.translation import gettext as _

from meetings.models import Meeting
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from .models import Leervraag


def leervragen_pdf(meeting: Meeting, leervragen: list[Leervraag], *, is_addition: bool = False) -> RenderedPdf:
    """Each question with what its asker meets at work, by first name; no addresses."""
    title = _("Leervragen voor %(topic)s") % {"topic": meeting.title}
    context = {"meeting": meeting, "leervragen": leervragen, "is_addition": is_addition}
    return render_pdf("pdf/leervragen.html", context, title=title)
