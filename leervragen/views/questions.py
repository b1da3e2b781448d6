"""All that a group asked: the lines of life, searching, and the PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from groups.models import NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.pdf import letters_without_font
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from .. import documents, searching
from ..journeys import group_journeys


@require_GET
def group_questions(request: Request, pk: UUID) -> HttpResponse:
    """Own questions first, each with its line of life."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    journeys = group_journeys(group, membership_of(request.actor, group))
    own = [journey for journey in journeys if journey.is_own]
    context = {
        "group": group,
        "own": own,
        "others": journeys[len(own) :],
        "lost": letters_without_font(*(text for each in journeys for text in each.texts)),
    }
    return render(request, "leervragen/group_questions.html", context)


@never_cache
@require_GET
def group_questions_pdf(request: Request, pk: UUID) -> HttpResponse:
    """For members, to keep. What someone tried is in it only where the asker lets the group read it."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    made = documents.group_questions_pdf(group, group_journeys(group, reader=None))
    name = slugify(_("leervragen %(group)s") % {"group": group.name})
    return HttpResponse(
        made.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


@require_GET
def search(request: Request, pk: UUID) -> HttpResponse:
    """In the questions, answers and afspraken of one group."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.view_networkgroup")
    words = asked(request, "words") or ""
    found = searching.search(group, membership_of(request.actor, group), words)
    return render(request, "leervragen/group_search.html", {"group": group, "words": words, "found": found})
