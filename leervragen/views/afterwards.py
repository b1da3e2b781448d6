"""Achteraf invullen: one page for a meeting that was held on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meetings import pages
from meetings.models import FilledIn, Meeting
from meetings.was_held import check_was_held
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.request import Request

from ..afterwards import stand_of
from ..afterwards_forms import AfterwardsForm
from ..services import afterwards as services  # `afterwards` is a view here


def afterwards(request: Request, pk: UUID) -> HttpResponse:
    """Who was there, where the questions lay, what became of them, and what was agreed; by the coach, for the group."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="leervragen.fill_in_afterwards")
    is_open = meeting.group.closed_at is None
    if not is_open or not told(request, lambda: check_was_held(meeting)):
        return redirect("meetings:detail", pk)
    strips = list(meeting.leervragen.in_order())
    members = pages.members_of(meeting)
    form = AfterwardsForm(sent(request), stand=stand_of(meeting, strips), strips=strips, members=members)
    if request.method == "POST" and accepted(
        form, lambda: services.fill_in(actor=request.actor, meeting=meeting, **form.values())
    ):
        messages.success(request, _("Bewaard. Bij alles staat dat jij het invulde."))
        return redirect("meetings:detail", pk)
    context = {"meeting": meeting, "form": form, "filled_in": FilledIn.objects.names_of(meeting)}
    return render(request, "leervragen/afterwards.html", context, status=status_of(form))
