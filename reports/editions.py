"""How each kind of edition is made: what the worker calls for a row that it has claimed."""

from netwerkleren.base.pdf import RenderedPdf

from .closing.documents import render_own
from .closing.personal import render_certificate, render_team
from .making import Tell
from .models import Edition
from .printing.documents import render_papers

RENDER = {
    Edition.Kind.PAPERS: render_papers,
    Edition.Kind.OWN: render_own,
    Edition.Kind.TEAM: render_team,
    Edition.Kind.CERTIFICATE: render_certificate,
}


def render_edition(edition: Edition, tell: Tell) -> RenderedPdf:
    return RENDER[Edition.Kind(edition.kind)](edition, tell)
