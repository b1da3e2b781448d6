"""Printen: the sheets of a meeting and of a traject, how far a PDF of them is, and the file for who asked for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import NetworkGroup
from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms.printing import ForMeForm, PapersForm
from ..models import Edition, PackMail
from ..printing.documents import sheets_of
from ..printing.facts import On
from ..printing.sheets import Sheet, pack_of, sheets_for
from ..services import editions


@require_http_methods(["GET", "POST"])
def print_meeting(request: Request, pk: UUID) -> HttpResponse:
    """All papers of one meeting; a coach has the Printpakket ticked."""
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="reports.print_papers")
    leads = has_perm("meetings.lead_meeting", request.actor, meeting)
    return _print(request, "reports/print_meeting.html", meeting.group, meeting, leads=leads)


@require_http_methods(["GET", "POST"])
def print_group(request: Request, pk: UUID) -> HttpResponse:
    """The papers of the traject, and the way to those of each meeting."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.print_papers")
    meetings = list(Meeting.objects.of_group(group).not_cancelled().select_related("topic"))
    return _print(request, "reports/print_group.html", group, None, leads=False, meetings=meetings)


def _print(
    request: Request, template: str, group: NetworkGroup, meeting: Meeting | None, *, leads: bool, **context: Any
) -> HttpResponse:
    member = membership_of(request.actor, group)
    assert member is not None
    on = On(group, member, meeting)
    offered = sheets_for(on, leads=leads)
    packed = pack_of(on, offered) if leads else []
    form = PapersForm(sent(request), offered=offered, packed=packed)
    if request.method == "POST" and (
        ordered := accepted(
            form,
            lambda: editions.order_papers(actor=request.actor, group=group, meeting=meeting, **form.values()),
        )
    ):
        return redirect("reports:edition", ordered.row.pk)
    context |= {
        "group": group,
        "meeting": meeting,
        "form": form,
        "rows": _rows(offered, packed, form.ticked),
        "leads": leads,
        "is_coach": member.is_coach,
        "has_pack_mail": member.is_coach and PackMail.objects.filter(member=member).exists(),
    }
    return render(request, template, context, status=status_of(form))


def _rows(offered: Sequence[Sheet], packed: Sequence[str], ticked: Sequence[str]) -> list[dict[str, Any]]:
    """The pack first, then what else there is."""
    rows = [{"sheet": sheet, "packed": sheet.code in packed, "ticked": sheet.code in ticked} for sheet in offered]
    return sorted(rows, key=lambda row: not row["packed"])


@posts_from("reports:print_group", NetworkGroup)
def mail_pack(request: Request, pk: UUID) -> HttpResponse:
    """A mail the day before each meeting, or none."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.make_export")
    wished = request.POST.get("wished") == "1"
    if told(request, lambda: editions.wish_pack_mail(actor=request.actor, group=group, wished=wished)):
        said = _("Je krijgt de dag ervoor een mail.") if wished else _("Je krijgt er geen mail meer over.")
        messages.success(request, said)
    return redirect("reports:print_group", pk)


@posts_from("reports:harvest", NetworkGroup)
def for_me(request: Request, pk: UUID) -> HttpResponse:
    """A deelnemer asks for the own edition, the page for the team, or a certificate."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    form = ForMeForm(request.POST)
    ordered = accepted(form, lambda: editions.order_for_me(actor=request.actor, group=group, **form.cleaned_data))
    if ordered is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("reports:harvest", pk)
    return redirect("reports:edition", ordered.row.pk)


@never_cache
@require_GET
def edition(request: Request, pk: UUID) -> HttpResponse:
    """How far it is. The page asks again by itself while the worker is busy."""
    found = get_for(request.actor, Edition.objects.select_related("group", "meeting__topic"), pk)
    context = {"edition": found, "group": found.group, "name": _name_of(found)}
    return render_fragment(request, "reports/edition.html", "progress", context)


@posts_from("reports:edition", Edition)
def retry_edition(request: Request, pk: UUID) -> HttpResponse:
    found = get_for(request.actor, Edition, pk)
    editions.retry_edition(actor=request.actor, edition=found)
    return redirect("reports:edition", found.pk)


@never_cache
@require_GET
def edition_pdf(request: Request, pk: UUID) -> FileResponse:
    found = get_for(request.actor, Edition.objects.select_related("group", "meeting__topic"), pk)
    if found.state != Edition.State.READY or not found.file.storage.exists(str(found.file.name)):
        raise Http404
    Edition.objects.filter(pk=pk, fetched_at=None).update(fetched_at=timezone.now())
    name = slugify(f"{_name_of(found)} {found.meeting.title if found.meeting else found.group.name}")
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")


def _name_of(found: Edition) -> str:
    """ "Draaiboek", "Printpakket" or "Mijn editie"."""
    if found.kind != Edition.Kind.PAPERS:
        return Edition.Kind(found.kind).label.capitalize()
    sheets = sheets_of(found)
    return str(sheets[0].title) if len(sheets) == 1 else _("Printpakket")
