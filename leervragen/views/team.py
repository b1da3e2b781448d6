"""Deel met je team: the own text, how it was shared, and what may leave the group."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import Agreement, Meeting, TeamSharing, TeamText
from meetings.services import sharing
from meetings.was_held import check_was_held
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.pdf import letters_without_font
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..documents import team_pdf
from ..models import Leervraag
from ..services import outside
from ..team_forms import SharingForm, TeamTextForm
from ..team_page import TeamPage, first_names, names_in


def team(request: Request, pk: UUID) -> HttpResponse:
    """One A4 and three sentences, made of what is one's own and what may leave the group; saved while typing."""
    meeting, member = _of(request, pk)
    if not told(request, lambda: check_was_held(meeting)):
        return redirect("meetings:detail", pk)
    page = TeamPage.of(meeting, member)
    form = TeamTextForm(sent(request), instance=_text(page))
    kept = None
    if request.method == "POST":
        kept = accepted(
            form,
            lambda: sharing.save_text(
                actor=request.actor,
                member=member,
                meeting=meeting,
                proposed=page.proposal.version,
                **form.cleaned_data,
            ),
        )
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Bewaard. Alleen jij ziet deze tekst, tot jij hem deelt."))
        return redirect("leervragen:team", pk)
    return _show(request, page, form, SharingForm())


def _of(request: Request, pk: UUID) -> tuple[Meeting, Membership]:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="leervragen.share_with_team")
    member = membership_of(request.actor, meeting)
    assert member is not None  # what the permission just said
    return meeting, member


def _text(page: TeamPage) -> TeamText:
    return TeamText.objects.filter(meeting=page.meeting, member=page.member).first() or page.proposal


def _show(request: Request, page: TeamPage, form: TeamTextForm, sharing_form: SharingForm) -> HttpResponse:
    names = first_names(page.meeting)
    text = form.instance
    context = {
        "meeting": page.meeting,
        "form": form,
        "sharing_form": sharing_form,
        "sharings": list(TeamSharing.objects.visible_to(request.actor).filter(meeting=page.meeting)),
        "markable": page.markable_by(request.actor),
        "names": names,
        "named": names_in([text.page, text.sentences], names),
        "lost": letters_without_font(text.page),
        "is_open": page.meeting.group.closed_at is None,
    }
    return render(request, "leervragen/team.html", context, status=status_of(form, sharing_form))


@require_GET
def team_page_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The own text on one A4, as it is kept now."""
    meeting, member = _of(request, pk)
    made = team_pdf(meeting, _text(TeamPage.of(meeting, member)))
    headers = {"Content-Disposition": 'attachment; filename="voor-mijn-team.pdf"'}
    return HttpResponse(made.pdf, content_type="application/pdf", headers=headers)


@posts_from("leervragen:team", Meeting)
def add_sharing(request: Request, pk: UUID) -> HttpResponse:
    """What was shared with the own team, in any form."""
    meeting, member = _of(request, pk)
    form = SharingForm(request.POST)
    if accepted(
        form,
        lambda: sharing.add_sharing(actor=request.actor, member=member, meeting=meeting, **form.cleaned_data),
    ):
        return redirect("leervragen:team", pk)
    page = TeamPage.of(meeting, member)
    return _show(request, page, TeamTextForm(instance=_text(page)), form)


@posts_from("leervragen:team", TeamSharing, "meeting_id")
def remove_sharing(request: Request, pk: UUID) -> HttpResponse:
    own = get_for(request.actor, TeamSharing.objects.select_related("meeting__group"), pk)
    sharing.remove_sharing(actor=request.actor, sharing=own)
    return redirect("leervragen:team", own.meeting_id)


@posts_from("leervragen:team", Leervraag, "meeting_id")
def mark_answer(request: Request, pk: UUID) -> HttpResponse:
    rows = Leervraag.objects.select_related("meeting__group", "author")
    leervraag = get_for(request.actor, rows, pk, need="leervragen.mark_answer")
    outside.mark_answer(actor=request.actor, leervraag=leervraag, outside=request.POST.get("outside") == "1")
    return redirect("leervragen:team", leervraag.meeting_id)


@posts_from("leervragen:team", Agreement, "meeting_id")
def mark_agreement(request: Request, pk: UUID) -> HttpResponse:
    rows = Agreement.objects.select_related("meeting__group", "owner")
    agreement = get_for(request.actor, rows, pk, need="leervragen.mark_agreement")
    outside.mark_agreement(actor=request.actor, agreement=agreement, outside=request.POST.get("outside") == "1")
    return redirect("leervragen:team", agreement.meeting_id)
