"""The chosen sheets as one PDF, in the order in which a coach lays them out."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from ..making import Tell
from ..models import Edition
from .facts import On
from .sheets import BY_CODE, Sheet


def papers_document(on: On, sheets: list[Sheet]) -> RenderedPdf:
    shared = {"group": on.group, "member": on.member, "today": timezone.localdate()}
    parts = [render_to_string(sheet.template, {**shared, **sheet.facts(on)}) for sheet in sheets]
    return render_pdf("reports/print/document.html", {"parts": parts, "group": on.group}, title=title_of(on, sheets))


def title_of(on: On, sheets: list[Sheet]) -> str:
    """One sheet has its own name; several of a meeting are its Printpakket."""
    what = str(sheets[0].title) if len(sheets) == 1 else _("Printpakket")
    return f"{what}: {on.meeting.title if on.meeting else on.group.name}"


def sheets_of(edition: Edition) -> list[Sheet]:
    return [BY_CODE[code] for code in edition.sheets if code in BY_CODE]


def on_of(edition: Edition) -> On:
    member = Membership.objects.select_related("user", "group", "school").get(pk=edition.member_id)
    found = Meeting.objects.with_facts().filter(pk=edition.meeting_id).first() if edition.meeting_id else None
    return On(edition.group, member, found)


def render_papers(edition: Edition, tell: Tell) -> RenderedPdf:
    tell(_("We zetten de bladen klaar."))
    return papers_document(on_of(edition), sheets_of(edition))
