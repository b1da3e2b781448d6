"""The closing PDF: what the coach puts in, how far it is, and the file through the gates."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import NetworkGroup
from netwerkleren.base import audit
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.pdf import letters_without_font
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..closing.facts import closing_facts
from ..forms.exports import ExportForm
from ..models import Export
from ..services import exports as services  # `exports` is a view here


@require_http_methods(["GET", "POST"])
def exports(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="reports.make_export")
    latest = Export.objects.filter(group=group).first()
    form = ExportForm(sent(request), latest=latest)
    lost = _letters_lost(request, group, form) if request.method == "POST" and form.is_valid() else []
    if (
        request.method == "POST"
        and not lost
        and (
            ordered := accepted(
                form, lambda: services.order_export(actor=request.actor, group=group, **form.cleaned_data)
            )
        )
    ):
        return redirect("reports:export", ordered.row.pk)
    context = {"group": group, "form": form, "latest": latest, "lost": lost}
    return render(request, "reports/exports.html", context, status=status_of(form))


def _letters_lost(request: Request, group: NetworkGroup, form: ExportForm) -> list[str]:
    """What would be printed as boxes; nothing for who read that and wants the PDF all the same."""
    if request.POST.get("anyway"):
        return []
    return letters_without_font(*closing_facts(group).texts, *map(str, form.cleaned_data.values()))


@never_cache
@require_GET
def export(request: Request, pk: UUID) -> HttpResponse:
    """How far it is. The page asks again by itself while the worker is busy."""
    found = get_for(request.actor, Export.objects.select_related("group"), pk, need="reports.view_harvest")
    return render_fragment(request, "reports/export.html", "progress", {"export": found, "group": found.group})


@posts_from("reports:export", Export)
def retry_export(request: Request, pk: UUID) -> HttpResponse:
    found = get_for(request.actor, Export.objects.select_related("group"), pk, need="reports.make_export")
    services.retry_export(actor=request.actor, export=found)
    return redirect("reports:export", found.pk)


@never_cache
@require_GET
def download(request: Request, pk: UUID) -> FileResponse:
    """The file, for members of the group only, never by an address that works without the gates."""
    found = get_for(request.actor, Export.objects.select_related("group"), pk, need="reports.view_harvest")
    if found.state != Export.State.READY or not found.file.storage.exists(str(found.file.name)):
        raise Http404
    Export.objects.filter(pk=pk, made_by=request.actor.pk, fetched_at=None).update(fetched_at=timezone.now())
    audit.record(request.actor, "export.downloaded", found, group_id=found.group_id)
    name = slugify(_("wat wij meenemen %(group)s") % {"group": found.group.name})
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")
