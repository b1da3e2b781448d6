"""The closing PDF: what the group takes along (docs/domain.md#closing-pdf)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.pdf import RenderedPdf, data_uri, render_pdf

from ..lines.print import Chart, draw_lines, draw_nobodys_lines
from ..models import Export
from .facts import ClosingFacts


def closing_document(export: Export, facts: ClosingFacts) -> RenderedPdf:
    """The PDF of one export. The cover has a quote and a drawing that is nobody's; no line of a member, no counts."""
    context: dict[str, Any] = {
        "export": export,
        "facts": facts,
        "today": timezone.localdate(),
        "cover": _picture(draw_nobodys_lines()),
        "chart": draw_lines(facts.lines.chart) if facts.lines else None,
    }
    if context["chart"]:
        context["chart_picture"] = _picture(context["chart"])
    title = _("Wat wij meenemen: %(group)s") % {"group": facts.group}
    return render_pdf("reports/closing_document.html", context, title=title)


def _picture(chart: Chart) -> str:
    return data_uri(chart.svg.encode(), "image/svg+xml")
