"""The expert's own pages, by link (docs/security.md X1, X2). Nothing here knows an address of a member."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import user_of
from netwerkleren.base import limits
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, is_about, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.preview import Preview, show_as
from netwerkleren.base.request import Request
from netwerkleren.base.text import plain
from netwerkleren.base.words import asked

from .. import pages
from ..actors import ExpertGuest, MadeUpGuest
from ..calendar import calendar_file
from ..forms import InvitationAnswerForm
from ..guests import find_link, guest_by, guest_of, remember
from ..handout_forms import HandoutForm
from ..models import PITCH_MINUTES, Expert, ExpertInvitation, ExpertLink, Handout, Meeting
from ..points import expert_panels
from ..services import experts


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def expert_link(request: Request, token: str) -> HttpResponse:
    """Where a mail leads: the question with its day and place, and two buttons. Only their POST exchanges the token and
    answers; mail scanners open every link.

    The address holds the token, so the page sends no referrer; a browser then sends `Origin: null`, which Django's
    check refuses. Who can post here knows the token already, so there is nothing to forge.
    """
    limits.check_link(request)
    found = find_link(token)
    if found is None:
        limits.count_wrong_link(request)
        return _gone_unsent(request)
    if request.method == "POST":
        if "answer" in request.POST:
            told(request, lambda: _answer(found, request.POST["answer"]))
        response: HttpResponse = redirect("meetings:guest")
        remember(response, token, found)
    else:
        response = render(request, "meetings/expert_link.html", _about(guest_by(found)))
    response["Referrer-Policy"] = "no-referrer"
    return _quiet(response)


def _answer(link: ExpertLink, answer: str) -> ExpertInvitation:
    """What was said on the page behind the mail. What was remarked before, on the own page, stays."""
    invitation = link.invitation
    return experts.answer_invitation(
        actor=guest_by(link), invitation=invitation, answer=answer, remark=invitation.remark
    )


@login_not_required
@never_cache
@require_GET
def guest(request: Request) -> HttpResponse:
    guest = guest_of(request)
    return page(request, guest) if guest else gone(request)


@login_not_required
@never_cache
@posts_from("meetings:guest")
def guest_answer(request: Request) -> HttpResponse:
    guest = guest_of(request)
    if guest is None:
        return _gone_unsent(request)
    invitation = ExpertInvitation.objects.visible_to(guest).get()
    form = InvitationAnswerForm(request.POST)
    if not is_about(request, invitation.pk):
        return page(request, guest, was_about_another=True, typed=plain(request.POST.get("remark", "")))
    if accepted(form, lambda: experts.answer_invitation(actor=guest, invitation=invitation, **form.cleaned_data)):
        return redirect("meetings:guest")
    return page(request, guest, form)


@login_not_required
@never_cache
@require_GET
def guest_calendar(request: Request) -> HttpResponse:
    guest = guest_of(request)
    if guest and asked(request, "about") not in (None, str(guest.invitation_id)):
        return page(request, guest, was_about_another=True)
    dated = Meeting.objects.visible_to(guest).exclude(starts_at=None).with_facts().first() if guest else None
    if dated is None:
        return gone(request)
    return _quiet(calendar_file(dated))


def page(
    request: Request,
    guest: ExpertGuest,
    form: InvitationAnswerForm | None = None,
    *,
    handout_form: HandoutForm | None = None,
    was_about_another: bool = False,
    typed: str = "",
) -> HttpResponse:
    """The page of the meeting in hand; with what was `typed`, and 409, when what came `was_about_another`."""
    context = _about(guest)
    form = form or InvitationAnswerForm(initial={"remark": context["invitation"].remark})
    handout_form = handout_form or HandoutForm()
    context |= {
        "form": form,
        "handout_form": handout_form,
        "handouts": list(Handout.objects.visible_to(guest)),
        "panels": expert_panels.collect(context["meeting"], guest),
        "pitch_minutes": PITCH_MINUTES,
        "was_about_another": was_about_another,
        "typed": typed,
    }
    status = 409 if was_about_another else status_of(form, handout_form)
    return _quiet(render(request, "meetings/expert_page.html", context, status=status))


def _about(guest: ExpertGuest) -> dict[str, Any]:
    """What an expert decides on: the meeting, who asks, and who comes."""
    meeting = Meeting.objects.visible_to(guest).with_facts().get()
    return {
        "meeting": meeting,
        "invitation": ExpertInvitation.objects.visible_to(guest).select_related("expert").with_asker().get(),
        "company": pages.company_of(meeting),
    }


@require_GET
def as_expert(request: Request, pk: UUID) -> HttpResponseBase:
    """Bekijk als expert: the page of this meeting for its coach, as an expert who was just asked would find it."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.invite_expert")
    invitation = ExpertInvitation(
        meeting=meeting,
        expert=Expert(group=meeting.group, name=_("Robin Voorbeeld")),
        invited_by=user_of(request.actor),
    )
    made_up = MadeUpGuest(invitation.pk, meeting.pk, meeting.group_id)
    context = {
        "meeting": meeting,
        "invitation": invitation,
        "company": pages.company_of(meeting),
        "form": InvitationAnswerForm(),
        "handout_form": HandoutForm(),
        "panels": expert_panels.collect(meeting, made_up),
        "pitch_minutes": PITCH_MINUTES,
    }
    preview = Preview(title=_("Zo ziet een expert dit"), back=reverse("meetings:detail", args=[pk]))
    return show_as(request, made_up, preview, lambda seen: render(seen, "meetings/expert_page.html", context))


def gone(request: Request) -> HttpResponse:
    """One page for a wrong, an ended and a revoked link: it does not say which. Reads nothing of what was sent."""
    return _quiet(render(request, "meetings/expert_gone.html", {}, status=404))


def _gone_unsent(request: Request) -> HttpResponse:
    """The same. Who answered hears that it came to nothing, and keeps what they wrote."""
    context = {"has_answered": "answer" in request.POST, "typed": plain(request.POST.get("remark", ""))}
    return _quiet(render(request, "meetings/expert_gone.html", context, status=404))


def _quiet(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
