"""The closing PDF: what the group takes along, and what one member does (docs/domain.md#closing-pdf)."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.pdf import RenderedPdf, data_uri, render_pdf

from ..lines.print import LinesChart, draw_lines
from ..making import Tell
from ..models import Edition, Export
from .facts import ClosingFacts, closing_facts
from .own import OwnPages, own_pages
from .typesetting import blocks_of

MOST_NAMED_ON_CHART = 7
MOST_NUMBERS = 20
MOST_LOW_LINES = 12
LOW, TALL = 5.0, 7.0
"""The height of the picture, in inches beside its width of 9.6."""


def closing_document(export: Export, facts: ClosingFacts, own: OwnPages | None = None) -> RenderedPdf:
    """The PDF of one export. The cover has a quote; nothing on it looks like data, and there are no counts.

    With `own` it is the edition of one member, which begins with the own part.
    """
    context: dict[str, Any] = {
        "export": export,
        "facts": facts,
        "own": own,
        "today": timezone.localdate(),
        "going_on": blocks_of(export.going_on),
        **(_chart_of(facts.lines.chart) if facts.lines else {}),
    }
    title = _("Wat wij meenemen: %(group)s") % {"group": facts.group}
    return render_pdf("reports/closing_document.html", context, title=title)


def render_export(export: Export, tell: Tell) -> RenderedPdf:
    tell(_("We zoeken alles bij elkaar."))
    facts = closing_facts(export.group)
    tell(_("We tekenen de lijnen en maken de bladzijden op."))
    return closing_document(export, facts)


def render_own(edition: Edition, tell: Tell) -> RenderedPdf:
    """With what the coach last wrote for the group's."""
    tell(_("We zoeken alles bij elkaar."))
    member = Membership.objects.select_related("user", "group").get(pk=edition.member_id)
    latest = Export.objects.filter(group=edition.group_id).exclude(state=Export.State.FAILED).first()
    facts, own = closing_facts(edition.group), own_pages(member)
    tell(_("We tekenen de lijnen en maken de bladzijden op."))
    return closing_document(latest or Export(group=edition.group), facts, own)


def _marks(count: int) -> tuple[str, ...]:
    """The numbers below the axis: of many only the first and each fifth, so that they stand clear of each other."""
    step = 1 if count <= MOST_NUMBERS else 5
    return tuple(str(number) if number == 1 or number % step == 0 else "" for number in range(1, count + 1))


def _chart_of(lines: LinesChart) -> dict[str, Any]:
    """The picture of the lines, as wide as the page: many moments have a number, many members more height."""
    numbered = len(lines.moments) > MOST_NAMED_ON_CHART
    marks = _marks(len(lines.moments)) if numbered else lines.moments
    height = TALL if len(lines.lines) > MOST_LOW_LINES else LOW
    chart = draw_lines(replace(lines, moments=marks), height=height)
    picture = data_uri(chart.svg.encode(), "image/svg+xml")
    return {"chart": chart, "chart_picture": picture, "numbered": numbered}
