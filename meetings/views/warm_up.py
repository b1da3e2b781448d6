"""A minute for oneself before the talk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import Meeting, WarmUp
from ..services import warming_up
from ..warm_up import WarmUpForm, asks_first, read_together


@require_http_methods(["GET", "HEAD", "POST"])
def warm_up(request: Request, pk: UUID) -> HttpResponse:
    """One's own two lines; nobody else's."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.write_evaluation")
    member = membership_of(request.actor, meeting)
    assert member is not None  # what the permission just said
    own = WarmUp.objects.filter(meeting=meeting, member=member).first() or WarmUp(meeting=meeting, member=member)
    form = WarmUpForm(sent(request), instance=own)
    if request.method == "POST" and accepted(
        form,
        lambda: warming_up.save_warm_up(actor=request.actor, meeting=meeting, member=member, **form.cleaned_data),
    ):
        messages.success(request, _("Bewaard. Jullie lezen het straks samen, zonder namen."))
        return redirect("meetings:detail", pk)
    context = {"meeting": meeting, "form": form, "asks_first": asks_first(meeting)}
    return render(request, "meetings/warm_up.html", context, status=status_of(form))


@require_GET
def warm_up_together(request: Request, pk: UUID) -> HttpResponse:
    """For who leads, to read aloud or to show: all lines, no names."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.lead_meeting")
    context = {"meeting": meeting, "read": read_together(meeting), "asks_first": asks_first(meeting)}
    return render(request, "meetings/warm_up_together.html", context)


@posts_from("meetings:warm_up_together", Meeting)
def ask_first(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.lead_meeting")
    warming_up.ask_first(actor=request.actor, meeting=meeting, asked=request.POST.get("asked") == "1")
    return redirect("meetings:warm_up_together", pk)
