"""What of a round goes along: an item for a calendar, the round on paper, and the form for who has no network."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.pdf import RenderedPdf
from netwerkleren.base.request import Request

from .. import documents
from ..cycle_calendar import appointment_of
from ..cycle_pages import cycle_page, debrief_of
from ..models import FilmCycle, plan_of


@require_GET
def cycle_calendar(request: Request, pk: UUID) -> HttpResponse:
    """The appointment for either calendar; without a day there is nothing to put in it."""
    cycle = get_for(request.actor, FilmCycle.objects.exclude(at=None).with_people(), pk)
    item = appointment_of(cycle)
    return HttpResponse(
        item.content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{item.name}"'},
    )


@never_cache
@require_GET
def cycle_pdf(request: Request, pk: UUID) -> HttpResponse:
    """A round to keep: goal, appointment and what was said. No picture, and no word of the feedback of others."""
    cycle = get_for(request.actor, FilmCycle.objects.with_people(), pk)
    own = membership_of(request.actor, cycle)
    assert own is not None
    page = cycle_page(request.actor, own, cycle)
    return _as_file(documents.cycle_pdf(page, debrief_of(cycle)), _("filmronde %(name)s") % {"name": cycle.owner.name})


@never_cache
@require_GET
def observation_form(request: Request, pk: UUID) -> HttpResponse:
    """Leerdoel and observation on one A4, to write on."""
    groups = NetworkGroup.objects.select_related("film_plan")
    group = get_for(request.actor, groups, pk, need="groups.view_networkgroup")
    return _as_file(documents.observation_form(group, plan_of(group)), _("kijkformulier"))


@never_cache
@require_GET
def cycle_form(request: Request, pk: UUID) -> HttpResponse:
    """The same with goal and appointment of this round on it: to give to the maatje on paper."""
    cycle = get_for(request.actor, FilmCycle.objects.with_people(), pk)
    own = membership_of(request.actor, cycle)
    assert own is not None
    page = cycle_page(request.actor, own, cycle)
    return _as_file(documents.observation_form(cycle.group, page.plan, page), _("kijkformulier"))


def _as_file(made: RenderedPdf, name: str) -> HttpResponse:
    return HttpResponse(
        made.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.pdf"'},
    )
