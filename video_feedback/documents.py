"""The round of a pair on paper, to keep and to write on, and the activeringskaart. No picture is on any."""

from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from .cycle_pages import CyclePage
from .models import Debrief, FilmPlan

NOTE_ROWS = 8
"""Lines for what the observer sees: with the goal above and the nagesprek below they fit on one A4."""


def cycle_pdf(page: CyclePage, debrief: Debrief) -> RenderedPdf:
    """Goal, appointment, steps and nagesprek, as this reader may read them."""
    title = _("Filmronde van %(name)s") % {"name": page.cycle.owner.name}
    return render_pdf("pdf/film_cycle.html", {"page": page, "cycle": page.cycle, "debrief": debrief}, title=title)


def observation_form(group: NetworkGroup, plan: FilmPlan, page: CyclePage | None = None) -> RenderedPdf:
    """Leerdoel and observation on one A4: empty, or with the goal and the appointment of a round."""
    context = {"group": group, "plan": plan, "page": page, "rows": range(NOTE_ROWS)}
    return render_pdf("pdf/observation_form.html", context, title=_("Kijkformulier"))


def activation_card() -> RenderedPdf:
    """De activeringskaart on one A4: three ways to draw talent out, in our words."""
    return render_pdf("pdf/activation_card.html", {}, title=_("Activeringskaart"))
